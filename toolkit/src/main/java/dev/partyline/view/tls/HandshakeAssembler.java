package dev.partyline.view.tls;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.wire.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together the messages of a handshake, which records may cut anywhere. */
final class HandshakeAssembler {
  private static final int HEADER_BYTES = 4;

  /** The position of a record's content in all messages, and its offset in what the side sent. */
  private record RecordPosition(int position, long offset) {}

  /** Contents that are not joined yet. */
  private final List<Bytes> fragments = new ArrayList<>();

  /** The positions of the records from which the last message and all after it come. */
  private final Deque<RecordPosition> recordPositions = new ArrayDeque<>();

  /** How many bytes were added, and how many of them were read. */
  private int size;

  private int consumed;

  /** Contents that are joined, and how many bytes were added before them. */
  private Bytes buffer = Bytes.EMPTY;

  private int bufferPosition;

  void add(Bytes content, long offset) {
    recordPositions.add(new RecordPosition(size, offset));
    fragments.add(content);
    size += content.size();
  }

  /** Returns the next message with its header, or null as long as it is incomplete. */
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

  /** Joins contents only when more bytes are needed, so that no byte is copied often. */
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

  /** Forgets the records that end before a message. */
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

  /** Returns the offset of the last message in what the side sent. */
  long messageOffset(Bytes message) {
    return offsetOf(consumed - message.size());
  }

  /** Returns the offset of a byte of the last message in what the side sent. */
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
