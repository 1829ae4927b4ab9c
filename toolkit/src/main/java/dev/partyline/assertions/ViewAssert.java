package dev.partyline.assertions;

import dev.partyline.wire.Conversation;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;

/**
 * Assertions on what a view shows of one connection, such as the frames of WebSocket.
 *
 * <p>In the examples the view is {@code Resp::of}, and the client has said {@code GET key}. Nothing
 * is known of the view but that it is a function: as long as the connection is open, a check that
 * does not hold may come to hold.
 */
public final class ViewAssert<T> extends WaitingAssert<ViewAssert<T>> {
  private final ConnectionChoice choice;
  private final Function<? super Conversation, ? extends Iterable<? extends T>> view;

  ViewAssert(
      CheckRunner runner,
      ConnectionChoice choice,
      Function<? super Conversation, ? extends Iterable<? extends T>> view) {
    super(runner);
    this.choice = choice;
    this.view = view;
  }

  /**
   * Checks that one of the things that are seen prints with this text in it.
   *
   * <pre><code>
   * assertThat(tap).connection(1).seenAs(Resp::of).shows("\\"GET\\" \\"key\\""); // passes
   * assertThat(tap).connection(1).seenAs(Resp::of).shows("\\"SET\\"");        // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if the text is empty
   */
  public ViewAssert<T> shows(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("text () must not be empty: it is in everything");
    }
    return check(checks -> checks.shows(text));
  }

  /**
   * Checks the list of what is seen with AssertJ's own assertions on lists.
   *
   * <pre><code>
   * // passes:
   * assertThat(tap).connection(1).seenAs(Resp::of).satisfies(all -&gt; all.hasSize(1));
   * // fails, with what AssertJ says of it:
   * assertThat(tap).connection(1).seenAs(Resp::of).satisfies(all -&gt; all.isEmpty());
   * </code></pre>
   *
   * @param requirement what is asserted; with {@link #within} it is asserted again and again
   */
  public ViewAssert<T> satisfies(Consumer<? super ListAssert<T>> requirement) {
    return check(checks -> checks.satisfies(requirement));
  }

  private ViewAssert<T> check(Function<ViewChecks<T>, CheckResult> check) {
    choice.check(
        runner,
        conversation -> check.apply(new ViewChecks<>(conversation, view, choice.redaction())));
    return this;
  }

  @Override
  ViewAssert<T> self() {
    return this;
  }

  @Override
  ViewAssert<T> withRunner(CheckRunner runner) {
    return new ViewAssert<>(runner, choice, view);
  }
}
