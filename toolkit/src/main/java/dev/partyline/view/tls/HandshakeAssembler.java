package dev.partyline.view.tls;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.wire.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the messages of a handshake together, which records may cut anywhere. */
final class HandshakeAssembler {
  private static final int HEADER_BYTES = 4;

  /** Where the content of a record stands: in the messages, and in what the side sent. */
  private record RecordPosition(int position, long offset) {}

  /** What came and is not joined yet. */
  private final List<Bytes> fragments = new ArrayList<>();

  /** Where that stands which the last message and what follows are made of. */
  private final Deque<RecordPosition> recordPositions = new ArrayDeque<>();

  /** How much came, and how much of it was read. */
  private int size;

  private int consumed;

  /** What is joined, and how much came ahead of it. */
  private Bytes buffer = Bytes.EMPTY;

  private int bufferPosition;

  void add(Bytes content, long offset) {
    recordPositions.add(new RecordPosition(size, offset));
    fragments.add(content);
    size += content.size();
  }

  /** Returns the next message with its header, or null as long as it is not whole. */
  @Nullable Bytes next() {
    if (!hasBytes(HEADER_BYTES)) {
      return null;
    }
    int start = consumed - bufferPosition;
    int length = (int) BigEndian.unsigned(buffer, start + 1, start + HEADER_BYTES);
    if (!hasBytes(HEADER_BYTES + length)) {
      return null;
    }
    forgetBefore(consumed);
    Bytes message =
        buffer.slice(consumed - bufferPosition, consumed - bufferPosition + HEADER_BYTES + length);
    consumed += HEADER_BYTES + length;
    return message;
  }

  /** Joins what came only when it takes more, so that no byte is copied often. */
  private boolean hasBytes(int count) {
    if (size - consumed < count) {
      return false;
    }
    int available = buffer.size() - (consumed - bufferPosition);
    if (available < count) {
      fragments.add(0, buffer.slice(buffer.size() - available, buffer.size()));
      buffer = Bytes.join(fragments);
      bufferPosition = consumed;
      fragments.clear();
    }
    return true;
  }

  /** Forgets where that stands which is ahead of a message. */
  private void forgetBefore(int position) {
    while (recordPositions.size() > 1) {
      RecordPosition first = recordPositions.remove();
      if (recordPositions.element().position() > position) {
        recordPositions.addFirst(first);
        return;
      }
    }
  }

  boolean isBetweenMessages() {
    return consumed == size;
  }

  /** Returns where the last message that was read begins, in what the side sent. */
  long messageOffset(Bytes message) {
    return offsetOf(consumed - message.size());
  }

  /** Returns where a byte of the last message that was read stands in what the side sent. */
  long offsetOf(Bytes message, int offset) {
    return offsetOf(consumed - message.size() + offset);
  }

  private long offsetOf(int position) {
    RecordPosition best = recordPositions.element();
    for (RecordPosition record : recordPositions) {
      if (record.position() <= position) {
        best = record;
      }
    }
    return best.offset() + (position - best.position());
  }
}
