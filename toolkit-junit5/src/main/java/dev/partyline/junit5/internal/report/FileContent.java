package dev.partyline.junit5.internal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a file has to have. */
@FunctionalInterface
public interface FileContent {
  void write(Path file) throws IOException;

  /** Returns the files that were written: this one, and those that it needs beside it. */
  default List<Path> files(Path file) throws IOException {
    return List.of(file);
  }

  /** Returns a text. */
  static FileContent text(String text) {
    return file -> Files.writeString(file, text);
  }
}
