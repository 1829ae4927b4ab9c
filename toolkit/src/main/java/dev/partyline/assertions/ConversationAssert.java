package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Assertions on one connection: how it ended and whether it follows a script; {@link #client()} and
 * {@link #server()} check what each side sent, {@link #request()} and {@link #response()} what that
 * means in HTTP.
 *
 * <p>If it was made from a listener, a client or a recording, every check looks at the connection
 * as it is then, and fails if the connection does not exist; if it was made from a {@link
 * Conversation}, every check looks at that.
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
   * // passes if the client sent QUIT:
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
   * // passes if the server sent nothing:
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
   * Checks that this side closed first: that its FIN or RST was seen before any of the other side.
   * A half close is enough, and how the connection ended after that does not matter: see {@link
   * #wasResetBy}. It never holds on UDP.
   *
   * <pre><code>
   * // passes if the server sent its FIN and the client sent one in return:
   * assertThat(conversation).closedBy(Side.SERVER);
   * // fails then, because the client closed second, and as long as neither side closes:
   * assertThat(conversation).closedBy(Side.CLIENT);
   * </code></pre>
   */
  public ConversationAssert closedBy(Side side) {
    return check(checks -> checks.closedBy(side));
  }

  /**
   * Checks that one of the sides reset the connection with an RST.
   *
   * <pre><code>
   * // passes if the listener reset a client that sent wrong bytes:
   * assertThat(conversation).wasReset();
   * // fails if both sides closed with a FIN:
   * assertThat(conversation).wasReset();
   * </code></pre>
   */
  public ConversationAssert wasReset() {
    return check(ConversationChecks::wasReset);
  }

  /**
   * Checks that this side reset the connection with an RST.
   *
   * <pre><code>
   * // passes if the listener reset a client that sent wrong bytes:
   * assertThat(conversation).wasResetBy(Side.SERVER);
   * // fails then:
   * assertThat(conversation).wasResetBy(Side.CLIENT);
   * </code></pre>
   */
  public ConversationAssert wasResetBy(Side side) {
    return check(checks -> checks.wasResetBy(side));
  }

  /**
   * Checks how a side's direction of the connection ended, according to the close ledger.
   *
   * <pre><code>
   * // passes if a fault of the tap cut what the server sent:
   * assertThat(tap).connection(1).hasTermination(Side.SERVER, Termination.Kind.FAULT);
   * // fails then, because the server itself sent no FIN:
   * assertThat(tap).connection(1).hasTermination(Side.SERVER, Termination.Kind.FIN);
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
   * assertThat(tap).connection(1).hasTermination(Side.SERVER, Termination.Kind.FAULT, 512);
   * // fails then:
   * assertThat(tap).connection(1).hasTermination(Side.SERVER, Termination.Kind.FAULT, 511);
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
   * Checks that a side's direction of the connection ended for this reason: its cause in the close
   * ledger contains this text. A side that simply closes has no cause.
   *
   * <pre><code>
   * // passes if the fault cutAfter(512, FIN) ended it:
   * assertThat(tap).connection(1).hasTerminationCause(Side.SERVER, "cut after 512 bytes");
   * // fails then:
   * assertThat(tap).connection(1).hasTerminationCause(Side.SERVER, "limit");
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
   * Checks that neither side has closed, not even by a half close, and that our end is open.
   *
   * <pre><code>
   * // passes while both sides can send:
   * assertThat(conversation).isOpen();
   * // fails once the client has sent a FIN:
   * assertThat(conversation).isOpen();
   * </code></pre>
   */
  public ConversationAssert isOpen() {
    return check(ConversationChecks::isOpen);
  }

  /**
   * Checks that both sides sent everything in the script, and nothing else. Of a script with {@code
   * connection} blocks, the block with the number of this connection is used.
   *
   * <pre><code>
   * // passes if the client sent QUIT, the server sent 221 bye, and neither sent more:
   * assertThat(conversation).follows("C: QUIT\nS: 221 bye");
   * // fails then:
   * assertThat(conversation).follows("C: QUIT\nS: 221 goodbye");
   * </code></pre>
   *
   * @throws dev.partyline.script.ScriptException if the script cannot be matched on this transport
   */
  public ConversationAssert follows(Script script) {
    return check(checks -> checks.follows(script));
  }

  /**
   * Checks that both sides sent everything in a wire script, given as text, and nothing else, as
   * {@link #follows(Script)} does.
   *
   * @throws dev.partyline.script.ScriptException if it is not a script, or cannot be matched on
   *     this transport
   */
  public ConversationAssert follows(String script) {
    return follows(Script.parse(script));
  }

  /**
   * Checks that what both sides sent is what the file {@code name.approved.wire} has, a wire script
   * among the resources of the test, as {@link RecordedAssert#matchesApproved(String)} does.
   *
   * <pre><code>
   * // passes if login.approved.wire has C: USER ${*} and S: +OK, and both were sent:
   * assertThat(tap).connection(1).matchesApproved("login");
   * // fails then, if the second client sent something else:
   * assertThat(tap).connection(2).matchesApproved("login");
   * </code></pre>
   *
   * @param name the name of the file, without its ending
   * @throws dev.partyline.script.ScriptException if the file is not a script
   */
  public ConversationAssert matchesApproved(String name) {
    return matches(ApprovedFile.ofCaller(name));
  }

  /**
   * Checks that what both sides sent is what the file {@code name.approved.wire} in a folder has,
   * as {@link RecordedAssert#matchesApproved(String)} does.
   *
   * @param name the name of the file, without its ending
   * @throws dev.partyline.script.ScriptException if the file is not a script
   */
  public ConversationAssert matchesApproved(Path folder, String name) {
    return matches(ApprovedFile.in(folder, name));
  }

  private ConversationAssert matches(ApprovedFile file) {
    ApprovalChecks checks = ApprovalChecks.of(file, choice.redaction());
    if (choice.check(runner, conversation -> checks.matches(List.of(conversation)))) {
      file.deleteReceived();
    }
    return this;
  }

  /**
   * Checks that the script that was played on this connection was finished.
   *
   * <pre><code>
   * // passes after the first client sent QUIT, for a script that ends with C: QUIT:
   * assertThat(listener).connection(1).finishedScript();
   * // fails before, and on a bare recording, which knows of no script:
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
   * // passes if the second client sent HELO where the script expects EHLO:
   * assertThat(listener).connection(2).endedBecause(EndReason.WRONG_BYTES);
   * // fails then:
   * assertThat(listener).connection(2).endedBecause(EndReason.TIMED_OUT);
   * </code></pre>
   */
  public ConversationAssert endedBecause(EndReason reason) {
    choice.check(
        runner,
        conversation -> ScriptChecks.endedBecause(choice.owner(), conversation.number(), reason));
    return this;
  }

  /**
   * Returns an assert on what a view shows of this connection. A view is one of those in the
   * packages below {@code view}, or any function of a conversation.
   *
   * <pre><code>
   * // passes if the client has asked Redis for the key:
   * assertThat(tap).connection(1).viewedAs(Resp::of).shows("\"GET\" \"key\"");
   * // passes if nothing was malformed:
   * assertThat(tap).connection(1).viewedAs(c -&gt; Http2.of(c).flaws())
   *     .satisfies(AbstractIterableAssert::isEmpty);
   * // fails if the connection has no frame of this kind:
   * assertThat(tap).connection(1).viewedAs(WebSocket::of).shows("WebSocket Ping");
   * </code></pre>
   *
   * @param view makes a list, or something else that can be iterated, of a conversation; it is
   *     called in every check with the connection as it is then
   */
  public <T> ViewAssert<T> viewedAs(
      Function<? super Conversation, ? extends Iterable<? extends T>> view) {
    return new ViewAssert<>(runner.copy(), choice, view);
  }

  /**
   * Checks that the same happened as in another conversation: sides, bytes, chunk boundaries, how
   * each side closed, and times.
   *
   * <pre><code>
   * // passes for a conversation that was printed and read back:
   * assertThat(conversation).isEqualTo(Transcript.conversation(Transcript.exact(conversation)));
   * // fails, because the plain form has no times:
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
