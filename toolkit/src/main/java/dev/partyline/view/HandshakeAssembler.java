package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the messages of a handshake together, which records may cut anywhere. */
final class HandshakeAssembler {
  private static final int HEADER = 4;

  /** Where the content of a record stands: in the messages, and in what the side sent. */
  private record Spot(int position, long at) {}

  /** What came and is not joined yet. */
  private final List<Bytes> pieces = new ArrayList<>();

  /** Where that stands which the last message and what follows are made of. */
  private final Deque<Spot> spots = new ArrayDeque<>();

  /** How much came, and how much of it was read. */
  private int size;

  private int read;

  /** What is joined, and how much came ahead of it. */
  private Bytes whole = Bytes.EMPTY;

  private int ahead;

  void add(Bytes content, long at) {
    spots.add(new Spot(size, at));
    pieces.add(content);
    size += content.size();
  }

  /** Returns the next message with its header, or null as long as it is not whole. */
  @Nullable Bytes next() {
    if (!has(HEADER)) {
      return null;
    }
    int from = read - ahead;
    int length =
        new TlsFieldReader("message", whole, from + 1, from + HEADER)
            .number("length of message", 3);
    if (!has(HEADER + length)) {
      return null;
    }
    forget(read);
    Bytes message = whole.slice(read - ahead, read - ahead + HEADER + length);
    read += HEADER + length;
    return message;
  }

  /** Joins what came only when it takes more, so that no byte is copied often. */
  private boolean has(int wanted) {
    if (size - read < wanted) {
      return false;
    }
    int left = whole.size() - (read - ahead);
    if (left < wanted) {
      pieces.add(0, whole.slice(whole.size() - left, whole.size()));
      whole = Bytes.join(pieces);
      ahead = read;
      pieces.clear();
    }
    return true;
  }

  /** Forgets where that stands which is ahead of a message. */
  private void forget(int position) {
    while (spots.size() > 1) {
      Spot first = spots.remove();
      if (spots.element().position() > position) {
        spots.addFirst(first);
        return;
      }
    }
  }

  boolean isBetweenMessages() {
    return read == size;
  }

  /** Returns where the last message that was read begins, in what the side sent. */
  long startOf(Bytes message) {
    return at(read - message.size());
  }

  /** Returns where a byte of the last message that was read stands in what the side sent. */
  long at(Bytes message, int offset) {
    return at(read - message.size() + offset);
  }

  private long at(int position) {
    Spot best = spots.element();
    for (Spot spot : spots) {
      if (spot.position() <= position) {
        best = spot;
      }
    }
    return best.at() + (position - best.position());
  }
}
