package dev.partyline.wire;

/** When a byte of one side was seen; no byte is read for that. */
final class TimestampLookup implements ChunkLog.Reader {
  private final Side side;
  private final long offset;
  private long ahead;
  private long nanos;

  /**
   * Makes one.
   *
   * @param ahead how many bytes of the side are ahead of the first chunk
   * @param last when the side was heard last, which is what is told where nothing else is known
   */
  TimestampLookup(Side side, long offset, long ahead, long last) {
    this.side = side;
    this.offset = offset;
    this.ahead = ahead;
    this.nanos = last;
  }

  long nanos() {
    return nanos;
  }

  @Override
  public boolean chunk(long number, Side sender, long time, long from, long end) {
    if (sender != side) {
      return true;
    }
    ahead += end - from;
    nanos = ahead > offset ? time : nanos;
    return ahead <= offset;
  }

  @Override
  public boolean dropped(long number, Side sender, long bytes) {
    ahead += sender == side ? bytes : 0;
    return true;
  }
}
