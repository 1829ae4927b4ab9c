package dev.partyline.wire;

/**
 * Bytes of a side that a recording has counted but not kept.
 *
 * @param side who sent them
 * @param offset how many bytes the side had sent ahead of them
 * @param byteCount how many there are
 */
public record Gap(Side side, long offset, long byteCount) {
  /** Returns the offset of the first byte behind them. */
  public long endOffset() {
    return offset + byteCount;
  }
}
