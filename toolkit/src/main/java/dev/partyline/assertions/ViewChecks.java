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

/** What can be asked about what a view shows. */
final class ViewChecks<T> {
  private static final int MAX_LINES = 50;

  /** What the views put between parts that a rule for the beginning of a line is meant for. */
  private static final String SEPARATOR = " | ";

  private final Conversation conversation;
  private final Function<? super Conversation, ? extends Iterable<? extends T>> view;
  private final Redaction redaction;

  ViewChecks(
      Conversation conversation,
      Function<? super Conversation, ? extends Iterable<? extends T>> view,
      Redaction redaction) {
    this.conversation = conversation;
    this.view = view;
    this.redaction = redaction;
  }

  CheckResult shows(String text) {
    boolean holds =
        list(view.apply(conversation)).stream()
            .anyMatch(each -> String.valueOf(each).contains(text));
    return result(
        holds, () -> failure("nothing that is seen shows this").row("expected", redact(text)));
  }

  CheckResult satisfies(Consumer<? super ListAssert<T>> requirement) {
    List<T> all = list(view.apply(conversation));
    try {
      requirement.accept(new ListAssert<>(all));
      return CheckResult.pass();
    } catch (AssertionError e) {
      return result(
          false,
          () -> failure("what is seen does not satisfy this").append(redactedMessage(requirement)));
    }
  }

  /** What AssertJ says names what it is about, which may have to be masked where it was sent. */
  private String redactedMessage(Consumer<? super ListAssert<T>> requirement) {
    try {
      requirement.accept(new ListAssert<>(list(view.apply(redaction.apply(conversation)))));
      return "it holds of what is left when secrets are masked\n";
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
    // A view that is more than a list prints what is wrong too.
    List<String> all =
        items instanceof ProtocolView
            ? items.toString().lines().toList()
            : list(items).stream().map(String::valueOf).toList();
    List<String> shown =
        all.isEmpty() ? List.of("nothing") : Excerpt.of(all, MAX_LINES, this::redact);
    return "seen:\n" + shown.stream().map(line -> "  " + line + "\n").collect(joining());
  }

  private String redact(String text) {
    String splitText = text.replace(SEPARATOR, "\n");
    return redaction.apply(Bytes.utf8(splitText)).utf8().replace("\n", SEPARATOR);
  }

  private static <T> List<T> list(Iterable<? extends T> items) {
    List<T> list = new ArrayList<>();
    items.forEach(list::add);
    return list;
  }
}
