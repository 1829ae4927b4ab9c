package dev.partyline.script.player;

import dev.partyline.script.Step;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.List;

/** What a peer did that was expected to end its side, and has sent no byte instead. */
final class ReceivedEnd {
  private ReceivedEnd() {}

  /** Returns it as a line of a script if there is one; empty if bytes were expected. */
  static String of(Cursor cursor, Side peer, Conversation conversation) {
    String expected = cursor.expected().get(0);
    if (!expected.startsWith("!", 1)) {
      return "";
    }
    List<Termination.Kind> ends =
        conversation.ledger().stream()
            .filter(termination -> termination.side() == peer)
            .map(Termination::kind)
            .toList();
    if (!ends.isEmpty() && ends.get(ends.size() - 1) != Termination.Kind.FIN) {
      return line(peer, Step.Control.Kind.RESET);
    }
    if (!ends.isEmpty() && !hasMatched(cursor, line(peer, Step.Control.Kind.FINISH))) {
      return line(peer, Step.Control.Kind.FINISH);
    }
    return expected.equals(line(peer, Step.Control.Kind.RESET))
        ? "no RST"
        : expected.equals(line(peer, Step.Control.Kind.FINISH)) ? "no FIN" : "neither FIN nor RST";
  }

  private static String line(Side peer, Step.Control.Kind kind) {
    return peer.letter() + "! " + kind.word();
  }

  private static boolean hasMatched(Cursor cursor, String line) {
    return cursor.rows().stream()
        .anyMatch(row -> row.state() == Cursor.State.MATCHED && row.text().strip().equals(line));
  }
}
