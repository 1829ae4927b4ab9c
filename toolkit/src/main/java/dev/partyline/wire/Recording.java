package dev.partyline.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * All the conversations of one listener, client or tap; it grows while they are open.
 *
 * <p>Each call of {@link #conversations()} takes a snapshot; the counters are live.
 */
public interface Recording extends Recorded {
  /**
   * Returns the conversations so far, in the order in which the connections were opened, but for
   * {@link #droppedConnections()}.
   */
  List<Conversation> conversations();

  /**
   * Returns when the recording began, by the clock of the machine; 1970-01-01T00:00Z if that is not
   * known, as of conversations that were made of events.
   */
  default Instant startedAt() {
    return Instant.EPOCH;
  }

  /**
   * Returns when it began, as its {@link Ticker} has it: by {@link System#nanoTime()} for that of a
   * listener, client or tap. Empty if it was made of conversations.
   */
  default OptionalLong startedAtNanos() {
    return OptionalLong.empty();
  }

  /** Returns how many connections there were so far. */
  int connections();

  /**
   * Returns how many of the connections are counted, with their bytes, but no longer in {@link
   * #conversations()}: {@link RecordingPolicy} tells when those that have ended are dropped.
   */
  default int droppedConnections() {
    return 0;
  }

  /**
   * Returns what is missing of the recording as a whole, and why, each in a sentence without a full
   * stop: that a capture file ends in the middle of a packet, or that a disk was full. What is
   * missing of one conversation is in its {@link Conversation#gaps()}.
   */
  default List<String> problems() {
    return List.of();
  }

  /**
   * Returns whether nothing more will be recorded, as when it was read from a file: then what waits
   * for it is answered at once.
   */
  default boolean isFinished() {
    return false;
  }

  /** Returns how many bytes a side has sent so far, over all connections. */
  long byteCount(Side side);

  /**
   * Waits until the condition holds; it is checked again only when something was recorded.
   *
   * @param condition what to wait for; it is called on this thread
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @return whether the condition held in time; also false if the thread was interrupted, which it
   *     then still is
   */
  boolean await(BooleanSupplier condition, Duration timeout);

  /**
   * Waits, as {@link #await} does, for what should not happen: {@code -Dpartyline.patience=off}
   * does not stretch this wait, which would otherwise never end.
   *
   * @param condition what should not become true; it is called on this thread
   * @param timeout how long to wait, stretched by a factor of {@link TimeoutFactor}
   * @return whether the condition held in time; also false if the thread was interrupted, which it
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
   * @throws AssertionError if it has sent fewer by then, or the thread was interrupted
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
   * @param quietPeriod for how long, from now or from the last event, stretched by a factor of
   *     {@link TimeoutFactor}
   * @param timeout how long to wait for such a period, stretched by {@link TimeoutFactor}
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
   * Waits until a side has sent a text on one of the connections.
   *
   * @param text taken literally, in UTF-8
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @return the first conversation that has it
   * @throws IllegalArgumentException if the text is empty
   * @throws AssertionError if none has it by then, or the thread was interrupted
   */
  default Conversation awaitMatch(Side side, String text, Duration timeout) {
    return awaitMatch(side, Bytes.utf8(text), timeout);
  }

  /**
   * Waits until a side has sent a pattern on one of the connections. Bytes that were dropped before
   * they could be searched are not found.
   *
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @return the first conversation that has it
   * @throws IllegalArgumentException if the pattern is empty
   * @throws AssertionError if none has it by then, or the thread was interrupted
   */
  default Conversation awaitMatch(Side side, Bytes pattern, Duration timeout) {
    return RecordingWaits.awaitMatch(this, side, pattern, timeout);
  }

  /**
   * Returns the conversations so far, of which all that prints them prints each byte; it does not
   * grow.
   *
   * @see Conversation#exact()
   */
  default Recording exact() {
    return new FinishedRecording(
        startedAt(),
        startedAtNanos(),
        droppedConnections(),
        conversations().stream().map(Conversation::exact).toList(),
        problems());
  }

  /**
   * Returns the conversations so far that are wanted, numbered from 1; it does not grow.
   *
   * <pre><code>
   * recording.matching(Filter.parse("tcp port 6379")::matches)
   * </code></pre>
   *
   * @param wanted such as a {@code dev.partyline.filter.Filter}
   */
  default Recording matching(Predicate<Conversation> wanted) {
    return new FinishedRecording(
        startedAt(),
        startedAtNanos(),
        0,
        FinishedRecording.numbered(conversations().stream().filter(wanted).toList()),
        problems());
  }

  /** Returns this recording, so that assertions take it as they take its owner. */
  @Override
  default Recording recording() {
    return this;
  }

  /** Returns a recording of these conversations, numbered from 1; it does not change. */
  static Recording of(Conversation... conversations) {
    return of(Instant.EPOCH, conversations);
  }

  /**
   * Returns a recording of these conversations, numbered from 1; it does not change.
   *
   * @param startedAt when it began: the times at which the conversations opened are after it
   */
  static Recording of(Instant startedAt, Conversation... conversations) {
    return new FinishedRecording(
        startedAt,
        OptionalLong.empty(),
        0,
        FinishedRecording.numbered(List.of(conversations)),
        List.of());
  }
}
