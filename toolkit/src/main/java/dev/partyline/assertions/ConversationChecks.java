package dev.partyline.assertions;

import static java.util.stream.Collectors.joining;

import dev.partyline.internal.text.Quantity;
import dev.partyline.script.Script;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptMatch;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks on a conversation as a whole. */
final class ConversationChecks {
  private final Conversation conversation;
  private final Redaction redaction;

  ConversationChecks(Conversation conversation, Redaction redaction) {
    this.conversation = conversation;
    this.redaction = redaction;
  }

  CheckResult closedBy(Side side) {
    Optional<Side> first = conversation.closedFirst();
    return result(
        first.equals(Optional.of(side)),
        first.isEmpty() && conversation.isOpen(),
        "the " + side + " did not close first",
        "closed first by the " + side,
        first.map(other -> "closed first by the " + other).orElse("closed by neither side"));
  }

  CheckResult wasReset() {
    return result(
        conversation.resetBy().isPresent(),
        conversation.isOpen(),
        "the connection was not reset",
        "an RST",
        "none");
  }

  CheckResult wasResetBy(Side side) {
    Optional<Side> resetter = conversation.resetBy();
    return result(
        resetter.equals(Optional.of(side)),
        resetter.isEmpty() && conversation.isOpen(),
        "the " + side + " did not reset the connection",
        "an RST of the " + side,
        resetter.map(other -> "an RST of the " + other).orElse("none"));
  }

  CheckResult isOpen() {
    Optional<Side> first = conversation.closedFirst();
    return result(
        conversation.isOpen() && first.isEmpty(),
        false,
        "the connection is not open",
        "open",
        first.map(other -> "closed by the " + other).orElse("closed at our end"));
  }

  CheckResult hasTermination(Side side, Termination.Kind kind) {
    return checkTermination(
        side,
        termination -> termination.kind() == kind,
        "by " + kind,
        "the " + side + " did not end like this");
  }

  CheckResult hasTermination(Side side, Termination.Kind kind, long offset) {
    return checkTermination(
        side,
        termination -> termination.kind() == kind && termination.offset() == offset,
        "by " + kind + " after " + Quantity.of(offset, "byte"),
        "the " + side + " did not end like this");
  }

  CheckResult hasTerminationCause(Side side, String cause) {
    return checkTermination(
        side,
        termination -> termination.cause().contains(cause),
        "because of " + Bytes.utf8(cause),
        "the " + side + " did not end for this reason");
  }

  private CheckResult checkTermination(
      Side side, Predicate<Termination> wanted, String expected, String problem) {
    List<Termination> terminations =
        conversation.ledger().stream().filter(termination -> termination.side() == side).toList();
    return result(
        terminations.stream().anyMatch(wanted),
        conversation.isOpen(),
        problem,
        "ended " + expected,
        terminations.isEmpty()
            ? "no end"
            : terminations.stream().map(ConversationChecks::describe).collect(joining("; ")));
  }

  private static String describe(Termination termination) {
    return "ended by "
        + termination.kind()
        + " after "
        + Quantity.of(termination.offset(), "byte")
        + (termination.cause().isEmpty() ? "" : " because of " + Bytes.utf8(termination.cause()));
  }

  CheckResult follows(Script script) {
    if (!conversation.gaps().isEmpty()) {
      return incompleteRecording("a script can be matched only against all bytes");
    }
    ScriptMatch match = ScriptMatch.of(script, conversation);
    return CheckResult.of(
        match.follows(),
        match.isPending() && conversation.isOpen(),
        () ->
            FailureMessage.of("the conversation does not follow the script", redaction)
                .append(FailureText.of(match, conversation, redaction)));
  }

  private CheckResult incompleteRecording(String problem) {
    return CheckResult.of(
        false,
        false,
        () ->
            FailureMessage.of(problem + ", and some were not kept", redaction)
                .droppedBytes(conversation)
                .conversation(conversation));
  }

  CheckResult isEqualTo(Conversation other) {
    if (!conversation.gaps().isEmpty() || !other.gaps().isEmpty()) {
      return incompleteRecording("conversations can be compared only by all bytes");
    }
    return CheckResult.of(
        conversation.equals(other),
        conversation.isOpen(),
        () -> {
          // The comparison used the real bytes; they are masked only here.
          List<Event> expected = other.events();
          List<Event> received = conversation.events();
          int index = 0;
          while (index < Math.min(expected.size(), received.size())
              && expected.get(index).equals(received.get(index))) {
            index++;
          }
          return FailureMessage.of(
                  "the conversations differ from event " + (index + 1) + " on", redaction)
              .expectedAndReceived(event(other, index), event(conversation, index))
              .conversation(conversation);
        });
  }

  private String event(Conversation source, int index) {
    List<Event> events = redaction.apply(source).events();
    if (index >= events.size()) {
      return "nothing";
    }
    Event event = events.get(index);
    return event instanceof Event.Sent sent
        ? "Sent[side=%s, nanos=%d, bytes=%s]".formatted(sent.side(), sent.nanos(), sent.bytes())
        : event.toString();
  }

  private CheckResult result(
      boolean holds, boolean mayHoldLater, String problem, String expected, String received) {
    return CheckResult.of(
        holds,
        mayHoldLater,
        () ->
            FailureMessage.of(problem, redaction)
                .expectedAndReceived(expected, received)
                .state(conversation, Side.CLIENT)
                .state(conversation, Side.SERVER)
                .conversation(conversation));
  }
}
