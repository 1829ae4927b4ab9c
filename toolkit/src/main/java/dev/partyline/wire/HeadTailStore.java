package dev.partyline.wire;

import java.nio.ByteBuffer;

/** Keeps the first and the last bytes, and drops what lies between. */
final class HeadTailStore implements ByteStore {
  private static final byte[] ZEROS = new byte[1 << 12];

  private final long headBytes;
  private final long tailBytes;
  private final AppendBuffer head = new AppendBuffer();
  private final RingBuffer tail;
  private final MissingRangesBuilder skippedRanges = new MissingRangesBuilder();
  private long size;

  HeadTailStore(long headBytes, long tailBytes) {
    this.headBytes = headBytes;
    this.tailBytes = tailBytes;
    this.tail = new RingBuffer(tailBytes);
  }

  @Override
  public boolean append(ByteBuffer chunk) {
    int length = chunk.remaining();
    int headPart = (int) Math.max(0, Math.min(length, headBytes - size));
    if (headPart > 0) {
      head.append(chunk, chunk.position(), headPart);
    }
    tail.append(size + headPart, chunk, chunk.position() + headPart, length - headPart);
    size += length;
    return true;
  }

  @Override
  public String problem() {
    return "";
  }

  /** Keeps zeros in the place of what is missing, so that an offset is also a place in a store. */
  @Override
  public void skip(long byteCount) {
    long endOffset = size + byteCount;
    skippedRanges.add(size, endOffset);
    long headPart = Math.max(0, Math.min(byteCount, headBytes - size));
    for (long zeros = headPart; zeros > 0; zeros -= ZEROS.length) {
      head.append(ByteBuffer.wrap(ZEROS), 0, (int) Math.min(zeros, ZEROS.length));
    }
    long zeros = Math.min(byteCount - headPart, tailBytes);
    for (; zeros > 0; zeros -= ZEROS.length) {
      int part = (int) Math.min(zeros, ZEROS.length);
      tail.append(endOffset - zeros, ByteBuffer.wrap(ZEROS), 0, part);
    }
    size = endOffset;
  }

  @Override
  public long heldBytes() {
    return head.capacity() + tail.heldBytes() + skippedRanges.heldBytes();
  }

  /** Does nothing: it has reserved nothing. */
  @Override
  public void release() {}

  long headBytes() {
    return headBytes;
  }

  long tailBytes() {
    return tailBytes;
  }

  /** Returns whether something was dropped. */
  boolean isTruncated() {
    return tailOffset() > headBytes;
  }

  /** Returns where the tail begins; what is before it and not in the head was dropped. */
  long tailOffset() {
    return Math.max(headBytes, size - tailBytes);
  }

  @Override
  public Snapshot snapshot() {
    return new HeadTailSnapshot(
        head.snapshot(),
        head.size(),
        tail.snapshot(size),
        skippedRanges.build().union(headBytes, tailOffset()));
  }

  private record HeadTailSnapshot(
      byte[][] head, long headLength, RingBuffer.Snapshot tail, MissingRanges missingRanges)
      implements Snapshot {
    @Override
    public void copy(long globalOffset, int length, byte[] target, int targetOffset) {
      int headPart = (int) Math.max(0, Math.min(length, headLength - globalOffset));
      AppendBuffer.copy(head, globalOffset, headPart, target, targetOffset);
      tail.copy(globalOffset + headPart, length - headPart, target, targetOffset + headPart);
    }
  }
}
