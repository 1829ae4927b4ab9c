package dev.partyline.assertions;

import dev.partyline.wire.Conversation;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;

/**
 * Assertions on what a view shows of one connection, such as the frames of WebSocket.
 *
 * <p>In the examples the view is {@code Resp::of}, and the client has sent {@code GET key}. A view
 * is just a function, so as long as the connection is open, a check that does not hold yet may hold
 * later.
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
   * Checks that one of the elements of the view prints with this text in it.
   *
   * <pre><code>
   * assertThat(tap).connection(1).viewedAs(Resp::of).shows("\\"GET\\" \\"key\\""); // passes
   * assertThat(tap).connection(1).viewedAs(Resp::of).shows("\\"SET\\"");        // fails
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
   * Checks the list of the elements with AssertJ's own assertions on lists.
   *
   * <pre><code>
   * // passes:
   * assertThat(tap).connection(1).viewedAs(Resp::of).satisfies(all -&gt; all.hasSize(1));
   * // fails, with AssertJ's message:
   * assertThat(tap).connection(1).viewedAs(Resp::of).satisfies(all -&gt; all.isEmpty());
   * </code></pre>
   *
   * @param requirement what is asserted; with {@link #within} it is called repeatedly
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
