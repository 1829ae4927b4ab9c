package dev.partyline.weather;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** So many bytes pass in one direction, which then ends by a FIN; the other goes on. */
record Limit(long bytes) implements Impairment {
  @Override
  public Course begin(Meeting meeting) {
    return new Counting(meeting.since());
  }

  @Override
  public Side speaker() {
    return Side.SERVER;
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? null : CutAfterBytes.ADVICE;
  }

  @Override
  public String toString() {
    return "limit " + bytes + " bytes";
  }

  private final class Counting implements Course {
    private final long since;
    private long left = bytes;

    Counting(long since) {
      this.since = since;
    }

    @Override
    public Verdict next(Waiting waiting) {
      if (left == 0) {
        return new Verdict.Finish(since);
      }
      int size = (int) Math.min(left, waiting.size());
      left -= size;
      return new Verdict.Pass(size);
    }

    @Override
    public Verdict idle(long now) {
      return left == 0 ? new Verdict.Finish(since) : Verdict.WAIT;
    }
  }
}
