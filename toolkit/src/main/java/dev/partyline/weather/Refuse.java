package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Nobody listens: a client's connect is refused by the system. */
record Refuse() implements Door {
  @Override
  public Admission admit(int nth) {
    return Admission.FREE;
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? null : "datagrams are not accepted; use Fault.loss(1)";
  }

  @Override
  public String toString() {
    return "refuse";
  }
}
