package dev.partyline.samples.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** Holds what a page shows as output against what came out. */
public final class ShownOutput {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private ShownOutput() {}

  /**
   * Checks that the block {@code ```text name} of a page is this output.
   *
   * <p>A number stands for any number, because ports and times differ, and a line {@code …} for any
   * lines. Spaces at the end of a line do not count.
   */
  public static void assertShown(String name, String output) {
    List<String> shown =
        Page.all().stream()
            .flatMap(page -> page.blocks().stream())
            .filter(block -> block.language().equals("text") && block.name().equals(name))
            .map(Page.Block::text)
            .toList();
    assertThat(shown).as("blocks of output with the name " + name).hasSize(1);
    assertThat(lines(output))
        .as("what came out, which the block %s shows as%n%s", name, shown.get(0))
        .matches(pattern(shown.get(0)));
  }

  private static Pattern pattern(String shown) {
    return Pattern.compile(
        lines(shown)
            .lines()
            .map(line -> line.equals("…") ? "(?:.*\n)*?" : withAnyNumbers(line) + "\n")
            .collect(joining()));
  }

  private static String withAnyNumbers(String line) {
    return NUMBER
        .splitAsStream(line + "|")
        .map(Pattern::quote)
        .collect(joining("\\d+"))
        .replaceFirst("\\|\\\\E$", "\\\\E");
  }

  private static String lines(String text) {
    return text.lines().map(String::stripTrailing).collect(joining("\n", "", "\n"));
  }
}
