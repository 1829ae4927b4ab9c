package dev.partyline.internal.faults;

import dev.partyline.weather.spi.Admission;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** The first connections are reset on accept; the next ones live. */
public record ResetFirst(int connections) implements ConnectImpairment {
  @Override
  public Admission admit(int nth) {
    return nth <= connections ? new Admission(true, 0, "") : Admission.IMMEDIATE;
  }

  @Override
  public @Nullable String unsupportedReason(Transport transport) {
    return transport.isStream() ? null : StreamImpairment.ADVICE;
  }

  @Override
  public String toString() {
    return "reset first " + connections;
  }
}
