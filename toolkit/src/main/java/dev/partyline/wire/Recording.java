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
  long byteCount(Side side);

  /**
   * Waits until the condition holds, and asks again whenever something happened, never otherwise.
   *
   * @param condition what to wait for; it is called on this thread
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @return whether the condition held in time; false too if the thread was interrupted, which it
   *     then still is
   */
  boolean await(BooleanSupplier condition, Duration timeout);

  /**
   * Waits, as {@link #await} does, for what should not come: {@code -Dpartyline.patience=off} does
   * not stretch this wait, which would then never end.
   *
   * @param condition what should not come to hold; it is called on this thread
   * @param timeout how long to wait, stretched by a factor of {@link TimeoutFactor}
   * @return whether the condition held in time; false too if the thread was interrupted, which it
   *     then still is
   */
  default boolean awaitUnwanted(BooleanSupplier condition, Duration timeout) {
    return await(condition, timeout);
  }

  /**
   * Waits until a side has sent so many bytes, over all connections.
   *
   * @param count how many, kept or not
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @throws AssertionError if there are fewer by then, or the thread was interrupted
   */
  default void awaitBytes(Side side, long count, Duration timeout) {
    RecordingWaits.awaitBytes(this, side, count, timeout);
  }

  /**
   * Waits until there was a connection and all of them are closed at our end.
   *
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @throws AssertionError if one is still open by then, there was none, or the thread was
   *     interrupted
   */
  default void awaitClosed(Duration timeout) {
    RecordingWaits.awaitClosed(this, timeout);
  }

  /**
   * Waits until nothing has been recorded for some time.
   *
   * @param quietPeriod for how long, from now on or from the last event, stretched by a factor of
   *     {@link TimeoutFactor}
   * @param timeout after which time what still comes is too much, stretched by {@link
   *     TimeoutFactor}
   * @throws AssertionError if it was never quiet for so long, or the thread was interrupted
   */
  default void awaitIdle(Duration quietPeriod, Duration timeout) {
    RecordingWaits.awaitIdle(
        this,
        () -> connections() + byteCount(Side.CLIENT) + byteCount(Side.SERVER),
        quietPeriod,
        timeout);
  }

  /**
   * Waits until a text stands in what a side sent on one of the connections.
   *
   * @param text taken as it is, in UTF-8
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @return the first conversation in which it stands
   * @throws IllegalArgumentException if the text is empty
   * @throws AssertionError if it is in none by then, or the thread was interrupted
   */
  default Conversation awaitMatch(Side side, String text, Duration timeout) {
    return awaitMatch(side, Bytes.utf8(text), timeout);
  }

  /**
   * Waits until some bytes stand, one after the other, in what a side sent on one of the
   * connections. What was dropped before it was looked at is not found.
   *
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @return the first conversation in which they stand
   * @throws IllegalArgumentException if there are none
   * @throws AssertionError if they are in none by then, or the thread was interrupted
   */
  default Conversation awaitMatch(Side side, Bytes pattern, Duration timeout) {
    return RecordingWaits.awaitMatch(this, side, pattern, timeout);
  }

  /** Returns this recording, so that what was recorded can be asserted like its owner. */
  @Override
  default Recording recording() {
    return this;
  }

  /** Returns a recording of these conversations, numbered anew; nothing will be added to it. */
  static Recording of(Conversation... conversations) {
    List<Conversation> result = new ArrayList<>();
    for (Conversation conversation : conversations) {
      result.add(conversation.withNumber(result.size() + 1));
    }
    return new FinishedRecording(List.copyOf(result));
  }
}
