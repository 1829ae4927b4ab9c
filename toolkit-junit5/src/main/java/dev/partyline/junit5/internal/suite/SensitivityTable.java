package dev.partyline.junit5.internal.suite;

import dev.partyline.junit5.internal.hunt.LockedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which test has failed, and which has passed, under which condition: a table in Markdown. */
final class SensitivityTable {
  private static final String TEST = "test";

  /** The results by the names of conditions, by tests. */
  private final Map<String, Map<String, String>> rows = new TreeMap<>();

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void add(String test, String condition, String result) {
    rows.computeIfAbsent(test, any -> new LinkedHashMap<>()).put(condition, result);
  }

  /** Puts its results into a file, in the place of older ones of the same tests and conditions. */
  void writeTo(Path file) throws IOException {
    LockedFile.change(
        file,
        before -> {
          SensitivityTable all = parse(before);
          rows.forEach(
              (test, row) -> row.forEach((condition, result) -> all.add(test, condition, result)));
          return all.text();
        });
  }

  private static SensitivityTable parse(String text) {
    SensitivityTable table = new SensitivityTable();
    List<String> header = List.of();
    for (String line : text.lines().filter(each -> each.startsWith("| ")).toList()) {
      List<String> cells =
          Arrays.stream(line.substring(2).split(" \\|")).map(String::strip).toList();
      if (header.isEmpty() && cells.get(0).equals(TEST)) {
        header = cells;
      } else if (!cells.get(0).startsWith("---")) {
        for (int i = 1; i < Math.min(cells.size(), header.size()); i++) {
          if (!cells.get(i).isEmpty()) {
            table.add(cells.get(0), header.get(i), cells.get(i));
          }
        }
      }
    }
    return table;
  }

  private String text() {
    Set<String> conditions = new LinkedHashSet<>();
    rows.values().stream()
        .sorted(Comparator.comparingInt(row -> -row.size()))
        .forEach(row -> conditions.addAll(row.keySet()));
    List<List<String>> lines = new ArrayList<>();
    lines.add(line(TEST, conditions));
    lines.add(line("---", conditions.stream().map(each -> "---").toList()));
    rows.entrySet().stream()
        .sorted(Comparator.comparing(row -> !isSensitive(row.getValue())))
        .forEach(
            row ->
                lines.add(
                    line(
                        row.getKey(),
                        conditions.stream()
                            .map(each -> row.getValue().getOrDefault(each, ""))
                            .toList())));
    long sensitive = rows.values().stream().filter(SensitivityTable::isSensitive).count();
    return "# Tests in weather\n\n"
        + sensitive
        + " of "
        + rows.size()
        + " tests with a listener, client or tap fail under a condition.\n\n"
        + lines.stream().map(each -> aligned(each, lines)).collect(Collectors.joining());
  }

  private static boolean isSensitive(Map<String, String> row) {
    return row.containsValue(RunResult.FAILED.toString());
  }

  private static List<String> line(String first, Collection<String> others) {
    List<String> line = new ArrayList<>(List.of(first));
    line.addAll(others);
    return line;
  }

  private static String aligned(List<String> line, List<List<String>> lines) {
    StringBuilder text = new StringBuilder("|");
    for (int i = 0; i < line.size(); i++) {
      int column = i;
      int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
      text.append(" ").append(line.get(i)).append(" ".repeat(width - line.get(i).length()));
      text.append(" |");
    }
    return text.append("\n").toString();
  }
}
