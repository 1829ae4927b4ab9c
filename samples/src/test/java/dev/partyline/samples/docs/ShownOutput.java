package dev.partyline.samples.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** Holds what a page shows as output against what came out. */
public final class ShownOutput {
  private static final Pattern TIME = Pattern.compile("\\d+(?:\\.\\d+)? m?s\\b");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private ShownOutput() {}

  /**
   * Checks that the block {@code ```text name} of a page is this output.
   *
   * <p>A number stands for any number and a time for any time, because these differ from run to
   * run, and a line {@code …} for any lines. Spaces at the end of a line do not count.
   */
  public static void assertShown(String name, String output) {
    List<String> shown =
        Page.all().stream()
            .flatMap(page -> page.blocks().stream())
            .filter(block -> block.language().equals("text") && block.name().equals(name))
            .map(Page.Block::text)
            .toList();
    assertThat(shown).as("blocks of output with the name " + name).hasSize(1);
    assertThat(withoutNumbers(output))
        .as("what came out, which the block %s shows as%n%s", name, shown.get(0))
        .matches(pattern(shown.get(0)));
  }

  private static Pattern pattern(String shown) {
    return Pattern.compile(
        withoutNumbers(shown)
            .lines()
            .map(line -> line.equals("…") ? "(?:.*\n)*?" : Pattern.quote(line) + "\n")
            .collect(joining()));
  }

  private static String withoutNumbers(String text) {
    String withoutTimes = TIME.matcher(text).replaceAll("#").replace(", stretched to #", "");
    return NUMBER
        .matcher(withoutTimes)
        .replaceAll("#")
        .lines()
        .map(String::stripTrailing)
        .collect(joining("\n", "", "\n"));
  }
}
