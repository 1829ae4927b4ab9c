package dev.partyline.wire;

/** When a byte of one side was seen; no byte is read for that. */
final class TimestampLookup implements ChunkLog.ChunkVisitor {
  private final Side side;
  private final long offset;
  private long precedingBytes;
  private long nanos;

  /**
   * Makes one.
   *
   * @param precedingBytes how many bytes of the side are ahead of the first chunk
   * @param lastNanos when the side was heard last, which is what is told where nothing else is
   *     known
   */
  TimestampLookup(Side side, long offset, long precedingBytes, long lastNanos) {
    this.side = side;
    this.offset = offset;
    this.precedingBytes = precedingBytes;
    this.nanos = lastNanos;
  }

  long nanos() {
    return nanos;
  }

  @Override
  public boolean onChunk(
      long number, Side sender, long chunkNanos, long globalOffset, long globalEndOffset) {
    if (sender != side) {
      return true;
    }
    precedingBytes += globalEndOffset - globalOffset;
    nanos = precedingBytes > offset ? chunkNanos : nanos;
    return precedingBytes <= offset;
  }

  @Override
  public boolean onDropped(long number, Side sender, long byteCount) {
    precedingBytes += sender == side ? byteCount : 0;
    return true;
  }
}
