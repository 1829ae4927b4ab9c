package dev.partyline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.report.PageShell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * An index with a link to the page of each test: it grows while tests end, in any number of JVMs.
 *
 * <p>It is a page that does not change, and a script of the same name beside it, to which each test
 * adds one line. So no JVM removes what another one has added, nor what an earlier run has. The
 * newest test comes first, with the time at which it was added; a page that was written again is
 * listed once.
 */
public final class IndexFile {
  /** What is there from earlier runs is removed above this. */
  private static final long MAX_BYTES = 8 << 20;

  /** How much of a failure is searched for its summary. */
  private static final int MAX_READ_CHARS = 10_000;

  /** A lock of the file is one of the whole JVM, and its threads exclude each other here. */
  private static final Object LOCK = new Object();

  private final Path file;

  private IndexFile(Path file) {
    this.file = file;
  }

  /**
   * Writes the page, unless it is there.
   *
   * @param file where to; its folder is created
   * @throws IllegalArgumentException if the name of the file does not end in {@code .html}
   * @throws IOException if the file cannot be written
   */
  public static IndexFile open(Path file) throws IOException {
    if (!fileName(file).endsWith(".html")) {
      throw new IllegalArgumentException("file (" + file + ") must have a name with .html");
    }
    IndexFile index = new IndexFile(file.toAbsolutePath());
    Files.createDirectories(index.folder());
    byte[] html = index.html().getBytes(UTF_8);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), html)) {
      Files.write(file, html);
    }
    return index;
  }

  private String html() {
    JsonWriter json = new JsonWriter().beginObject();
    json.member("entries", fileName(entries())).endObject();
    return PageShell.html("index.html", List.of("page.css"), List.of("text.js", "index.js"), json);
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  private Path folder() {
    return file.resolveSibling("");
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
   * Adds a test: its name, its result, its duration and a summary of its failure, secrets masked.
   *
   * @param page the file of its page, as {@link ReportPage#write} returns it
   * @throws IOException if the file cannot be written
   */
  public void add(TestReport report, Path page) throws IOException {
    List<MaskedSection> sections = MaskedSection.of(report.sections());
    String failure = report.failure();
    // A secret is masked as a whole, and then cut.
    String start = failure.substring(0, Math.min(MAX_READ_CHARS, failure.length()));
    JsonWriter json = new JsonWriter().beginObject();
    json.member("name", MaskedSection.mask(sections, report.name()));
    json.member("result", report.result().toString());
    json.member("millis", report.duration().map(Duration::toMillis).orElse(-1L));
    json.member("summary", FailureSummary.of(MaskedSection.mask(sections, start)));
    json.member("href", PageLink.href(folder(), page));
    json.member("time", System.currentTimeMillis()).endObject();
    append("partylineTest(" + json + ");\n");
  }

  /**
   * Adds a note, such as why there are no further tests.
   *
   * @throws IOException if the file cannot be written
   */
  public void addNote(String text) throws IOException {
    append(note(text));
  }

  private static String note(String text) {
    return "partylineNote(" + new JsonWriter().value(text) + ");\n";
  }

  /** A channel is closed by an interrupt, such as the one that has ended the test. */
  private void append(String line) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      synchronized (LOCK) {
        appendAlone(line);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Other JVMs do not write until the channel is closed. */
  private void appendAlone(String line) throws IOException {
    try (FileChannel channel = FileChannel.open(entries(), CREATE, WRITE)) {
      channel.lock();
      String lines = line;
      if (channel.size() > MAX_BYTES) {
        channel.truncate(0);
        lines = note("Earlier tests were removed, because this list had 8 MiB.") + line;
      }
      long offset = channel.size();
      try {
        write(channel.position(offset), UTF_8.encode(lines));
      } catch (IOException e) {
        // A browser does not read a script at all that ends within a line.
        channel.truncate(offset);
        throw e;
      }
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
