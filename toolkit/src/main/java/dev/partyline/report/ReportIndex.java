package dev.partyline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.report.PageShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A page with links to the pages of a run of tests: an immutable value until it is written. */
public final class ReportIndex {
  private static final int MAX_SUMMARY_CHARS = 300;

  private final List<IndexedTest> entries;

  /** A test, and where its page is. */
  record IndexedTest(String name, TestResult result, long millis, String summary, Path page) {

    /** Returns what an index keeps of a test, secrets masked. */
    static IndexedTest of(TestReport report, Path page) {
      List<MaskedSection> sections = MaskedSection.of(report.sections());
      String summary = report.failure().lines().findFirst().orElse("");
      return new IndexedTest(
          MaskedSection.mask(sections, report.name()),
          report.result(),
          report.duration().map(Duration::toMillis).orElse(-1L),
          MaskedSection.mask(
              sections, summary.substring(0, Math.min(MAX_SUMMARY_CHARS, summary.length()))),
          page);
    }

    void write(JsonWriter json, Path folder) {
      json.beginObject().member("name", name).member("result", result.toString());
      json.member("millis", millis).member("summary", summary);
      json.member("href", PageLink.href(folder, page));
    }
  }

  private ReportIndex(List<IndexedTest> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Returns an index without tests. */
  public static ReportIndex empty() {
    return new ReportIndex(List.of());
  }

  /**
   * Returns this index with one more test, of which it keeps the name, the result, the duration and
   * the first line of the failure, secrets masked.
   *
   * @param page the file of its page, as {@link ReportPage#write} returns it
   */
  public ReportIndex with(TestReport report, Path page) {
    List<IndexedTest> all = new ArrayList<>(entries);
    all.add(IndexedTest.of(report, page));
    return new ReportIndex(all);
  }

  /**
   * Writes the index as {@code index.html}, in place of one that is there.
   *
   * @param folder where to; it is created
   * @return the file
   * @throws IOException if the file cannot be written
   */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    JsonWriter json = new JsonWriter().beginObject().name("tests").beginArray();
    for (IndexedTest entry : entries) {
      entry.write(json, folder);
      json.endObject();
    }
    json.endArray().endObject();
    return Files.write(folder.resolve("index.html"), html(json).getBytes(UTF_8));
  }

  static String html(JsonWriter json) {
    return PageShell.html("index.html", List.of("page.css"), List.of("text.js", "index.js"), json);
  }
}
