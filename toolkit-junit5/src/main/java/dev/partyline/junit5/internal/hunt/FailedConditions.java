package dev.partyline.junit5.internal.hunt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file with the conditions under which tests have failed: the next run begins with them. It has
 * names alone, nothing of what was sent. Any number of JVMs may write it.
 *
 * <p>No test fails because of the file: what is wrong with it is told, once.
 */
public final class FailedConditions {
  public static final String PARAMETER = "partyline.hunt.file";
  private static final Path DEFAULT = Path.of(".partyline", "failed-conditions.txt");
  private static final Pattern LINE = Pattern.compile("([^\\s:#][^:]*): (\\S.*)");
  private static final String FIRST_WORDS = "# The conditions under which tests have failed";
  private static final String HEADER =
      """
      # The conditions under which tests have failed: Partyline tries them first, and removes those
      # under which a test passes. Each line has a test and a condition; the file may be deleted.
      """;

  /** Null if none is kept. */
  private final @Nullable Path file;

  private final Consumer<String> notices;
  private boolean noticed;

  private FailedConditions(@Nullable Path file, Consumer<String> notices) {
    this.file = file;
    this.notices = notices;
  }

  /**
   * Returns the file of a run.
   *
   * @param parameter where it is, or {@code off}; by default in {@code .partyline}
   * @param notices is told what is wrong with it
   */
  public static FailedConditions of(Optional<String> parameter, Consumer<String> notices) {
    String text = parameter.map(String::strip).orElse("");
    if (text.equalsIgnoreCase("off")) {
      return new FailedConditions(null, notices);
    }
    try {
      return new FailedConditions(text.isEmpty() ? DEFAULT : Path.of(text), notices);
    } catch (InvalidPathException e) {
      FailedConditions none = new FailedConditions(null, notices);
      none.notice(PARAMETER + " (" + text + ") must be a file, or 'off': " + e.getReason());
      return none;
    }
  }

  /** Returns the names of the conditions under which a test has failed. */
  public Set<String> of(String test) {
    Path path = file;
    if (path == null || !Files.exists(path)) {
      return Set.of();
    }
    Set<String> names = new LinkedHashSet<>();
    try {
      for (Entry entry : entries(path, LockedFile.read(path))) {
        if (entry.test.equals(test)) {
          names.add(entry.condition);
        }
      }
    } catch (IOException | RuntimeException e) {
      notice("file (" + path + ") with conditions that have failed cannot be read: " + e);
    }
    return names;
  }

  /** Notes that a test has failed under a condition. */
  public void add(String test, String condition) {
    change(test, condition, true);
  }

  /** Notes that a test has passed under a condition under which it had failed. */
  public void remove(String test, String condition) {
    change(test, condition, false);
  }

  private void change(String test, String condition, boolean present) {
    Path path = file;
    if (path == null) {
      return;
    }
    Entry entry = new Entry(test, condition);
    try {
      createFolder(path);
      LockedFile.change(
          path,
          text -> {
            Set<Entry> entries = entries(path, text);
            boolean changed = present ? entries.add(entry) : entries.remove(entry);
            return changed ? text(entries) : text;
          });
    } catch (IOException | RuntimeException e) {
      notice("file (" + path + ") with conditions that have failed cannot be written: " + e);
    }
  }

  private static void createFolder(Path path) throws IOException {
    Path folder = path.toAbsolutePath().resolveSibling("");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      if (path.equals(DEFAULT)) {
        // As others do it: what one machine has found does not show up as a change.
        Files.writeString(folder.resolve(".gitignore"), "*\n");
      }
    }
  }

  private synchronized void notice(String text) {
    if (!noticed) {
      noticed = true;
      notices.accept(text);
    }
  }

  /** Returns what the file has, sorted, so that it looks the same wherever it was written. */
  private Set<Entry> entries(Path path, String text) {
    if (!text.isEmpty() && !text.startsWith(FIRST_WORDS)) {
      throw new IllegalStateException(
          "it does not begin with '" + FIRST_WORDS + "', and so is none of ours");
    }
    Set<Entry> entries = new TreeSet<>();
    List<Integer> damaged = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (line.matches()) {
        entries.add(new Entry(line.group(1), line.group(2)));
      } else if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
        damaged.add(i + 1);
      }
    }
    if (!damaged.isEmpty()) {
      notice(
          "file ("
              + path
              + ") must have lines such as 'ShopTest.buys(): late server'; line "
              + damaged.get(0)
              + " is no such line and is left out");
    }
    return entries;
  }

  private static String text(Set<Entry> entries) {
    StringBuilder text = new StringBuilder(HEADER);
    entries.forEach(each -> text.append(each.test + ": " + each.condition + "\n"));
    return text.toString();
  }

  private record Entry(String test, String condition) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTest = test.compareTo(other.test);
      return byTest != 0 ? byTest : condition.compareTo(other.condition);
    }
  }
}
