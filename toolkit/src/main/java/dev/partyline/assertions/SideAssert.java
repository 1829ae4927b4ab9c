package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Assertions on what one side of a connection sent.
 *
 * <p>All that it sent over a stream is one run of bytes here, however it was split on the way. Over
 * UDP each datagram is a message of its own: a text is looked for within one, a datagram ends a
 * line, and {@link #sentExactly(String)} is about the only one. Texts are taken literally, in
 * UTF-8; escapes and placeholders of the wire script mean nothing here.
 *
 * <p>In the examples the client sent {@code EHLO a.example} and {@code QUIT}, each with CR and LF,
 * and then a FIN.
 */
public final class SideAssert extends WaitingAssert<SideAssert> {
  private final ConnectionChoice choice;
  private final Side side;

  SideAssert(CheckRunner runner, ConnectionChoice choice, Side side) {
    super(runner);
    this.choice = choice;
    this.side = side;
  }

  /**
   * Checks that a text is somewhere in what was sent.
   *
   * <pre><code>
   * assertThat(listener).client().sent("a.example"); // passes
   * assertThat(listener).client().sent("b.example"); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if the text is empty
   */
  public SideAssert sent(String text) {
    return sent(Bytes.utf8(text));
  }

  /**
   * Checks that some bytes are, one after the other, somewhere in what was sent.
   *
   * <pre><code>
   * assertThat(listener).client().sent(Bytes.hex("0d 0a 51")); // passes
   * assertThat(listener).client().sent(Bytes.hex("0d 0a 00")); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if there are no bytes
   */
  public SideAssert sent(Bytes bytes) {
    BytePosition position = new BytePosition(WantedBytes.notEmpty(bytes));
    return check(checks -> checks.contains(position));
  }

  /**
   * Checks that a line was sent: exactly this text between two line ends, or the beginning and a
   * line end. A line ends in LF, or in CR and LF.
   *
   * <pre><code>
   * assertThat(listener).client().sentLine("QUIT"); // passes
   * assertThat(listener).client().sentLine("QUI");  // fails
   * </code></pre>
   *
   * @param line the line without its line end
   * @throws IllegalArgumentException if there is a line end in it
   */
  public SideAssert sentLine(String line) {
    LinePosition position = new LinePosition(WantedBytes.line(line));
    return check(checks -> checks.line(position));
  }

  /**
   * Checks that exactly this text was sent so far.
   *
   * <pre><code>
   * assertThat(listener).client().sentExactly("EHLO a.example\r\nQUIT\r\n"); // passes
   * assertThat(listener).client().sentExactly("EHLO a.example\r\n");         // fails
   * </code></pre>
   */
  public SideAssert sentExactly(String text) {
    return sentExactly(Bytes.utf8(text));
  }

  /**
   * Checks that exactly these bytes were sent so far. With {@link #within} it passes as soon as
   * they have come; {@link #sentNothingMoreWithin} checks that no more come.
   *
   * <pre><code>
   * assertThat(listener).client().sentExactly(Bytes.utf8("EHLO a.example\r\nQUIT\r\n")); // passes
   * assertThat(listener).client().sentExactly(Bytes.EMPTY);                              // fails
   * </code></pre>
   */
  public SideAssert sentExactly(Bytes bytes) {
    return check(checks -> checks.exactly(bytes));
  }

  /**
   * Checks that these texts were sent one after the other, each beginning after the end of the one
   * before; there may be more between them.
   *
   * <pre><code>
   * assertThat(listener).client().sentInOrder("EHLO", "QUIT"); // passes
   * assertThat(listener).client().sentInOrder("QUIT", "EHLO"); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if there are no texts, or one of them is empty
   */
  public SideAssert sentInOrder(String... texts) {
    Bytes[] wanted =
        Arrays.stream(texts).map(Bytes::utf8).map(WantedBytes::notEmpty).toArray(Bytes[]::new);
    if (wanted.length == 0) {
      throw new IllegalArgumentException("texts () must not be empty: use sentNothing()");
    }
    SequencePosition sequence = new SequencePosition(List.of(wanted));
    return check(checks -> checks.inOrder(sequence));
  }

  /**
   * Checks that this side sent a text, and not before the other side had sent another: the first
   * byte of the one was recorded after the last byte of the other. With {@link #within} it waits
   * until this side has sent it.
   *
   * <pre><code>
   * assertThat(listener).server().sentOnlyAfter("250 ok", "EHLO"); // passes
   * assertThat(listener).server().sentOnlyAfter("220 hi", "EHLO"); // fails: a greeting comes first
   * </code></pre>
   *
   * @param text what this side is to have sent
   * @param cause what the other side is to have sent before
   * @throws IllegalArgumentException if one of them is empty
   */
  public SideAssert sentOnlyAfter(String text, String cause) {
    return sentOnlyAfter(Bytes.utf8(text), Bytes.utf8(cause));
  }

  /**
   * Checks that this side sent some bytes, and not before the other side had sent others.
   *
   * <pre><code>
   * assertThat(tap).server().sentOnlyAfter(Bytes.hex("05 00"), Bytes.hex("05 01 00")); // passes
   * assertThat(tap).server().sentOnlyAfter(Bytes.hex("05 01"), Bytes.hex("05 01 00")); // fails
   * </code></pre>
   *
   * @param bytes what this side is to have sent
   * @param cause what the other side is to have sent before
   * @throws IllegalArgumentException if one of them is empty
   */
  public SideAssert sentOnlyAfter(Bytes bytes, Bytes cause) {
    BytePosition position = new BytePosition(WantedBytes.notEmpty(bytes));
    BytePosition causePosition = new BytePosition(WantedBytes.notEmpty(cause));
    return check(checks -> checks.onlyAfter(position, causePosition));
  }

  /**
   * Checks that exactly so many datagrams were sent so far. Over TCP it fails: a stream has none.
   *
   * <pre><code>
   * // passes if the client asked twice over UDP:
   * assertThat(listener).client().sentDatagrams(2);
   * // fails then:
   * assertThat(listener).client().sentDatagrams(1);
   * </code></pre>
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public SideAssert sentDatagrams(int count) {
    ArgumentChecks.notNegative("count", count);
    return check(checks -> checks.datagrams(count));
  }

  /**
   * Checks that not a byte was sent so far.
   *
   * <pre><code>
   * assertThat(listener).server().sentNothing(); // passes if the server sent nothing
   * assertThat(listener).client().sentNothing(); // fails
   * </code></pre>
   */
  public SideAssert sentNothing() {
    return sentNoMoreThan(0);
  }

  /**
   * Checks that at most so many bytes were sent so far.
   *
   * <pre><code>
   * assertThat(listener).client().sentNoMoreThan(22); // passes
   * assertThat(listener).client().sentNoMoreThan(21); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public SideAssert sentNoMoreThan(long bytes) {
    long limit = ArgumentChecks.notNegative("bytes", bytes);
    return check(checks -> checks.atMost(limit));
  }

  /**
   * Checks that the side sent a FIN: it sends nothing more, though it may still receive. An RST is
   * not a FIN.
   *
   * <pre><code>
   * assertThat(listener).client().sentFin(); // passes
   * assertThat(listener).server().sentFin(); // fails if the server has closed nothing
   * </code></pre>
   */
  public SideAssert sentFin() {
    return check(SideChecks::sentFin);
  }

  /**
   * Checks that nothing more is sent for some time from now on: waits for that time, or until no
   * more can come, and fails at the first byte.
   *
   * <pre><code>
   * // passes after 200 ms if the client waits for an answer:
   * assertThat(listener).client().sentNothingMoreWithin(ofMillis(200));
   * // fails as soon as it sends a byte:
   * assertThat(listener).client().sentNothingMoreWithin(ofMillis(200));
   * </code></pre>
   *
   * @param time how long to wait, stretched by {@link dev.partyline.wire.TimeoutFactor}
   * @throws IllegalArgumentException if the time is negative
   * @throws IllegalStateException if the assert was made from a conversation, which is a snapshot
   */
  public SideAssert sentNothingMoreWithin(Duration time) {
    ArgumentChecks.notNegative("time", time);
    if (!choice.isLive()) {
      throw new IllegalStateException(
          "a conversation is a snapshot, to which nothing is added: assert its listener, client"
              + " or recording");
    }
    AtomicLong startOffset = new AtomicLong();
    boolean isPresent =
        choice.check(
            runner,
            conversation -> {
              startOffset.set(conversation.byteCount(side));
              return CheckResult.pass();
            });
    if (isPresent) {
      choice.checkAbsence(
          runner, time, conversation -> checks(conversation).nothingAfter(startOffset.get(), time));
    }
    return this;
  }

  private SideAssert check(Function<SideChecks, CheckResult> check) {
    choice.check(runner, conversation -> check.apply(checks(conversation)));
    return this;
  }

  private SideChecks checks(Conversation conversation) {
    return new SideChecks(conversation, side, choice.redaction());
  }

  @Override
  SideAssert self() {
    return this;
  }

  @Override
  SideAssert withRunner(CheckRunner runner) {
    return new SideAssert(runner, choice, side);
  }
}
