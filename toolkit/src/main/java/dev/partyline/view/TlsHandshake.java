package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the messages of a handshake together, which records may cut anywhere. */
final class TlsHandshake {
  private static final int HEADER = 4;

  /** Where the content of a record stands: in the messages, and in what the side sent. */
  private record Spot(int position, long at) {}

  private final List<Bytes> pieces = new ArrayList<>();
  private final List<Spot> spots = new ArrayList<>();
  private int size;
  private Bytes whole = Bytes.EMPTY;
  private int read;

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
    int length =
        new TlsFields("message", whole, read + 1, read + HEADER).number("length of message", 3);
    if (!has(HEADER + length)) {
      return null;
    }
    Bytes message = whole.slice(read, read + HEADER + length);
    read += HEADER + length;
    return message;
  }

  /** Joins what came only when it takes more, so that no byte is copied often. */
  private boolean has(int wanted) {
    if (size - read < wanted) {
      return false;
    }
    if (whole.size() - read < wanted) {
      whole = Bytes.join(pieces);
    }
    return true;
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
    Spot best = spots.get(0);
    for (Spot spot : spots) {
      if (spot.position() <= position) {
        best = spot;
      }
    }
    return best.at() + (position - best.position());
  }
}
