package dev.partyline.hunt;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The times between two messages of a side to which the other has sent nothing in between. */
final class MessageGaps {
  private static final Duration MIN_QUIET = Duration.ofMillis(20);

  /**
   * Each message of the test is that much later; those further apart than half of it are left so.
   */
  private static final Duration MAX_QUIET = Duration.ofMillis(640);

  private MessageGaps() {}

  /**
   * Returns for how long a message has to wait so that the next such one has come: twice the
   * longest gap at least, in steps, so that a gap that differs a little has the same time.
   */
  static Duration quietTime(List<Conversation> conversations) {
    long longest = conversations.stream().mapToLong(MessageGaps::longestNanos).max().orElse(0);
    Duration quiet = MIN_QUIET;
    while (quiet.toNanos() < 2 * longest) {
      quiet = quiet.multipliedBy(2);
    }
    return quiet;
  }

  private static long longestNanos(Conversation conversation) {
    GapReader reader = new GapReader();
    conversation.forEachEvent(reader::add);
    return reader.longestNanos;
  }

  private static final class GapReader {
    private @Nullable Side sender;
    private long sentNanos;
    private long longestNanos;

    void add(Event event) {
      if (!(event instanceof Event.Sent)) {
        return;
      }
      if (event.side() == sender) {
        long gap = event.nanos() - sentNanos;
        longestNanos = 2 * gap > MAX_QUIET.toNanos() ? longestNanos : Math.max(longestNanos, gap);
      }
      sender = event.side();
      sentNanos = event.nanos();
    }
  }
}
