package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** What comes in quick succession leaves as one write, as Nagle's algorithm would have it. */
record Coalesce(long quiet) implements Impairment {
  /** What waits at most, so that an unbroken stream flows. */
  static final int MOST = 64 * 1024;

  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return waiting -> {
      int size = (int) Math.min(waiting.total(), MOST);
      if (size == MOST || waiting.ended()) {
        return new Verdict.Deliver(size, waiting.latest());
      }
      long until = waiting.latest() + quiet;
      return until > waiting.now() ? new Verdict.Hold(until) : new Verdict.Deliver(size, until);
    };
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? null : "datagrams keep their boundaries; use Fault.delay(time)";
  }

  @Override
  public String toString() {
    return "coalesce " + Units.time(quiet);
  }
}
