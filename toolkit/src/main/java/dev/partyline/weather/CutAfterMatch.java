package dev.partyline.weather;

import dev.partyline.wire.Bytes;

/** The connection ends right after some bytes have passed, in however many pieces they came. */
record CutAfterMatch(Bytes pattern, Cut how) implements Cutting {
  @Override
  public Course begin(Meeting meeting) {
    return new Seeking(meeting.since());
  }

  @Override
  public String toString() {
    return Cutting.word(how) + Quoted.print(pattern);
  }

  private final class Seeking implements Course {
    private final long since;
    private final Seeker seeker = new Seeker(pattern);
    private boolean found;

    Seeking(long since) {
      this.since = since;
    }

    @Override
    public Verdict next(Waiting waiting) {
      if (found) {
        return new Verdict.End(how, since);
      }
      int end = seeker.read(waiting);
      found = end >= 0;
      return new Verdict.Pass(found ? end : waiting.size());
    }

    @Override
    public Verdict idle(long now) {
      return found ? new Verdict.End(how, since) : Verdict.WAIT;
    }
  }
}
