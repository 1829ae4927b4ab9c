package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.function.Function;

/**
 * Assertions on one connection: on how it ended, whether it follows a script, by way of {@link
 * #client()} and {@link #server()} on what was said, and by way of {@link #request()} and {@link
 * #response()} on what that means in HTTP.
 *
 * <p>Made from a listener, a client or a recording, every check looks at the connection as it is
 * then, and a connection that is not there fails it; made from a {@link Conversation}, every check
 * looks at that.
 */
public final class ConversationAssert extends HttpAssert<ConversationAssert> {
  private final ConnectionChoice choice;

  ConversationAssert(CheckRunner runner, ConnectionChoice choice) {
    super(runner);
    this.choice = choice;
  }

  /**
   * Returns an assert on the side that opened the connection.
   *
   * <pre><code>
   * // passes if the client said QUIT:
   * assertThat(conversation).client().sentLine("QUIT");
   * // fails then:
   * assertThat(conversation).client().sentNothing();
   * </code></pre>
   */
  public SideAssert client() {
    return side(Side.CLIENT);
  }

  /**
   * Returns an assert on the side that was connected to.
   *
   * <pre><code>
   * // passes if the server never said a word:
   * assertThat(conversation).server().sentNothing();
   * // fails then:
   * assertThat(conversation).server().sentLine("221 bye");
   * </code></pre>
   */
  public SideAssert server() {
    return side(Side.SERVER);
  }

  SideAssert side(Side side) {
    return new SideAssert(runner.copy(), choice, side);
  }

  /**
   * Checks that this side ended first, by a FIN or an RST; half a close is enough. There is no such
   * thing on UDP.
   *
   * <pre><code>
   * // passes if the server sent its FIN and the client sent one in return:
   * assertThat(conversation).closedBy(Side.SERVER);
   * // fails then, and as long as nobody closes:
   * assertThat(conversation).closedBy(Side.CLIENT);
   * </code></pre>
   */
  public ConversationAssert closedBy(Side side) {
    return check(checks -> checks.closedBy(side));
  }

  /**
   * Checks that one of the sides threw the connection away with an RST.
   *
   * <pre><code>
   * // passes if the listener reset a client that said the wrong thing:
   * assertThat(conversation).wasReset();
   * // fails if both sides closed with a FIN:
   * assertThat(conversation).wasReset();
   * </code></pre>
   */
  public ConversationAssert wasReset() {
    return check(ConversationChecks::wasReset);
  }

  /**
   * Checks that this side threw the connection away with an RST.
   *
   * <pre><code>
   * // passes if the listener reset a client that said the wrong thing:
   * assertThat(conversation).wasResetBy(Side.SERVER);
   * // fails then:
   * assertThat(conversation).wasResetBy(Side.CLIENT);
   * </code></pre>
   */
  public ConversationAssert wasResetBy(Side side) {
    return check(checks -> checks.wasResetBy(side));
  }

  /**
   * Checks how a side's direction of the connection ended, as the close ledger has it.
   *
   * <pre><code>
   * // passes if a fault of the tap cut what the server said:
   * assertThat(tap).connection(1).ended(Side.SERVER, How.FAULT);
   * // fails then, for the server sent no FIN itself:
   * assertThat(tap).connection(1).ended(Side.SERVER, How.FIN);
   * </code></pre>
   */
  public ConversationAssert hasTermination(Side side, Termination.Kind kind) {
    return check(checks -> checks.hasTermination(side, kind));
  }

  /**
   * Checks how a side's direction of the connection ended, and after how many of its bytes.
   *
   * <pre><code>
   * // passes if the answer was cut at byte 512:
   * assertThat(tap).connection(1).ended(Side.SERVER, How.FAULT, 512);
   * // fails then:
   * assertThat(tap).connection(1).ended(Side.SERVER, How.FAULT, 511);
   * </code></pre>
   *
   * @param offset how many bytes the side had sent by then, 0 or more
   * @throws IllegalArgumentException if the offset is negative
   */
  public ConversationAssert hasTermination(Side side, Termination.Kind kind, long offset) {
    ArgumentChecks.notNegative("offset", offset);
    return check(checks -> checks.hasTermination(side, kind, offset));
  }

  /**
   * Checks that a side's direction of the connection ended for a reason: its cause in the close
   * ledger has this text in it. A side that just closes has no cause.
   *
   * <pre><code>
   * // passes if the fault cutAfter(512) ended it:
   * assertThat(tap).connection(1).endedWithCause(Side.SERVER, "cutAfter");
   * // fails then:
   * assertThat(tap).connection(1).endedWithCause(Side.SERVER, "limit");
   * </code></pre>
   *
   * @throws IllegalArgumentException if the text is empty
   */
  public ConversationAssert hasTerminationCause(Side side, String cause) {
    if (cause.isEmpty()) {
      throw new IllegalArgumentException("cause () must not be empty: it is in every cause");
    }
    return check(checks -> checks.hasTerminationCause(side, cause));
  }

