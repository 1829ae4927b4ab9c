package dev.partyline.weather;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Pieces that wait in a row. */
final class Line {
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long bytes;

  void add(Piece piece) {
    pieces.add(piece);
    bytes += piece.size();
  }

  @Nullable Piece first() {
    return pieces.peekFirst();
  }

  @Nullable Piece last() {
    return pieces.peekLast();
  }

  @Nullable Piece poll() {
    Piece first = pieces.pollFirst();
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
  Piece take(int size) {
    Piece first = pieces.element();
    bytes -= size;
    if (size < first.size()) {
      return first.split(size);
    }
    return size == first.size() ? pieces.remove() : join(size);
  }

  private Piece join(int size) {
    byte[] joined = new byte[size];
    Piece first = pieces.element();
    int filled = 0;
    while (filled < size) {
      Piece next = pieces.element();
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
