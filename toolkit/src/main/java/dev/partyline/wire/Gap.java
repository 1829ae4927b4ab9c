package dev.partyline.wire;

/**
 * Bytes of a side that a recording has counted but not kept.
 *
 * @param side the side that sent them
 * @param offset how many bytes the side had sent before them
 * @param byteCount how many there are
 */
public record Gap(Side side, long offset, long byteCount) {
  /** Returns the offset of the first byte after them. */
  public long endOffset() {
    return offset + byteCount;
  }
}
