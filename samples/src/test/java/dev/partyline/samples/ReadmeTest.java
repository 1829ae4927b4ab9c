package dev.partyline.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every block of Java in the README is cut from a recipe, by the tags that stand around it. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path RECIPES = Path.of("src", "test", "java", "dev", "partyline", "samples");
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern TAG =
      Pattern.compile("(?s) *// tag::(\\w+)\\[]\n(.*?) *// end::\\1\\[]");

  @Test
  void everyBlockOfJavaIsARecipe() throws IOException {
    Map<String, String> recipes = recipes();
    List<String> blocks =
        BLOCK.matcher(Files.readString(README)).results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(4);
    for (String block : blocks) {
      assertThat(recipes.values()).as("the recipes, one of which is this block").contains(block);
    }
  }

  @Test
  void theFirstCodeStandsByLineTen() throws IOException {
    assertThat(Files.readAllLines(README).indexOf("```java")).isBetween(0, 9);
  }

  @Test
  void noRecipeIsLongerThanSeventyLines() throws IOException {
    for (Path file : sources()) {
      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(70);
    }
  }

  private static Map<String, String> recipes() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : sources()) {
      all.append(Files.readString(file));
    }
    Matcher tags = TAG.matcher(all);
    return tags.results()
        .collect(Collectors.toMap(tag -> tag.group(1), ReadmeTest::withoutIndentation));
  }

  private static String withoutIndentation(MatchResult tag) {
    return tag.group(2).stripTrailing().stripIndent() + "\n";
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(RECIPES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
