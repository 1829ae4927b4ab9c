package dev.partyline.weather;

import dev.partyline.wire.Side;
import org.jspecify.annotations.Nullable;

/** The connection ends after a time, whether bytes pass or not. */
record CutAfterTime(long nanos, Cut how) implements Cutting {
  @Override
  public Course begin(Meeting meeting) {
    return new Counting(meeting);
  }

  @Override
  public @Nullable Side speaker() {
    return null;
  }

  @Override
  public String toString() {
    return Cutting.word(how) + Amounts.time(nanos);
  }

  private final class Counting implements Course {
    private final Meeting meeting;
    private final long at;

    Counting(Meeting meeting) {
      this.meeting = meeting;
      this.at = meeting.since() + nanos;
    }

    @Override
    public Verdict next(Waiting waiting) {
      return waiting.arrived() < at ? new Verdict.Pass(waiting.size()) : end();
    }

    @Override
    public Verdict idle(long now) {
      return now < at ? new Verdict.Hold(at) : end();
    }

    private Verdict end() {
      // At which byte that is, is a matter of load.
      meeting.hit(-1, "after " + Amounts.time(nanos));
      return new Verdict.End(how, at);
    }
  }
}