  /**
   * Checks that neither side has ended, not even by half a close, and that our end is open.
   *
   * <pre><code>
   * // passes while both sides can talk:
   * assertThat(conversation).isOpen();
   * // fails once the client has sent a FIN:
   * assertThat(conversation).isOpen();
   * </code></pre>
   */
  public ConversationAssert isOpen() {
    return check(ConversationChecks::isOpen);
  }

  /**
   * Checks that everything in the script was said, by both sides, and nothing else. Of a script
   * with {@code connection} blocks it is the one for the number of this connection.
   *
   * <pre><code>
   * // passes if the client said QUIT, the server said 221 bye, and neither said more:
   * assertThat(conversation).follows("C: QUIT\nS: 221 bye");
   * // fails then:
   * assertThat(conversation).follows("C: QUIT\nS: 221 goodbye");
   * </code></pre>
   *
   * @throws dev.partyline.script.ScriptException if the script cannot be held against the transport
   */
  public ConversationAssert follows(Script script) {
    return check(checks -> checks.follows(script));
  }

  /**
   * Checks that everything in a wire script, given as text, was said, and nothing else, as {@link
   * #follows(Script)} does.
   *
   * @throws dev.partyline.script.ScriptException if it is no script, or cannot be held against the
   *     transport
   */
  public ConversationAssert follows(String script) {
    return follows(Script.parse(script));
  }

  /**
   * Checks that on this connection everything in the script that was played was said and met.
   *
   * <pre><code>
   * // passes after the first client said QUIT, for a script that ends with C: QUIT:
   * assertThat(listener).connection(1).finishedScript();
   * // fails before, and on a recording of which nothing is known but the bytes:
   * assertThat(listener.recording()).connection(1).finishedScript();
   * </code></pre>
   */
  public ConversationAssert finishedScript() {
    choice.check(
        runner, conversation -> ScriptChecks.finished(choice.owner(), conversation.number()));
    return this;
  }

  /**
   * Checks that the player of this connection ended for this reason.
   *
   * <pre><code>
   * // passes if the second client said HELO where the script expects EHLO:
   * assertThat(listener).connection(2).endedBecause(Ending.WRONG_BYTES);
   * // fails then:
   * assertThat(listener).connection(2).endedBecause(Ending.STUCK);
   * </code></pre>
   */
  public ConversationAssert endedBecause(EndReason reason) {
    choice.check(
        runner,
        conversation -> ScriptChecks.endedBecause(choice.owner(), conversation.number(), reason));
    return this;
  }

  /**
   * Returns an assert on what a view shows of this connection: one of the package {@code view}, or
   * any function of a conversation, which needs no registration.
   *
   * <pre><code>
   * // passes if the client has asked Redis for the key:
   * assertThat(tap).connection(1).seenAs(Resp::of).shows("\"GET\" \"key\"");
   * // passes if nothing was malformed:
   * assertThat(tap).connection(1).seenAs(c -&gt; Http2.of(c).flaws()).satisfies(AbstractIterableAssert::isEmpty);
   * // fails if the connection has no frame of this kind:
   * assertThat(tap).connection(1).seenAs(WebSocket::of).shows("WebSocket Ping");
   * </code></pre>
   *
   * @param view what makes a list, or something else that can be gone through, of a conversation;
   *     at every look it sees the connection as it is then
   */
  public <T> ViewAssert<T> viewedAs(
      Function<? super Conversation, ? extends Iterable<? extends T>> view) {
    return new ViewAssert<>(runner.copy(), choice, view);
  }

  /**
   * Checks that the same happened as in another conversation: sides, bytes, chunk boundaries, how
   * each side ended, and times.
   *
   * <pre><code>
   * // passes for what was printed and read back:
   * assertThat(conversation).isEqualTo(Transcript.conversation(Transcript.exact(conversation)));
   * // fails, for the plain form keeps no times:
   * assertThat(conversation).isEqualTo(Transcript.conversation(Transcript.plain(conversation)));
   * </code></pre>
   */
  public ConversationAssert isEqualTo(Conversation other) {
    return check(checks -> checks.isEqualTo(other));
  }

  private ConversationAssert check(Function<ConversationChecks, CheckResult> check) {
    choice.check(
        runner,
        conversation -> check.apply(new ConversationChecks(conversation, choice.redaction())));
    return this;
  }

  @Override
  ExchangeSource exchangeSource() {
    return ExchangeSource.of(choice);
  }

  @Override
  ConversationAssert self() {
    return this;
  }

  @Override
  ConversationAssert withRunner(CheckRunner runner) {
    return new ConversationAssert(runner, choice);
  }
}
