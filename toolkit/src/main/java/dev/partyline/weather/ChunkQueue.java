package dev.partyline.weather;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Pieces that wait in a row. */
final class ChunkQueue {
  private final Deque<TimedChunk> pieces = new ArrayDeque<>();
  private long bytes;

  void add(TimedChunk piece) {
    pieces.add(piece);
    bytes += piece.size();
  }

  @Nullable TimedChunk first() {
    return pieces.peekFirst();
  }

  @Nullable TimedChunk last() {
    return pieces.peekLast();
  }

  @Nullable TimedChunk poll() {
    TimedChunk first = pieces.pollFirst();
    bytes -= first == null ? 0 : first.size();
    return first;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** Takes the first bytes, out of one piece or joined out of several. */
  TimedChunk take(int size) {
    TimedChunk first = pieces.element();
    bytes -= size;
    if (size < first.size()) {
      return first.split(size);
    }
    return size == first.size() ? pieces.remove() : join(size);
  }

  private TimedChunk join(int size) {
    byte[] joined = new byte[size];
    TimedChunk first = pieces.element();
    int filled = 0;
    while (filled < size) {
      TimedChunk next = pieces.element();
      int part = Math.min(next.size(), size - filled);
      next.view().get(joined, filled, part);
      filled += part;
      if (part == next.size()) {
        pieces.remove();
      } else {
        next.split(part);
      }
    }
    return first.with(joined);
  }
}
