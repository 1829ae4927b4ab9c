package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationReader;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/** Makes a conversation with a gap in place of the middle of a long one. */
final class HeadAndTail {
  private final ConversationReader reader;
  private final List<Event> events = new ArrayList<>();
  private final long[] droppedBytes = new long[Side.values().length];

  private HeadAndTail(ConversationReader reader) {
    this.reader = reader;
  }

  /**
   * Returns a conversation that has so many bytes of both sides at most; itself if it has no more.
   */
  static Conversation of(Conversation conversation, long maxBytes) {
    long byteCount = conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER);
    if (byteCount <= maxBytes) {
      return conversation;
    }
    HeadAndTail ends = new HeadAndTail(conversation.reader());
    ends.read(maxBytes / 2, byteCount - maxBytes / 2);
    return conversation.withEvents(ends.events);
  }

  private void read(long headEnd, long tailStart) {
    long offset = 0;
    while (reader.next()) {
      Event event = reader.event().orElse(null);
      if (event == null) {
        int headBytes = within(headEnd - offset);
        int tailOffset = Math.max(headBytes, within(tailStart - offset));
        add(0, headBytes);
        drop(reader.side(), tailOffset - headBytes);
        add(tailOffset, reader.byteCount());
        offset += reader.byteCount();
      } else if (event instanceof Event.Dropped dropped) {
        drop(event.side(), dropped.byteCount());
        offset += dropped.byteCount();
      } else {
        flushDropped();
        events.add(event);
      }
    }
    flushDropped();
  }

  private int within(long offset) {
    return (int) Math.max(0, Math.min(reader.byteCount(), offset));
  }

  private void add(int offset, int endOffset) {
    if (offset < endOffset) {
      flushDropped();
      byte[] part = new byte[endOffset - offset];
      reader.read(offset, part.length, part, 0);
      events.add(new Event.Sent(reader.side(), reader.nanos(), Bytes.of(part)));
    }
  }

  private void drop(Side side, long byteCount) {
    droppedBytes[side.ordinal()] += byteCount;
  }

  private void flushDropped() {
    for (Side side : Side.values()) {
      long byteCount = droppedBytes[side.ordinal()];
      droppedBytes[side.ordinal()] = 0;
      if (byteCount > 0) {
        events.add(new Event.Dropped(side, reader.nanos(), byteCount));
      }
    }
  }
}
