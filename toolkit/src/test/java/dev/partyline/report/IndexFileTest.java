package dev.partyline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index to which tests add their pages one after the other. */
class IndexFileTest {
  @TempDir private Path folder;

  private static TestReport report(String name, String failure) {
    Recording recording =
        Recording.of(ConversationBuilder.tcp().client("X-Api-Key: s3cr3t-t0k3n-9|").conversation());
    return TestReport.of(name, TestResult.FAILED)
        .duration(Duration.ofMillis(12))
        .failure(failure)
        .with(ReportSection.of("shop", recording));
  }

  private IndexFile open() throws IOException {
    return IndexFile.open(folder.resolve("tests.html"));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("tests.js"));
  }

  @Test
  void aTestAddsOneLineWithItsSecretsMasked() throws IOException {
    open().add(report("ATest.a()", "no s3cr3t-t0k3n-9\nmore"), folder.resolve("a/report.html"));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("partylineTest({\"name\":\"ATest.a()\",\"result\":\"failed\",\"millis\":12,")
        .contains("\"summary\":\"no ************** more\"", "a\\u002freport.html")
        .endsWith("});");
  }

  @Test
  void aSecondOneKeepsWhatIsThere() throws IOException {
    open().add(report("ATest.a()", ""), folder.resolve("a/report.html"));
    open().add(report("ATest.b()", ""), folder.resolve("b/report.html"));
    open().addNote("</script>");
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(2)).isEqualTo("partylineNote(\"\\u003c\\u002fscript\\u003e\");");
  }

  private void addAtTheSameTime(int count) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> tasks =
          IntStream.range(0, count)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        open().add(report("t" + i, "x".repeat(300)), folder.resolve(i + ".html"));
                        return null;
                      })
              .toList();
      for (Future<Void> each : executor.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void severalAddAtTheSameTime() throws Exception {
    addAtTheSameTime(200);
    assertThat(lines()).hasSize(200).allMatch(line -> line.matches("partylineTest\\(\\{.*}\\);"));
  }

  @Test
  void aThreadThatIsInterruptedAddsToo() throws IOException {
    IndexFile index = open();
    Thread.currentThread().interrupt();
    index.add(report("ATest.a()", ""), folder.resolve("a/report.html"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(lines()).hasSize(1);
  }

  @Test
  void itsPageIsTheSameForAllRuns() throws IOException {
    String first = Files.readString(open().file());
    open().add(report("ATest.a()", ""), folder.resolve("a/report.html"));
    assertThat(Files.readString(open().file())).isEqualTo(first).contains("\"tests.js\"");
  }

  @Test
  void aListThatWasNeverCleanedUpBeginsAnewOnce() throws Exception {
    Files.writeString(folder.resolve("tests.js"), "// a line\n".repeat(1 << 20));
    addAtTheSameTime(8);
    assertThat(lines()).hasSize(9);
    assertThat(lines().get(0)).startsWith("partylineNote(\"Earlier tests were removed");
  }

  @Test
  void itsFolderIsCreated() throws IOException {
    assertThat(IndexFile.open(folder.resolve("a/b/index.html")).file()).exists();
  }

  @Test
  void itsNameEndsInHtml() {
    assertThatThrownBy(() -> IndexFile.open(folder.resolve("tests")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a name with .html");
  }
}
