package dev.partyline.internal.faults;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nothing listens: the system refuses a connect, and answers a datagram by ICMP. */
public record Refuse(long nanos) implements ConnectImpairment {
  /** Why it cannot have to fire. */
  public static final Advice NOT_REPORTED =
      new Advice(
          "fault (refuse) cannot be one that must fire, because the system does not report whom it"
              + " refused: assert what the client did",
          "reset first 1",
          "Fault.resetFirst(1)");

  /** Why it has no target. */
  public static final Advice NOT_SELECTIVE =
      new Advice(
          "refuse acts on all clients, because nothing listens, and cannot select some",
          "reset first 1",
          "Fault.resetFirst(1)");

  @Override
  public Admission admit(int nth) {
    return IMMEDIATE;
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return null;
  }

  /** One without an end is of another kind than one with. */
  @Override
  public List<Refuse> smaller() {
    return nanos == Verdict.NEVER
        ? List.of()
        : SmallerValues.times(nanos).stream().map(Refuse::new).toList();
  }

  @Override
  public String toString() {
    return nanos == Verdict.NEVER ? "refuse" : "refuse " + DurationText.literal(nanos);
  }
}
