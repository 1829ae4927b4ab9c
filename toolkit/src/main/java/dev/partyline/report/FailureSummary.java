package dev.partyline.report;

import java.util.List;

/** The message of a failure in one line: what went wrong, without the details below it. */
final class FailureSummary {
  private static final int MAX_CHARS = 300;

  /** The package of the exception with whose name a message may begin. */
  private static final String PACKAGE = "^([a-z_][\\w$]*\\.)+(?=[A-Z][\\w$.]*(:|$))";

  /** What follows is of other exceptions. */
  private static final List<String> ENDS = List.of("also: ", "caused by: ");

  private FailureSummary() {}

  /**
   * Returns the lines that are not indented, with those that a colon announces, up to 300
   * characters.
   */
  static String of(String message) {
    StringBuilder summary = new StringBuilder();
    for (String line : (Iterable<String>) message.lines()::iterator) {
      boolean isDetail = line.startsWith("  ") && summary.length() > 0 && !announces(summary);
      if (isDetail || summary.length() >= MAX_CHARS || ENDS.stream().anyMatch(line::startsWith)) {
        break;
      }
      String text = line.strip();
      summary.append(summary.length() == 0 || text.isEmpty() ? "" : " ").append(text);
    }
    String whole = summary.toString().replaceFirst(PACKAGE, "");
    return whole.length() <= MAX_CHARS ? whole : whole.substring(0, MAX_CHARS - 1) + "…";
  }

  private static boolean announces(StringBuilder summary) {
    return summary.charAt(summary.length() - 1) == ':';
  }
}
