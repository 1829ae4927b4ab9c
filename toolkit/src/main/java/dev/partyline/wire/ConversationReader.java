package dev.partyline.wire;

import java.util.Optional;

/**
 * Reads a conversation one event at a time, and the bytes of the current one in parts: what is not
 * asked for takes no memory. Notes are left out. For one thread at a time.
 */
public final class ConversationReader {
  private final ConversationSnapshot snapshot;
  private final EventCursor cursor;
  private Optional<Event> event = Optional.empty();

  ConversationReader(ConversationSnapshot snapshot) {
    this.snapshot = snapshot;
    this.cursor = new EventCursor(snapshot);
  }

  /** Goes to the next event, at first to the first one; returns whether there is one. */
  public boolean next() {
    while (cursor.next()) {
      if (cursor.note() == null) {
        event = cursor.isRange() ? Optional.empty() : Optional.ofNullable(cursor.event());
        return true;
      }
    }
    return false;
  }

  /** Returns the current event; empty for a {@link Event.Sent}, whose bytes are read in parts. */
  public Optional<Event> event() {
    return event;
  }

  /** Returns the side that the current event is of. */
  public Side side() {
    return event.map(Event::side).orElse(cursor.side());
  }

  /** Returns when the current event was seen, in nanoseconds after the connection opened. */
  public long nanos() {
    return event.map(Event::nanos).orElse(cursor.nanos());
  }

  /** Returns how many bytes the current {@link Event.Sent} has; 0 of another event. */
  public int byteCount() {
    return event.isPresent() ? 0 : (int) (cursor.globalEndOffset() - cursor.globalOffset());
  }

  /**
   * Copies a part of the current {@link Event.Sent}.
   *
   * @param offset where the part begins in the event
   * @param length how many bytes it has
   * @param target where to put them
   * @param targetOffset the offset of the first one in the target
   * @throws IndexOutOfBoundsException if the event or the target does not have so many
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public void read(int offset, int length, byte[] target, int targetOffset) {
    if (offset < 0 || length < 0 || offset > byteCount() - length) {
      throw new IndexOutOfBoundsException(
          "the part (offset "
              + offset
              + ", length "
              + length
              + ") must be within the "
              + byteCount()
              + " bytes of the event");
    }
    if (length > 0) {
      snapshot.store().copy(cursor.globalOffset() + offset, length, target, targetOffset);
    }
  }
}
