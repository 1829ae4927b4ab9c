package dev.partyline.junit5.internal.report;

import dev.partyline.report.TestReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The files of one test, as they are written one after the other, the page last: it links them. */
public final class TestFiles {
  private static final String PAGE_NAME = "report.html";

  private final ExtensionContext context;
  private final RunFiles run;
  private final List<Path> written = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  public TestFiles(ExtensionContext context, RunFiles run) {
    this.context = context;
    this.run = run;
  }

  /** Whether a test that has failed gets a page. */
  public boolean hasPages() {
    return run.hasPages();
  }

  private PublishedFile add(PublishedFile file) {
    file.path().ifPresent(written::add);
    if (!file.problem().isEmpty()) {
      problems.add(file.problem());
    }
    return file;
  }

  /** Writes a text; returns where, as words that continue a sentence. */
  public String text(String name, String text) {
    return add(run.publish(context, name, text)).words();
  }

  /** Returns why some of the files could not be written, once for each reason. */
  public List<String> problems() {
    return problems.stream().distinct().toList();
  }

  /**
   * Writes the captures, HTTP for browsers, the page and its entry in the index.
   *
   * @return a line about the page, and one about what could not be written
   */
  public String page(TestReport report, List<Capture> captures) {
    Map<String, PublishedFile> files = new LinkedHashMap<>();
    for (Capture each : captures) {
      String name = each.name() + ".pcapng";
      PublishedFile pcapng = run.publishCapture(context, name, each.minBytes(), each::writePcapng);
      files.put(name, pcapng);
      // Where there was no room for the one there is none for the other.
      if (pcapng.problem().isEmpty() && each.hasHttp()) {
        String harName = each.name() + ".har";
        files.put(harName, run.publishHar(context, harName, each::writeHar));
      }
    }
    List<String> omitted = new ArrayList<>();
    String problem = "";
    for (Map.Entry<String, PublishedFile> file : files.entrySet()) {
      add(file.getValue());
      if (!file.getValue().problem().isEmpty()) {
        omitted.add(file.getKey());
        problem = file.getValue().problem();
      }
    }
    TestReport linked = report;
    for (Path file : written) {
      linked = linked.link(String.valueOf(file.getFileName()), file);
    }
    PublishedFile page = add(run.publish(context, PAGE_NAME, linked));
    // What holds for the page is told once.
    return pageLine(linked, page)
        + (omitted.isEmpty() || problem.equals(page.problem())
            ? ""
            : "not written (" + problem + "): " + String.join(", ", omitted) + "\n");
  }

  private String pageLine(TestReport report, PublishedFile page) {
    Optional<Path> path = page.path();
    if (path.isEmpty()) {
      return page.problem().isEmpty()
          ? ""
          : "the page of this test was not written (" + page.problem() + ")\n";
    }
    String indexProblem = run.addToIndex(context, report, path.get());
    if (!indexProblem.isEmpty()) {
      problems.add(indexProblem);
    }
    return "the page of this test: "
        + path.get()
        + (indexProblem.isEmpty() ? "" : " (not in the index: " + indexProblem + ")")
        + "\n";
  }
}
