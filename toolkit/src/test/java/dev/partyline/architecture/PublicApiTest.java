package dev.partyline.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the public API to the file in git, so that a review shows what it gains and loses. */
public class PublicApiTest {
  private static final int MAX_SHOWN_LINES = 10;
  private static final Pattern HIDDEN = Pattern.compile("dev\\.partyline\\.[\\w.]*\\binternal\\.");

  @Test
  void isTheOneInGit() throws IOException {
    Library library = Library.of(getClass());
    Path file = library.apiFile();
    String api = PublicApi.of(library);
    if (Boolean.getBoolean("partyline.api.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, api);
    }
    List<String> found = api.lines().toList();
    List<String> known = Files.exists(file) ? Files.readAllLines(file) : List.of();
    if (!found.equals(known)) {
      fail(difference(file, known, found));
    }
  }

  @Test
  void showsNoHiddenType() {
    assertThat(PublicApi.of(Library.of(getClass())).lines()).noneMatch(HIDDEN.asPredicate());
  }

  private static String difference(Path file, List<String> known, List<String> found) {
    Stream<String> removed = onlyIn(known, found).map(line -> "  - " + line);
    Stream<String> added = onlyIn(found, known).map(line -> "  + " + line);
    return Stream.concat(removed, added)
        .collect(
            joining(
                "\n",
                "The public API is not the one in " + file + ":\n",
                "\nIf that is meant, write the file anew with -Dpartyline.api.update=true."));
  }

  private static Stream<String> onlyIn(List<String> lines, List<String> others) {
    return lines.stream()
        .filter(line -> !others.contains(line))
        .map(String::strip)
        .limit(MAX_SHOWN_LINES);
  }
}
