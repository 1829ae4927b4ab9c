package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Conversation;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Writes the events of all conversations in the order in which they were seen. */
final class CaptureOrder {
  private static final Comparator<Conversation> BY_OPENING =
      Comparator.comparingLong(Conversation::openedAtNanos).thenComparingInt(Conversation::number);
  private static final Comparator<Running> BY_NEXT_EVENT =
      Comparator.comparingLong(Running::nextNanos)
          .thenComparingInt(running -> running.conversation().number());

  private final PriorityQueue<Running> running = new PriorityQueue<>(BY_NEXT_EVENT);

  private CaptureOrder() {}

  /**
   * A conversation of which some events are to be written.
   *
   * @param conversation the conversation
   * @param source its frames
   * @param onEnd called after the last one
   */
  record Running(Conversation conversation, FrameSource source, Runnable onEnd) {
    long nextNanos() {
      return conversation.openedAtNanos() + source.nextNanos();
    }
  }

  /**
   * Writes all conversations.
   *
   * @param opener called for each when its first frame is to be written, not before
   */
  static void visit(List<Conversation> conversations, Function<Conversation, Running> opener) {
    CaptureOrder order = new CaptureOrder();
    ArrayDeque<Conversation> waiting =
        new ArrayDeque<>(conversations.stream().sorted(BY_OPENING).toList());
    while (!waiting.isEmpty()) {
      Conversation conversation = waiting.remove();
      order.writeBefore(conversation.openedAtNanos());
      Running opened = opener.apply(conversation);
      opened.source().open();
      order.proceed(opened);
    }
    order.writeBefore(Long.MAX_VALUE);
  }

  /** Writes what was seen before a time; what was at that time comes after what opened then. */
  private void writeBefore(long nanos) {
    for (Running next = running.peek();
        next != null && next.nextNanos() < nanos;
        next = running.peek()) {
      running.remove();
      next.source().writeNext();
      proceed(next);
    }
  }

  private void proceed(Running each) {
    if (each.source().hasNext()) {
      running.add(each);
    } else {
      each.source().close();
      each.onEnd().run();
    }
  }
}
