package dev.partyline.weather;

import dev.partyline.wire.Bytes;

/** The connection ends right after some bytes have passed, in however many pieces they came. */
record CutAfterMatch(Bytes pattern, CloseType how) implements StreamImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new Seeking(meeting.since());
  }

  @Override
  public String toString() {
    return StreamImpairment.word(how) + QuotedBytes.print(pattern);
  }

  private final class Seeking implements ImpairmentBehavior {
    private final long since;
    private final PatternScanner seeker = new PatternScanner(pattern);
    private boolean found;

    Seeking(long since) {
      this.since = since;
    }

    @Override
    public Verdict next(PendingInput waiting) {
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
