package dev.partyline.wire;

import java.nio.ByteBuffer;

/** Keeps the first and the last bytes of a tape, and drops what lies between. */
final class HeadTailStore implements ByteStore {
  private final long head;
  private final long tail;
  private final AppendBuffer first = new AppendBuffer();
  private final RingBuffer last;
  private long size;

  HeadTailStore(long head, long tail) {
    this.head = head;
    this.tail = tail;
    this.last = new RingBuffer(tail);
  }

  @Override
  public boolean append(ByteBuffer chunk) {
    int length = chunk.remaining();
    int early = (int) Math.max(0, Math.min(length, head - size));
    if (early > 0) {
      first.append(chunk, chunk.position(), early);
    }
    last.append(size + early, chunk, chunk.position() + early, length - early);
    size += length;
    return true;
  }

  @Override
  public String problem() {
    return "";
  }

  @Override
  public void skip(long bytes) {
    throw new UnsupportedOperationException("a conversation that is made of events keeps them all");
  }

  long head() {
    return head;
  }

  long tail() {
    return tail;
  }

  /** Whether something was dropped. */
  boolean isCut() {
    return tailFrom() > head;
  }

  /** Where the tail begins; what is ahead of it and not in the head is gone. */
  long tailFrom() {
    return Math.max(head, size - tail);
  }

  @Override
  public View view() {
    return new Seen(
        first.view(), first.size(), last.view(size), MissingRanges.one(head, tailFrom()));
  }

  private record Seen(byte[][] first, long head, RingBuffer.View last, MissingRanges holes)
      implements View {
    @Override
    public void copy(long from, int length, byte[] target, int at) {
      int early = (int) Math.max(0, Math.min(length, head - from));
      AppendBuffer.copy(first, from, early, target, at);
      last.copy(from + early, length - early, target, at + early);
    }
  }
}
