package dev.partyline.loopback;

import dev.partyline.script.Board;
import dev.partyline.script.Redaction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What listeners and clients have in common.
 *
 * @param deadline how long each wait may last
 * @param board the board that is shared, null for one of its own
 * @param keepingTimes whether a player keeps the times of the script
 * @param redaction what must not be read in a failure, null for the standard one: its patterns cost
 *     milliseconds, and most tests do not fail
 */
record Settings(
    Duration deadline, @Nullable Board board, boolean keepingTimes, @Nullable Redaction redaction) {
  static final Settings DEFAULT = new Settings(Duration.ofSeconds(5), null, false, null);

  Settings {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline (" + deadline + ") must be positive");
    }
  }

  Settings withDeadline(Duration other) {
    return new Settings(other, board, keepingTimes, redaction);
  }

  Settings withBoard(Board other) {
    return new Settings(deadline, other, keepingTimes, redaction);
  }

  Settings withTimesKept() {
    return new Settings(deadline, board, true, redaction);
  }

  Settings withRedaction(Redaction other) {
    return new Settings(deadline, board, keepingTimes, other);
  }

  Redaction redactionOrStandard() {
    return redaction == null ? Redaction.standard() : redaction;
  }

  Board boardOrNew() {
    return board == null ? new Board() : board;
  }
}
