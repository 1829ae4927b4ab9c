package dev.partyline.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What may have been meant by a word that the language does not have. */
public final class Suggestion {
  private static final List<String> STATEMENTS =
      List.of(
          "any order",
          "await",
          "connection",
          "cut",
          "eol",
          "every connection",
          "mark",
          "pause",
          "repeat",
          "tls",
          "together",
          "when",
          "within");

  private static final Map<String, String> OTHER_WORDS =
      Map.ofEntries(
          Map.entry("...", "C: ... or S: ..."),
          Map.entry("\u2026", "C: ... or S: ..."),
          Map.entry("close", "C! close or S! close"),
          Map.entry("finish", "C! finish or S! finish"),
          Map.entry("reset", "C! reset or S! reset"),
          Map.entry("stall", "C! stall or S! stall"),
          Map.entry("[c]", "C:"),
          Map.entry("[s]", "S:"),
          Map.entry("c", "C:"),
          Map.entry("s", "S:"),
          Map.entry("c:", "C:"),
          Map.entry("s:", "S:"),
          Map.entry("client:", "C:"),
          Map.entry("server:", "S:"),
          Map.entry("else", "when"),
          Map.entry("case", "when"),
          Map.entry("if", "when"),
          Map.entry("loop", "repeat"),
          Map.entry("sleep", "pause"),
          Map.entry("wait", "pause 50ms, or await NAME"),
          Map.entry("starttls", "tls"),
          Map.entry("parallel", "together"));

  private Suggestion() {}

  /** Returns what may have been meant by a line that is no statement. */
  static Optional<String> ofStatement(String line) {
    String text = line.strip().toLowerCase(Locale.ROOT);
    String word = text.split(" ", 2)[0];
    String other = OTHER_WORDS.get(word);
    if (other != null) {
      return Optional.of(other);
    }
    return nearest(text, STATEMENTS)
        .or(() -> nearest(word, STATEMENTS))
        .map(each -> "'" + each + "'");
  }

  /** Returns the name that is nearest to one that is not known, if one is near. */
  public static Optional<String> nearest(String unknown, Collection<String> known) {
    int maxDistance = Math.min(unknown.length() / 3, 2);
    return known.stream()
        .filter(each -> each.length() > 1 && distance(unknown, each) <= maxDistance)
        .min(
            Comparator.<String>comparingInt(each -> distance(unknown, each))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns how many characters have to be added, left out or replaced (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int i = 0; i < from.length(); i++) {
      int diagonal = row[0];
      row[0] = i + 1;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (from.charAt(i) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
