package dev.partyline.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * All the conversations that one listener, client or tap had; it grows while they talk.
 *
 * <p>Each call of {@link #conversations()} takes a snapshot; the counters are live.
 */
public interface Recording extends Recorded {
  /** Returns what was said so far, in the order in which the connections were opened. */
  List<Conversation> conversations();

  /** Returns how many connections there were so far. */
  int connections();

  /** Returns how many bytes a side has sent so far, over all connections. */
  long count(Side side);

  /**
   * Waits until the condition holds, and asks again whenever something happened, never otherwise.
   *
   * @param condition what to wait for; it is called on this thread
   * @param atMost how long to wait, stretched by {@link Patience}
   * @return whether the condition held in time; false too if the thread was interrupted, which it
   *     then still is
   */
  boolean await(BooleanSupplier condition, Duration atMost);

  /**
   * Waits, as {@link #await} does, for what should not come: {@code -Dpartyline.patience=off} does
   * not stretch this wait, which would then never end.
   *
   * @param condition what should not come to hold; it is called on this thread
   * @param atMost how long to wait, stretched by a factor of {@link Patience}
   * @return whether the condition held in time; false too if the thread was interrupted, which it
   *     then still is
   */
  default boolean awaitUnwanted(BooleanSupplier condition, Duration atMost) {
    return await(condition, atMost);
  }

  /** Returns this recording, so that what was recorded can be asserted like its owner. */
  @Override
  default Recording recording() {
    return this;
  }

  /** Returns a recording of these conversations, numbered anew; nothing will be added to it. */
  static Recording of(Conversation... conversations) {
    List<Conversation> numbered = new ArrayList<>();
    for (Conversation conversation : conversations) {
      numbered.add(conversation.numbered(numbered.size() + 1));
    }
    return new StillRecording(List.copyOf(numbered));
  }
}
