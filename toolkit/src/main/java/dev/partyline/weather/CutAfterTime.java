package dev.partyline.weather;

import dev.partyline.wire.Side;
import org.jspecify.annotations.Nullable;

/** The connection ends after a time, whether bytes pass or not. */
record CutAfterTime(long nanos, CloseType how) implements StreamImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new Counting(meeting);
  }

  @Override
  public @Nullable Side speaker() {
    return null;
  }

  @Override
  public String toString() {
    return StreamImpairment.word(how) + Units.time(nanos);
  }

  private final class Counting implements ImpairmentBehavior {
    private final FaultContext meeting;
    private final long at;

    Counting(FaultContext meeting) {
      this.meeting = meeting;
      this.at = meeting.since() + nanos;
    }

    @Override
    public Verdict next(PendingInput waiting) {
      return waiting.arrived() < at ? new Verdict.Pass(waiting.size()) : end();
    }

    @Override
    public Verdict idle(long now) {
      return now < at ? new Verdict.Hold(at) : end();
    }

    private Verdict end() {
      // At which byte that is, is a matter of load.
      meeting.hit(-1, "after " + Units.time(nanos));
      return new Verdict.End(how, at);
    }
  }
}
