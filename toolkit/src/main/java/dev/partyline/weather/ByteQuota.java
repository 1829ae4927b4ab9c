package dev.partyline.weather;

/** Lets exactly so many bytes pass, and ends then. */
final class ByteQuota implements ImpairmentBehavior {
  private final Verdict end;
  private long left;

  ByteQuota(long bytes, Verdict end) {
    this.left = bytes;
    this.end = end;
  }

  @Override
  public Verdict next(PendingInput waiting) {
    if (left == 0) {
      return end;
    }
    int size = (int) Math.min(left, waiting.size());
    left -= size;
    return new Verdict.Pass(size);
  }

  @Override
  public Verdict idle(long now) {
    return left == 0 ? end : Verdict.WAIT;
  }
}
