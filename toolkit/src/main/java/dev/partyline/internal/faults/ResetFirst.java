package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.Admission;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resets the first connections when they are accepted. */
public record ResetFirst(int connections) implements ConnectImpairment {
  private static final Advice NO_RST =
      new Advice(
          "a Unix domain socket has no RST",
          "cut after 0 bytes",
          "Fault.cutAfter(0, CloseType.FIN)");

  /** Checks the number. */
  public ResetFirst {
    ArgumentChecks.atLeast("n", connections, 1);
  }

  @Override
  public Admission admit(int nth) {
    return nth <= connections ? new Admission(true, 0, "") : IMMEDIATE;
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    if (!transport.isStream()) {
      return StreamImpairment.ADVICE;
    }
    return transport == Transport.UNIX ? NO_RST : null;
  }

  @Override
  public List<ResetFirst> smaller() {
    return SmallerValues.counts(connections).stream().map(ResetFirst::new).toList();
  }

  @Override
  public String toString() {
    return "reset first " + connections;
  }
}
