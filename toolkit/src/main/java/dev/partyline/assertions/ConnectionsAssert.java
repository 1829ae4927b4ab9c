package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.nio.file.Path;

/** What the asserts on all connections of a listener, client, tap or recording have in common. */
abstract class ConnectionsAssert<SELF> extends HttpAssert<SELF> {
  private final Recorded owner;

  ConnectionsAssert(CheckRunner runner, Recorded owner) {
    super(runner);
    this.owner = owner;
  }

  /**
   * Checks that there were exactly so many connections so far, those that have ended included.
   *
   * <pre><code>
   * // passes if one client has connected:
   * assertThat(listener).hasConnections(1);
   * // fails then:
   * assertThat(listener).hasConnections(2);
   * </code></pre>
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public SELF hasConnections(int count) {
    ArgumentChecks.notNegative("count", count);
    runner.check(owner.recording(), () -> connectionCount(count));
    return self();
  }

  CheckResult connectionCount(int count) {
    Recording recording = owner.recording();
    int actual = recording.connections();
    return CheckResult.of(
        actual == count,
        actual < count,
        () ->
            FailureMessage.of("the count of connections differs", Redaction.of(owner))
                .expectedAndReceived(
                    Quantity.of(count, "connection"), Quantity.of(actual, "connection"))
                .droppedConnections(recording)
                .conversations(recording.conversations()));
  }

  /**
   * Returns an assert on one connection. Nothing is checked yet: if the connection does not exist,
   * the first check on it fails.
   *
   * <pre><code>
   * // passes if a second client has connected and sent QUIT:
   * assertThat(listener).connection(2).client().sentLine("QUIT");
   * // fails if there was one client only:
   * assertThat(listener).connection(2).isOpen();
   * </code></pre>
   *
   * @param number its number in the order in which connections were opened, from 1
   * @throws IllegalArgumentException if the number is below 1
   */
  public ConversationAssert connection(int number) {
    return new ConversationAssert(runner.copy(), ConnectionChoice.of(owner, number));
  }

  /**
   * Returns an assert on the only connection. Nothing is checked yet: its checks fail if there is
   * no connection, and if there are several.
   *
   * <pre><code>
   * // passes if there was a single connection, which the server closed:
   * assertThat(client).connection().closedBy(Side.SERVER);
   * // fails if there are two:
   * assertThat(listener).connection().isOpen();
   * </code></pre>
   */
  public ConversationAssert connection() {
    return new ConversationAssert(runner.copy(), ConnectionChoice.only(owner));
  }

  /**
   * Returns an assert on the client of the only connection, like {@code connection().client()}.
   *
   * <pre><code>
   * // passes if the only client sent QUIT:
   * assertThat(listener).client().sentLine("QUIT");
   * // fails if there are two connections, whatever they sent:
   * assertThat(listener).client().sentLine("QUIT");
   * </code></pre>
   */
  public SideAssert client() {
    return connection().side(Side.CLIENT);
  }

  /**
   * Returns an assert on the server of the only connection, like {@code connection().server()}.
   *
   * <pre><code>
   * // passes if the server sent 221 on the only connection:
   * assertThat(listener).server().sentLine("221 bye");
   * // fails if there is no connection yet; with within it waits for one:
   * assertThat(listener).server().sentNothing();
   * </code></pre>
   */
  public SideAssert server() {
    return connection().side(Side.SERVER);
  }

  /**
   * Checks that what was recorded is what the file {@code name.approved.wire} has, a wire script
   * among the resources of the test: in {@code src/test/resources}, in the folder of the test's
   * package. What may vary has a placeholder in the file, such as <code>Date: ${*}</code>.
   *
   * <p>If it differs, or there is no such file, {@code name.received.wire} is written beside it;
   * when it agrees, that is deleted. Secrets are masked in both. With {@code
   * -Dpartyline.resources=folder} another folder stands for {@code src/test/resources}.
   *
   * <pre><code>
   * // passes if shop.approved.wire has S: +OK ${*}, and the server sent +OK 17:
   * assertThat(listener).matchesApproved("shop");
   * // fails then, if there is no order.approved.wire:
   * assertThat(listener).matchesApproved("order");
   * </code></pre>
   *
   * @param name the name of the file, without its ending
   * @throws dev.partyline.script.ScriptException if the file is not a script
   */
  public SELF matchesApproved(String name) {
    return matches(ApprovedFile.ofCaller(name));
  }

  /**
   * Checks that what was recorded is what the file {@code name.approved.wire} in a folder has, as
   * {@link #matchesApproved(String)} does.
   *
   * @param name the name of the file, without its ending
   * @throws dev.partyline.script.ScriptException if the file is not a script
   */
  public SELF matchesApproved(Path folder, String name) {
    return matches(ApprovedFile.in(folder, name));
  }

  private SELF matches(ApprovedFile file) {
    ApprovalChecks checks = ApprovalChecks.of(file, Redaction.of(owner));
    if (runner.check(owner.recording(), () -> checks.matches(owner.recording()))) {
      file.deleteReceived();
    }
    return self();
  }

  @Override
  ExchangeSource exchangeSource() {
    return ExchangeSource.of(owner);
  }
}
