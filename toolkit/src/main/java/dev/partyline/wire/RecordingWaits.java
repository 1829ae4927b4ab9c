package dev.partyline.wire;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The waits of a recording that fail with what was there instead. */
final class RecordingWaits {
  private static final int MOST_CONVERSATIONS = 10;

  private RecordingWaits() {}

  static void bytes(Recording recording, Side side, long count, Duration atMost) {
    if (count < 0) {
      throw new IllegalArgumentException("count (" + count + ") must not be negative");
    }
    if (!recording.await(() -> recording.count(side) >= count, atMost)) {
      String came = recording.count(side) + " of " + count + " bytes came from the " + side;
      throw failure("only " + came, atMost, recording);
    }
  }

  static void closed(Recording recording, Duration atMost) {
    if (!recording.await(() -> isClosed(recording.conversations()), atMost)) {
      List<Conversation> all = recording.conversations();
      long open = all.stream().filter(Conversation::isOpen).count();
      String problem =
          all.isEmpty()
              ? "nothing was closed"
              : open + " of " + all.size() + " connections are still open";
      throw failure(problem, atMost, recording);
    }
  }

  private static boolean isClosed(List<Conversation> all) {
    return !all.isEmpty() && all.stream().noneMatch(Conversation::isOpen);
  }

  /** The activity is a number that changes with everything that is recorded. */
  static void idle(Recording recording, LongSupplier activity, Duration quiet, Duration atMost) {
    long start = System.nanoTime();
    long patience = TimeoutFactor.stretch(atMost).toNanos();
    while (true) {
      long before = activity.getAsLong();
      boolean more = recording.awaitUnwanted(() -> activity.getAsLong() != before, quiet);
      boolean interrupted = Thread.currentThread().isInterrupted();
      if (!more && !interrupted) {
        return;
      }
      if (interrupted || System.nanoTime() - start >= patience) {
        throw failure("there were no " + words(quiet) + " without a word", atMost, recording);
      }
    }
  }

  static Conversation match(Recording recording, Side side, Bytes wanted, Duration atMost) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("wanted () must not be empty: it is in everything");
    }
    IncrementalSearch matching = new IncrementalSearch(recording, side, wanted);
    if (!recording.await(matching, atMost)) {
      throw failure(
          "the " + side + " did not send " + wanted + matching.missing(), atMost, recording);
    }
    return matching.found();
  }

  private static AssertionError failure(String problem, Duration atMost, Recording recording) {
    List<Conversation> all = recording.conversations();
    StringBuilder text = new StringBuilder(problem);
    text.append(" within ").append(words(atMost));
    text.append(Thread.currentThread().isInterrupted() ? ", for the wait was interrupted" : "");
    text.append(all.isEmpty() ? ": there is no connection" : ":");
    all.stream().limit(MOST_CONVERSATIONS).forEach(each -> text.append("\n  ").append(each));
    if (all.size() > MOST_CONVERSATIONS) {
      text.append("\n  … ").append(all.size() - MOST_CONVERSATIONS).append(" more");
    }
    return new AssertionError(text.toString());
  }

  static String words(Duration time) {
    return time.toNanosPart() == 0
        ? time.toSeconds() + " s"
        : time.toNanos() % 1_000_000 == 0 ? time.toMillis() + " ms" : time.toNanos() / 1e6 + " ms";
  }
}
