package dev.partyline.weather;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** The connection ends once exactly so many bytes have passed. */
record CutAfterBytes(long bytes, Cut how) implements Impairment {
  static final String ADVICE = "datagrams have no connection that could end; use Fault.loss(1)";

  /** The word for a cut: a reset is what it is to the one who meets it. */
  static String word(Cut how) {
    return how == Cut.FIN ? "cut after " : "reset after ";
  }

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
    return transport.isStream() ? null : ADVICE;
  }

  @Override
  public String toString() {
    return word(how) + bytes + " bytes";
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
        return new Verdict.End(how, since);
      }
      int size = (int) Math.min(left, waiting.size());
      left -= size;
      return new Verdict.Pass(size);
    }

    @Override
    public Verdict idle(long now) {
      return left == 0 ? new Verdict.End(how, since) : Verdict.WAIT;
    }
  }
}
