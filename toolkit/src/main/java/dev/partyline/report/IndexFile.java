package dev.partyline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.partyline.internal.json.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An index that grows while tests end, in any number of JVMs.
 *
 * <p>It is a page that does not change, and a script of the same name beside it, to which each test
 * adds one line. So no JVM removes what another one has added, nor what an earlier run has. The
 * newest test comes first, with the time at which it was added; a page that was written again is
 * listed once.
 */
public final class IndexFile {
  /** What is there from earlier runs is removed above this. */
  private static final long MAX_BYTES = 8 << 20;

  private final Path file;

  private IndexFile(Path file) {
    this.file = file;
  }

  /**
   * Writes the page, unless it is there.
   *
   * @param file where to, in a folder that is there
   * @throws IllegalArgumentException if the name of the file does not end in {@code .html}
   * @throws IOException if the file cannot be written
   */
  public static IndexFile open(Path file) throws IOException {
    if (!fileName(file).endsWith(".html")) {
      throw new IllegalArgumentException("file (" + file + ") must have a name with .html");
    }
    IndexFile index = new IndexFile(file);
    JsonWriter json = new JsonWriter().beginObject().name("tests").beginArray().endArray();
    json.member("entries", fileName(index.entries())).endObject();
    byte[] html = ReportIndex.html(json).getBytes(UTF_8);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), html)) {
      Files.write(file, html);
    }
    return index;
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Returns the file with a line for each test. */
  private Path entries() {
    return file.resolveSibling(fileName(file).replaceFirst("\\.html$", ".js"));
  }

  /** Returns the page. */
  public Path file() {
    return file;
  }

  /**
   * Adds a test: its name, its result, its duration and the first line of its failure, secrets
   * masked.
   *
   * @param page the file of its page, as {@link ReportPage#write} returns it
   * @throws IOException if the file cannot be written
   */
  public void add(TestReport report, Path page) throws IOException {
    JsonWriter json = new JsonWriter();
    ReportIndex.IndexedTest.of(report, page).write(json, file.toAbsolutePath().resolveSibling(""));
    append("partylineTest(" + json.member("time", System.currentTimeMillis()).endObject() + ");\n");
  }

  /**
   * Adds a note, such as why there are no further tests.
   *
   * @throws IOException if the file cannot be written
   */
  public void addNote(String text) throws IOException {
    append("partylineNote(" + new JsonWriter().value(text) + ");\n");
  }

  /** One write at the end of the file, because other JVMs write there too. */
  private void append(String line) throws IOException {
    Path entries = entries();
    if (Files.exists(entries) && Files.size(entries) > MAX_BYTES) {
      Files.delete(entries);
      addNote("Earlier tests were removed, because this list had " + MAX_BYTES + " bytes.");
    }
    ByteBuffer bytes = UTF_8.encode(line);
    try (FileChannel channel = FileChannel.open(entries, CREATE, APPEND)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      removeIncomplete(entries, bytes.position());
      throw e;
    }
  }

  /** A browser does not read a script at all that ends within a line. */
  private static void removeIncomplete(Path entries, int writtenBytes) throws IOException {
    if (writtenBytes > 0) {
      try (FileChannel channel = FileChannel.open(entries, WRITE)) {
        channel.truncate(channel.size() - writtenBytes);
      }
    }
  }
}
