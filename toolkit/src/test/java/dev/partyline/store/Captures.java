package dev.partyline.store;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Capture files of the test suites of tcpdump and Zeek, which lie beside the project. */
final class Captures {
  private static final Path FOLDER =
      Path.of(System.getProperty("partyline.data", "../../shared/data"), "captures");

  private Captures() {}

  /** Returns all of them; the test is skipped where they are not. */
  static List<Path> all() {
    if (!Files.isDirectory(FOLDER)) {
      abort(FOLDER.toAbsolutePath().normalize() + " is not there: this test is skipped");
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().contains(".pcap")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
