package dev.partyline.internal.har;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.Optional;

/** Why a request has no response, and until when it was waited for. */
final class MissingResponse {
  private MissingResponse() {}

  static String reason(Conversation conversation) {
    String end =
        end(conversation)
            .map(
                termination ->
                    "the "
                        + termination.side()
                        + " ended by "
                        + termination.kind()
                        + (termination.cause().isEmpty() ? "" : ": " + termination.cause()))
            .orElse(conversation.isOpen() ? "the connection is open" : "the connection is closed");
    return "there is no response; " + end;
  }

  /** Returns when the wait for it ended, in nanoseconds after the connection opened. */
  static long nanos(Conversation conversation) {
    return end(conversation).map(Termination::nanos).orElse(conversation.durationNanos());
  }

  /** Returns the end of the server, or an RST of the client, after which no response can come. */
  private static Optional<Termination> end(Conversation conversation) {
    return conversation.ledger().stream()
        .filter(
            termination ->
                termination.side() == Side.SERVER || termination.kind() != Termination.Kind.FIN)
        .findFirst();
  }
}
