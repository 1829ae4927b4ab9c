package dev.partyline.junit5;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A folder of a test in which tests write pages, and what is in it. */
abstract class PagesFolder {
  static final String ANY = "every connection\n  C: ...\n";

  @TempDir Path reports;

  final Throwable run(Class<?> test) {
    return ReportTest.run(test, reports);
  }

  final Throwable run(Class<?> test, String name, String value) {
    return ReportTest.run(test, reports, Map.of(name, value));
  }

  /** Returns the names of all files of tests. */
  final List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(reports)) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("partyline-index"))
          .sorted()
          .toList();
    }
  }

  final Path file(String name) throws IOException {
    try (Stream<Path> all = Files.walk(reports)) {
      return all.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  final String page() throws IOException {
    return Files.readString(file("report.html"));
  }

  final List<String> index() throws IOException {
    return Files.readAllLines(reports.resolve("junit-jupiter/partyline-index.js"));
  }
}
