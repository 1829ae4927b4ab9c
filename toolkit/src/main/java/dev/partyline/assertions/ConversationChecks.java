package dev.partyline.assertions;

import static java.util.stream.Collectors.joining;

import dev.partyline.script.FailureText;
import dev.partyline.script.Redaction;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptMatch;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TerminationKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What can be asked about a conversation as a whole. */
final class ConversationChecks {
  private final Conversation conversation;
  private final Redaction redaction;

  ConversationChecks(Conversation conversation, Redaction redaction) {
    this.conversation = conversation;
    this.redaction = redaction;
  }

  CheckResult closedBy(Side side) {
    Optional<Side> first = conversation.closedFirst();
    return look(
        first.equals(Optional.of(side)),
        first.isEmpty() && conversation.isOpen(),
        "the " + side + " did not close first",
        "closed by the " + side,
        first.map(other -> "closed by the " + other).orElse("closed by neither side"));
  }

  CheckResult wasReset() {
    return look(
        conversation.resetBy().isPresent(),
        conversation.isOpen(),
        "the connection was not reset",
        "an RST",
        "none");
  }

  CheckResult wasResetBy(Side side) {
    Optional<Side> by = conversation.resetBy();
    return look(
        by.equals(Optional.of(side)),
        by.isEmpty() && conversation.isOpen(),
        "the " + side + " did not reset the connection",
        "an RST of the " + side,
        by.map(other -> "an RST of the " + other).orElse("none"));
  }

  CheckResult isOpen() {
    Optional<Side> first = conversation.closedFirst();
    return look(
        conversation.isOpen() && first.isEmpty(),
        false,
        "the connection is not open",
        "open",
        first.map(other -> "closed by the " + other).orElse("closed at our end"));
  }

  CheckResult ended(Side side, TerminationKind how) {
    return ended(
        side, close -> close.how() == how, "by " + how, "the " + side + " did not end like this");
  }

  CheckResult ended(Side side, TerminationKind how, long offset) {
    return ended(
        side,
        close -> close.how() == how && close.offset() == offset,
        "by " + how + " after " + FailureMessage.words(offset, "byte"),
        "the " + side + " did not end like this");
  }

  CheckResult endedWithCause(Side side, String cause) {
    return ended(
        side,
        close -> close.cause().contains(cause),
        "because of " + Bytes.utf8(cause),
        "the " + side + " did not end for this reason");
  }

  private CheckResult ended(
      Side side, Predicate<Termination> wanted, String expected, String problem) {
    List<Termination> ends =
        conversation.ledger().stream().filter(close -> close.side() == side).toList();
    return look(
        ends.stream().anyMatch(wanted),
        conversation.isOpen(),
        problem,
        "ended " + expected,
        ends.isEmpty()
            ? "no end"
            : ends.stream().map(ConversationChecks::words).collect(joining("; ")));
  }

  private static String words(Termination close) {
    return "ended by "
        + close.how()
        + " after "
        + FailureMessage.words(close.offset(), "byte")
        + (close.cause().isEmpty() ? "" : " because of " + Bytes.utf8(close.cause()));
  }

  CheckResult follows(Script script) {
    if (!conversation.gaps().isEmpty()) {
      return incomplete("a script can be held only against all that was said");
    }
    ScriptMatch witness = ScriptMatch.of(script, conversation);
    return CheckResult.of(
        witness.follows(),
        witness.isOpen() && conversation.isOpen(),
        () ->
            FailureMessage.of("the conversation does not follow the script", redaction)
                .picture(FailureText.of(witness, conversation, redaction)));
  }

  private CheckResult incomplete(String problem) {
    return CheckResult.of(
        false,
        false,
        () ->
            FailureMessage.of(problem + ", and some of it was not kept", redaction)
                .dropped(conversation)
                .conversation(conversation));
  }

  CheckResult isEqualTo(Conversation other) {
    if (!conversation.gaps().isEmpty() || !other.gaps().isEmpty()) {
      return incomplete("conversations can be compared only with all that was said");
    }
    return CheckResult.of(
        conversation.equals(other),
        conversation.isOpen(),
        () -> {
          // What is masked here was compared as it is.
          List<Event> expected = other.events();
          List<Event> received = conversation.events();
          int at = 0;
          while (at < Math.min(expected.size(), received.size())
              && expected.get(at).equals(received.get(at))) {
            at++;
          }
          return FailureMessage.of(
                  "the conversations differ from event " + (at + 1) + " on", redaction)
              .expectedAndReceived(event(other, at), event(conversation, at))
              .conversation(conversation);
        });
  }

  private String event(Conversation of, int at) {
    List<Event> events = redaction.apply(of).events();
    return at < events.size() ? events.get(at).toString() : "nothing";
  }

  private CheckResult look(
      boolean holds, boolean mayYet, String problem, String expected, String received) {
    return CheckResult.of(
        holds,
        mayYet,
        () ->
            FailureMessage.of(problem, redaction)
                .expectedAndReceived(expected, received)
                .state(conversation, Side.CLIENT)
                .state(conversation, Side.SERVER)
                .conversation(conversation));
  }
}
