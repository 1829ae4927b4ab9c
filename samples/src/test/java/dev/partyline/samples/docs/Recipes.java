package dev.partyline.samples.docs;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of the recipes, and the parts of them that pages show, which stand between tags. */
final class Recipes {
  private static final Pattern PART =
      Pattern.compile("(?s) *// tag::([\\w-]+)\\[]\n(.*?) *// end::\\1\\[]");

  private Recipes() {}

  static Set<String> parts() {
    return sources().stream()
        .flatMap(source -> PART.matcher(Page.read(source)).results())
        .map(part -> part.group(2).stripTrailing().stripIndent() + "\n")
        .collect(toSet());
  }

  static List<Path> sources() {
    return files(Path.of("src"), ".java");
  }

  /** Returns all files below a folder whose names end so. */
  static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
