package dev.partyline.weather;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Datagrams that wait until others have passed them, the oldest first. */
final class ReorderBuffer {
  private final List<Late> waiting = new ArrayList<>();

  void add(TimedChunk piece, int others, long until) {
    waiting.add(new Late(piece, others, until));
  }

  long bytes() {
    long sum = 0;
    for (Late late : waiting) {
      sum += late.piece.size();
    }
    return sum;
  }

  /** Returns when the first of them is tired of waiting. */
  long due() {
    long due = Verdict.NEVER;
    for (Late late : waiting) {
      due = Math.min(due, late.until);
    }
    return due;
  }

  /** Lets go who has waited until this time. */
  void expire(long time, ChunkQueue next) {
    release(time, next, late -> late.until <= time);
  }

  /** Counts one that has passed, and lets go whose others have all passed. */
  void passed(long time, ChunkQueue next) {
    if (!waiting.isEmpty()) {
      release(time, next, late -> --late.others == 0);
    }
  }

  void drain(long time, ChunkQueue next) {
    release(time, next, late -> true);
  }

  private void release(long time, ChunkQueue next, Predicate<Late> ready) {
    for (Iterator<Late> all = waiting.iterator(); all.hasNext(); ) {
      Late late = all.next();
      if (ready.test(late)) {
        all.remove();
        late.piece.at = time;
        next.add(late.piece);
      }
    }
  }

  private static final class Late {
    final TimedChunk piece;
    final long until;
    int others;

    Late(TimedChunk piece, int others, long until) {
      this.piece = piece;
      this.others = others;
      this.until = until;
    }
  }
}
