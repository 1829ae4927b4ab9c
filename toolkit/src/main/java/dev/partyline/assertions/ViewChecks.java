package dev.partyline.assertions;

import static java.util.stream.Collectors.joining;

import dev.partyline.script.Redaction;
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
  private static final int MOST_LINES = 50;

  /** What the views put between parts that a rule for the beginning of a line is meant for. */
  private static final String BAR = " | ";

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
    return look(
        holds, () -> facts("nothing that is seen shows this").row("expected", masked(text)));
  }

  CheckResult satisfies(Consumer<? super ListAssert<T>> requirement) {
    List<T> all = list(view.apply(conversation));
    try {
      requirement.accept(new ListAssert<>(all));
      return CheckResult.held();
    } catch (AssertionError e) {
      return look(
          false, () -> facts("what is seen does not satisfy this").picture(said(requirement)));
    }
  }

  /** What AssertJ says names what it is about, which may have to be masked where it was sent. */
  private String said(Consumer<? super ListAssert<T>> requirement) {
    try {
      requirement.accept(new ListAssert<>(list(view.apply(redaction.apply(conversation)))));
      return "it holds of what is left when secrets are masked\n";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage())
          .strip()
          .lines()
          .map(line -> masked(line) + "\n")
          .collect(joining());
    }
  }

  private CheckResult look(boolean holds, Supplier<FailureMessage> facts) {
    return CheckResult.of(
        holds,
        conversation.isOpen(),
        () -> facts.get().picture(lines()).dropped(conversation).conversation(conversation));
  }

  private FailureMessage facts(String problem) {
    return FailureMessage.of(problem, redaction);
  }

  private String lines() {
    Iterable<? extends T> seen = view.apply(redaction.apply(conversation));
    StringBuilder lines = new StringBuilder("seen:\n");
    // A view that is more than a list prints what is wrong too.
    List<String> all =
        seen instanceof ProtocolView
            ? seen.toString().lines().toList()
            : list(seen).stream().map(String::valueOf).toList();
    all.stream()
        .limit(MOST_LINES)
        .forEach(line -> lines.append("  ").append(masked(line)).append('\n'));
    int more = all.size() - MOST_LINES;
    return lines + (all.isEmpty() ? "  nothing\n" : more > 0 ? "  … " + more + " more\n" : "");
  }

  private String masked(String text) {
    String apart = text.replace(BAR, "\n");
    return redaction.apply(Bytes.utf8(apart)).utf8().replace("\n", BAR);
  }

  private static <T> List<T> list(Iterable<? extends T> seen) {
    List<T> list = new ArrayList<>();
    seen.forEach(list::add);
    return list;
  }
}
