package dev.partyline.wire;

import java.time.Duration;
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

  /** Returns this recording, so that what was recorded can be asserted like its owner. */
  @Override
  default Recording recording() {
    return this;
  }

  /** Returns a recording of these conversations, to which nothing will be added. */
  static Recording of(Conversation... conversations) {
    return new StillRecording(List.of(conversations));
  }
}
