package dev.partyline.junit5.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/**
 * A failure of a test together with what our endpoints have found. Its first line has both, because
 * many tools show that line alone, and none show what is suppressed.
 */
final class JoinedFailure {
  private static final int MAX_SUMMARY_CHARS = 120;

  private JoinedFailure() {}

  /**
   * Returns a failure at the same place, with the one of the test as its cause. It has the values
   * or failures that an IDE compares.
   */
  static AssertionError of(Throwable failure, AssertionError verdict) {
    String firstLine = summary(failure) + " (" + headline(message(verdict)) + ")";
    AssertionError joined = error(failure, verdict, firstLine);
    joined.setStackTrace(failure.getStackTrace());
    Stream.of(verdict.getSuppressed()).forEach(joined::addSuppressed);
    return joined;
  }

  private static AssertionError error(Throwable failure, AssertionError verdict, String firstLine) {
    if (failure instanceof MultipleFailuresError several) {
      List<Throwable> all = new ArrayList<>(several.getFailures());
      all.add(verdict);
      AssertionError joined = new MultipleFailuresError(firstLine, all);
      joined.initCause(failure);
      return joined;
    }
    String found = isTold(message(failure), verdict) ? "" : message(verdict);
    String message = (firstLine + "\n" + details(failure) + found).stripTrailing();
    return failure instanceof AssertionFailedError comparison
            && comparison.isExpectedDefined()
            && comparison.isActualDefined()
        ? new AssertionFailedError(
            message, comparison.getExpected(), comparison.getActual(), failure)
        : new AssertionFailedError(message, failure);
  }

  /** Returns whether a failure of finishedScript() has all that was found, which is long. */
  private static boolean isTold(String message, AssertionError verdict) {
    List<String> told = message.lines().toList();
    return verdict.getSuppressed().length == 0
        && message(verdict)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .filter(line -> !line.startsWith("the script of "))
            .allMatch(told::contains);
  }

  /** Returns the message in one line; that of an exception after its type. */
  private static String summary(Throwable failure) {
    String message = message(failure).strip().replaceAll("\\s+", " ");
    String type = failure.getClass().getSimpleName();
    String summary =
        message.isEmpty()
            ? type
            : failure instanceof AssertionError ? message : type + ": " + message;
    return summary.length() > MAX_SUMMARY_CHARS
        ? summary.substring(0, MAX_SUMMARY_CHARS) + "…"
        : summary;
  }

  /** Returns the message as it is, if the summary has not all of it. */
  private static String details(Throwable failure) {
    String message = message(failure).strip();
    return message.contains("\n") || message.length() > MAX_SUMMARY_CHARS ? message + "\n" : "";
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? "" : failure.getMessage();
  }

  /** Returns whose script has failed, and why: the first line, and the one that it announces. */
  private static String headline(String verdict) {
    List<String> lines = verdict.lines().limit(2).map(String::strip).toList();
    String headline = lines.get(0);
    return headline.endsWith(":") && lines.size() > 1
        ? headline + " " + withoutColon(lines.get(1))
        : withoutColon(headline);
  }

  private static String withoutColon(String line) {
    return line.endsWith(":") ? line.substring(0, line.length() - 1) : line;
  }
}
