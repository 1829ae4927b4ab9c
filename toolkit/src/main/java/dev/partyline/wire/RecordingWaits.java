package dev.partyline.wire;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Excerpt;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The waits of a recording that fail with what was recorded instead. */
final class RecordingWaits {
  private static final int MAX_CONVERSATIONS = 10;

  private RecordingWaits() {}

  static void awaitBytes(Recording recording, Side side, long count, Duration timeout) {
    ArgumentChecks.notNegative("count", count);
    if (!recording.await(() -> recording.byteCount(side) >= count, timeout)) {
      String progress = recording.byteCount(side) + " of " + count + " bytes came from the " + side;
      throw failure("only " + progress, timeout, recording);
    }
  }

  static void awaitClosed(Recording recording, Duration timeout) {
    if (!recording.await(() -> isClosed(recording.conversations()), timeout)) {
      List<Conversation> all = recording.conversations();
      long openCount = all.stream().filter(Conversation::isOpen).count();
      String problem =
          all.isEmpty()
              ? "nothing was closed"
              : openCount + " of " + all.size() + " connections are still open";
      throw failure(problem, timeout, recording);
    }
  }

  private static boolean isClosed(List<Conversation> all) {
    return !all.isEmpty() && all.stream().noneMatch(Conversation::isOpen);
  }

  /** The activity is a number that changes with everything that is recorded. */
  static void awaitIdle(
      Recording recording, LongSupplier activity, Duration quietPeriod, Duration timeout) {
    long startNanos = System.nanoTime();
    long timeoutNanos = TimeoutFactor.stretch(timeout).toNanos();
    while (true) {
      long previousActivity = activity.getAsLong();
      boolean isActive =
          recording.awaitUnwanted(() -> activity.getAsLong() != previousActivity, quietPeriod);
      boolean interrupted = Thread.currentThread().isInterrupted();
      if (!isActive && !interrupted) {
        return;
      }
      if (interrupted || System.nanoTime() - startNanos >= timeoutNanos) {
        throw failure(
            "there were no " + DurationText.words(quietPeriod) + " of silence", timeout, recording);
      }
    }
  }

  static Conversation awaitMatch(Recording recording, Side side, Bytes pattern, Duration timeout) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("pattern () must not be empty: it is in everything");
    }
    IncrementalSearch search = new IncrementalSearch(recording, side, pattern);
    if (!recording.await(search, timeout)) {
      throw failure(
          "the " + side + " did not send " + pattern + search.droppedText(), timeout, recording);
    }
    return search.match();
  }

  private static AssertionError failure(String problem, Duration timeout, Recording recording) {
    List<Conversation> all = recording.conversations();
    StringBuilder text = new StringBuilder(problem);
    text.append(" within ").append(DurationText.words(timeout));
    text.append(Thread.currentThread().isInterrupted() ? ", because the wait was interrupted" : "");
    text.append(all.isEmpty() ? ": there is no connection" : ":");
    Excerpt.of(all, MAX_CONVERSATIONS, Conversation::toString)
        .forEach(line -> text.append("\n  ").append(line));
    if (recording.droppedConnections() > 0) {
      text.append("\n  ").append(recording.droppedConnections()).append(" more were dropped");
    }
    return new AssertionError(text.toString());
  }
}
