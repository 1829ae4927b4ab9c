package dev.partyline.samples.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sentences are about things: the peer, the caller, the test. */
class WordsTest {
  private static final Pattern PERSONS = Pattern.compile("(?i)\\b(nobody|whoever|somebody)\\b");
  private static final Pattern BAD =
      Pattern.compile("(?i)\\b(hangs? on|in vain|as good as once|ahead of)\\b");

  @Test
  void personsAreRareAsSubjects() {
    assertThat(PERSONS.matcher(text()).results()).hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void whatIsHardToReadIsNotWritten() {
    assertThat(BAD.matcher(text()).results()).isEmpty();
  }

  /** Returns all that users read: the pages, and the sources with their Javadoc and messages. */
  private static String text() {
    Stream<Path> pages = Page.all().stream().map(Page::path);
    Stream<Path> sources =
        Stream.of("toolkit", "toolkit-junit5")
            .map(module -> Page.ROOT.resolve(module).resolve("src/main"))
            .flatMap(main -> Recipes.files(main, ".java").stream());
    return Stream.concat(pages.filter(page -> !page.endsWith("CHANGELOG.md")), sources)
        .map(Page::read)
        .collect(joining());
  }
}
