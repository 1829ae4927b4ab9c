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
public final class SeenAssert<T> extends LiveAssert<SeenAssert<T>> {
  private final Subject subject;
  private final Function<? super Conversation, ? extends Iterable<? extends T>> view;

  SeenAssert(
      Checking checking,
      Subject subject,
      Function<? super Conversation, ? extends Iterable<? extends T>> view) {
    super(checking);
    this.subject = subject;
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
  public SeenAssert<T> shows(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("text () must not be empty: it is in everything");
    }
    return check(seen -> seen.shows(text));
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
  public SeenAssert<T> satisfies(Consumer<? super ListAssert<T>> requirement) {
    return check(seen -> seen.satisfies(requirement));
  }

  private SeenAssert<T> check(Function<Seen<T>, Look> at) {
    subject.check(
        checking, conversation -> at.apply(new Seen<>(conversation, view, subject.redaction())));
    return this;
  }

  @Override
  SeenAssert<T> self() {
    return this;
  }

  @Override
  SeenAssert<T> with(Checking other) {
    return new SeenAssert<>(other, subject, view);
  }
}
