package dev.partyline.internal.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Reads and writes files of text in UTF-8. */
public final class TextFile {
  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  private TextFile() {}

  /**
   * Writes a file, and the folders that it needs: it has all of the text, or is what it was before.
   * Where a symbolic link is, that to which it leads is written.
   *
   * @throws UncheckedIOException if it cannot be written, or is something else than a file
   */
  public static void write(Path file, String text) {
    try {
      Path target = target(file.toAbsolutePath());
      Path folder = Files.createDirectories(target.resolveSibling(""));
      // One of createTempFile() can be read by its owner alone.
      Path temporary = folder.resolve(".partyline-" + UUID.randomUUID() + ".tmp");
      try {
        Files.writeString(temporary, text, CREATE_NEW);
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("file (" + file + ") cannot be written: " + e, e);
    }
  }

  /** Returns what a move may replace; it would replace a link, a device or an empty folder too. */
  private static Path target(Path file) throws IOException {
    Path target = file;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException("its links lead to one another");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    if (Files.isDirectory(target)) {
      throw new IOException("it is a folder");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new IOException("it is no regular file, but a device, a pipe or a socket");
    }
    return target;
  }

  /**
   * Creates a folder, and those that it needs, unless there is one.
   *
   * @throws UncheckedIOException if it cannot be created
   */
  public static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("folder (" + folder + ") cannot be created: " + e, e);
    }
  }

  /**
   * Returns the text of a file.
   *
   * @throws IllegalArgumentException if it is not in UTF-8
   * @throws UncheckedIOException if it cannot be read
   */
  public static String read(Path file) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "file (" + file + ") must be text in UTF-8; a script writes other bytes as \\xHH", e);
    } catch (IOException e) {
      throw new UncheckedIOException("file (" + file + ") cannot be read: " + e, e);
    }
  }

  /**
   * Deletes a file, or a link to one, if there is one; what is something else stays.
   *
   * @throws UncheckedIOException if it cannot be deleted
   */
  public static void delete(Path file) {
    try {
      if (Files.isRegularFile(file)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("file (" + file + ") cannot be deleted: " + e, e);
    }
  }
}
