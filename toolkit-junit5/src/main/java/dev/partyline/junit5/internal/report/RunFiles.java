package dev.partyline.junit5.internal.report;

import dev.partyline.report.IndexFile;
import dev.partyline.report.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** What the tests of a run write beside JUnit's reports. There is one for a run of JUnit. */
public final class RunFiles {
  private static final Namespace NAMESPACE = Namespace.create(RunFiles.class);
  private static final String PUBLISH_PARAMETER = "partyline.publish";
  private static final String INDEX_NAME = "partyline-index.html";
  private static final String TEXT = "text/plain;charset=UTF-8";
  private static final String PCAPNG = "application/x-pcapng";
  private static final String HAR = "application/json";
  private static final String HTML = "text/html;charset=UTF-8";

  private final PageMode pageMode;
  private final SizeBudget budget;

  /** The index, or why there is none, since the first page. */
  private @Nullable IndexFile index;

  private String indexProblem = "";

  private RunFiles(ExtensionContext context) {
    this.pageMode = PageMode.read(context.getConfigurationParameter(PageMode.PARAMETER));
    this.budget =
        new SizeBudget(FileSize.read(context.getConfigurationParameter(FileSize.PARAMETER)));
  }

  /**
   * Returns those of the whole run.
   *
   * @throws ExtensionConfigurationException if a parameter has a wrong value
   */
  public static RunFiles of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(RunFiles.class, type -> new RunFiles(context), RunFiles.class);
  }

  /**
   * Whether conversations are written after every test, not only after one that failed.
   *
   * @throws ExtensionConfigurationException if the parameter is neither always nor failures
   */
  public static boolean isAlwaysEnabled(ExtensionContext context) {
    String mode = context.getConfigurationParameter(PUBLISH_PARAMETER).orElse("failures");
    return switch (mode) {
      case "always" -> true;
      case "failures" -> false;
      default ->
          throw new ExtensionConfigurationException(
              PUBLISH_PARAMETER + " (" + mode + ") must be 'always' or 'failures'");
    };
  }

  /** Whether a test that has passed gets a page. */
  public boolean hasPagesOfPassedTests() {
    return pageMode == PageMode.ALL;
  }

  /** Whether a test that has failed gets a page. */
  public boolean hasPages() {
    return pageMode != PageMode.OFF;
  }

  /** Writes a text. */
  public PublishedFile publish(FileOwner owner, String name, String text) {
    // No character of UTF-16 is shorter in UTF-8.
    return publish(owner, name, TEXT, text.length(), FileContent.text(text));
  }

  /** Writes a page. */
  public PublishedFile publish(FileOwner owner, String name, TestReport report) {
    return publish(owner, name, HTML, 1, new PageContent(report));
  }

  /**
   * Writes a capture.
   *
   * @param minBytes how much it has at least
   */
  public PublishedFile publishCapture(
      FileOwner owner, String name, long minBytes, FileContent content) {
    return publish(owner, name, PCAPNG, minBytes, content);
  }

  /** Writes what a browser shows of HTTP. */
  public PublishedFile publishHar(FileOwner owner, String name, FileContent content) {
    return publish(owner, name, HAR, 1, content);
  }

  private PublishedFile publish(
      FileOwner owner, String name, String mediaType, long minBytes, FileContent content) {
    return ReportFiles.publish(
        owner.context(),
        name,
        mediaType,
        file -> writeWithinBudget(owner, file, minBytes, content));
  }

  private void writeWithinBudget(FileOwner owner, Path file, long minBytes, FileContent content)
      throws IOException {
    if (budget.hasRoom(minBytes, owner.hasPassed())) {
      try {
        content.write(file);
        if (budget.take(size(content.files(file)), owner.hasPassed())) {
          return;
        }
        delete(content.files(file));
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        // A part of a file is worth nothing, and the disk may be full.
        try {
          delete(content.files(file));
        } catch (IOException problem) {
          e.addSuppressed(problem);
        }
        throw e;
      }
    }
    IOException exceeded = new IOException(budget.problem(owner.hasPassed()));
    if (budget.markExceeded(owner.hasPassed())) {
      try {
        noteInIndex(owner);
      } catch (IOException e) {
        exceeded.addSuppressed(e);
      }
    }
    throw exceeded;
  }

  private static long size(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path each : files) {
      bytes += Files.size(each);
    }
    return bytes;
  }

  private static void delete(List<Path> files) throws IOException {
    for (Path each : files) {
      if (Files.isRegularFile(each)) {
        Files.delete(each);
      }
    }
  }

  /**
   * Adds a page to the index.
   *
   * @return why it is not there; empty if it is
   */
  public synchronized String addToIndex(ExtensionContext context, TestReport report, Path page) {
    openIndex(context);
    try {
      if (index != null) {
        index.add(report, page);
      }
      return indexProblem;
    } catch (IOException | RuntimeException e) {
      return ReportFiles.describe(e);
    }
  }

  private synchronized void noteInIndex(FileOwner owner) throws IOException {
    openIndex(owner.context());
    if (index != null) {
      index.addNote("Not every test has its files: " + budget.problem(owner.hasPassed()) + ".");
    }
  }

  private void openIndex(ExtensionContext context) {
    if (index == null && indexProblem.isEmpty()) {
      PublishedFile file =
          ReportFiles.publishOfRun(
              context.getRoot(), INDEX_NAME, HTML, path -> index = IndexFile.open(path));
      indexProblem = file.problem();
    }
  }
}
