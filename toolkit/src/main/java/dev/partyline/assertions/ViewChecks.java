package dev.partyline.assertions;

import static java.util.stream.Collectors.joining;

import dev.partyline.internal.text.Excerpt;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.view.ProtocolView;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ListAssert;

/** Checks on what a view shows. */
final class ViewChecks<T> {
  private static final int MAX_LINES = 50;

  /**
   * Separates parts on one line of a view; redaction rules for the start of a line apply after it.
   */
  private static final String SEPARATOR = " | ";

  private final Conversation conversation;
  private final Function<? super Conversation, ? extends Iterable<? extends T>> view;
  private final Redaction redaction;
  private final Secrets secrets;

  ViewChecks(
      Conversation conversation,
      Function<? super Conversation, ? extends Iterable<? extends T>> view,
      Redaction redaction) {
    this.conversation = conversation;
    this.view = view;
    this.redaction = redaction;
    this.secrets = new Secrets(conversation, redaction);
  }

  CheckResult shows(String text) {
    boolean holds =
        list(view.apply(conversation.exact())).stream()
            .anyMatch(each -> String.valueOf(each).contains(text));
    return result(
        holds, () -> failure("nothing in the view shows this").row("expected", redact(text)));
  }

  CheckResult satisfies(Consumer<? super ListAssert<T>> requirement) {
    List<T> all = list(view.apply(conversation.exact()));
    try {
      requirement.accept(new ListAssert<>(all));
      return CheckResult.pass();
    } catch (AssertionError e) {
      return result(
          false,
          () -> failure("the view does not satisfy this").append(redactedMessage(requirement)));
    }
  }

  /** AssertJ quotes the elements of the list, which may contain secrets. */
  private String redactedMessage(Consumer<? super ListAssert<T>> requirement) {
    try {
      requirement.accept(new ListAssert<>(list(view.apply(redaction.apply(conversation)))));
      return "it holds when secrets are masked\n";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage())
          .strip()
          .lines()
          .map(line -> redact(line) + "\n")
          .collect(joining());
    }
  }

  private CheckResult result(boolean holds, Supplier<FailureMessage> failure) {
    return CheckResult.of(
        holds,
        conversation.isOpen(),
        () ->
            failure.get().append(viewText()).droppedBytes(conversation).conversation(conversation));
  }

  private FailureMessage failure(String problem) {
    return FailureMessage.of(problem, redaction);
  }

  private String viewText() {
    Iterable<? extends T> items = view.apply(redaction.apply(conversation));
    // A view of ours also prints its flaws.
    List<String> all =
        items instanceof ProtocolView
            ? items.toString().lines().toList()
            : list(items).stream().map(String::valueOf).toList();
    List<String> shown =
        all.isEmpty() ? List.of("nothing") : Excerpt.of(all, MAX_LINES, this::redact);
    return "view:\n" + shown.stream().map(line -> "  " + line + "\n").collect(joining());
  }

  private String redact(String text) {
    String splitText = text.replace(SEPARATOR, "\n");
    return secrets.apply(Bytes.utf8(splitText)).masked().utf8().replace("\n", SEPARATOR);
  }

  private static <T> List<T> list(Iterable<? extends T> items) {
    List<T> list = new ArrayList<>();
    items.forEach(list::add);
    return list;
  }
}
