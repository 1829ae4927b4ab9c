package dev.partyline.internal.faults;

import dev.partyline.weather.spi.Admission;

/** Nothing listens: the system refuses a connect, and answers a datagram by ICMP. */
public record Refuse() implements ConnectImpairment {
  @Override
  public Admission admit(int nth) {
    return IMMEDIATE;
  }

  @Override
  public String toString() {
    return "refuse";
  }
}
