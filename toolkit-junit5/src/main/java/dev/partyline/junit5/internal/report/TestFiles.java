package dev.partyline.junit5.internal.report;

import dev.partyline.report.TestReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The files of one test, as they are written one after the other, the page last: it links them. */
public final class TestFiles {
  private static final String PAGE_NAME = "report.html";

  private final FileOwner owner;
  private final RunFiles run;
  private final List<Path> written = new ArrayList<>();

  /** Why some of the files could not be written, as it was told. */
  private final Set<String> problems = new LinkedHashSet<>();

  private TestFiles(FileOwner owner, RunFiles run) {
    this.owner = owner;
    this.run = run;
  }

  /** Returns those of a test that has failed, or has not ended. */
  public static TestFiles of(ExtensionContext context, RunFiles run) {
    return new TestFiles(new FileOwner(context, false), run);
  }

  /** Returns those of a test that has passed. */
  public static TestFiles ofPassed(ExtensionContext context, RunFiles run) {
    return new TestFiles(new FileOwner(context, true), run);
  }

  /** Whether a test that has failed gets a page. */
  public boolean hasPages() {
    return run.hasPages();
  }

  /** Returns why a file was not written; what was told before is not told again. */
  private String reason(String problem) {
    return problems.add(problem) ? problem : "see above";
  }

  /** Writes a text; returns where, or why there is none, as words that continue a sentence. */
  public String text(String name, String text) {
    PublishedFile file = run.publish(owner, name, text);
    if (file.problem().isEmpty()) {
      file.path().ifPresent(written::add);
      return file.path().map(path -> ", also in " + path).orElse("");
    }
    return ", not written to a file (" + reason(file.problem()) + ")";
  }

  /** Returns why some of the files could not be written, once for each reason. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Writes the captures, HTTP for browsers, the page and its entry in the index.
   *
   * @return a line about the page, and one for each reason why others could not be written
   */
  public String page(TestReport report, List<Capture> captures) {
    Map<String, List<String>> omitted = new LinkedHashMap<>();
    captures.forEach(each -> writeCapture(each, omitted));
    TestReport linked = report;
    for (Path file : written) {
      linked = linked.link(String.valueOf(file.getFileName()), file);
    }
    StringBuilder lines =
        new StringBuilder(pageLine(linked, run.publish(owner, PAGE_NAME, linked)));
    omitted.forEach(
        (problem, names) ->
            lines
                .append("not written (" + reason(problem) + "): ")
                .append(String.join(", ", names) + "\n"));
    return lines.toString();
  }

  private void writeCapture(Capture capture, Map<String, List<String>> omitted) {
    String pcapng = capture.name() + ".pcapng";
    PublishedFile file =
        run.publishCapture(owner, pcapng, capture.minBytes(), capture::writePcapng);
    add(pcapng, file, omitted);
    if (capture.hasHttp()) {
      String har = capture.name() + ".har";
      // Where there was no room for the one there is none for the other.
      boolean isWritten = file.problem().isEmpty();
      add(har, isWritten ? run.publishHar(owner, har, capture::writeHar) : file, omitted);
    }
  }

  private void add(String name, PublishedFile file, Map<String, List<String>> omitted) {
    file.path().ifPresent(written::add);
    if (!file.problem().isEmpty()) {
      omitted.computeIfAbsent(file.problem(), any -> new ArrayList<>()).add(name);
    }
  }

  private String pageLine(TestReport report, PublishedFile page) {
    Optional<Path> path = page.path();
    if (path.isEmpty()) {
      return page.problem().isEmpty()
          ? ""
          : "the page of this test was not written (" + reason(page.problem()) + ")\n";
    }
    String indexProblem = run.addToIndex(owner.context(), report, path.get());
    return "the page of this test: "
        + path.get()
        + (indexProblem.isEmpty() ? "" : " (not in the index: " + reason(indexProblem) + ")")
        + "\n";
  }
}
