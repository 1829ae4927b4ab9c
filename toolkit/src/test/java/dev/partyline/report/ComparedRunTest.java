package dev.partyline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.hunt.PassingRuns;
import dev.partyline.hunt.RecordedPeer;
import dev.partyline.hunt.RecordedRun;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run that failed, beside one that has passed. */
class ComparedRunTest {
  private static final String LOGIN = "GET / HTTP/1.1|X-Api-Key: s3cr3t-t0k3n-9|Host: a||";

  private static RecordedRun run(Conversation... conversations) {
    return new RecordedRun(
        List.of(RecordedPeer.of("shop", Recording.of(conversations))), 0, 9_000_000);
  }

  private static ReportSection section(Conversation... conversations) {
    return ReportSection.of("shop", Recording.of(conversations));
  }

  static TestReport report(Conversation failing, Conversation passing) {
    PassingRuns runs = new PassingRuns();
    for (int i = 0; i < 5; i++) {
      runs.add(run(passing));
    }
    return TestReport.of("ATest.a()", TestResult.FAILED)
        .failure("no pong")
        .with(section(failing))
        .comparedWith(
            new ComparedRun("run 5 of 200", List.of(section(passing)), runs.compare(run(failing))));
  }

  private static Conversation pong() {
    return ConversationBuilder.tcp()
        .client("HELO|")
        .server("OK|")
        .client("PING|")
        .server("PONG|")
        .fin(Side.CLIENT)
        .fin(Side.SERVER)
        .conversation();
  }

  private static Conversation closed() {
    return ConversationBuilder.tcp()
        .client("HELO|")
        .server("OK|")
        .fin(Side.CLIENT)
        .reset(Side.SERVER)
        .conversation();
  }

  private static Map<String, Object> compared(TestReport report) {
    return Json.object(PageReader.of(report).data().get("compared"));
  }

  @Test
  void whatIsTheSameIsInOneRowAndTheFirstDifferenceIsMarked() {
    Map<String, Object> compared = compared(report(closed(), pong()));
    assertThat(compared.get("name")).isEqualTo("run 5 of 200");
    assertThat(Json.array(compared.get("rows")).toString())
        .isEqualTo(
            "[[0.0, 0.0, true, 0.0], [1.0, 1.0, true, 0.0], [2.0, 2.0, true, 0.0], [-1.0, 3.0,"
                + " false, 0.0], [-1.0, 4.0, false, 0.0], [3.0, 5.0, true, 0.0], [4.0, -1.0, false,"
                + " 0.0], [-1.0, 6.0, false, 0.0]]");
    assertThat(compared.get("first")).isEqualTo(3.0);
    assertThat(Json.array(compared.get("differences")).get(0).toString())
        .isEqualTo(
            "[event 3 of connection 1: 5 passing runs had `C sends PING\\r\\n` there, this one had FIN"
                + " of the client, 3.0]");
  }

  @Test
  void whereNothingMoreHappenedTheFirstDifferenceIsWhatThePassingRunHad() {
    Conversation silent = ConversationBuilder.tcp().client("HELO|").server("OK|").conversation();
    assertThat(compared(report(silent, pong())).get("first")).isEqualTo(3.0);
    assertThat(compared(report(pong(), pong())).get("first")).isEqualTo(-1.0);
  }

  @Test
  void secretsOfBothRunsAreMasked() {
    Conversation passing = ConversationBuilder.tcp().client(LOGIN).server("OK|").conversation();
    Conversation failing =
        ConversationBuilder.tcp().client(LOGIN).server("s3cr3t-t0k3n-9|").conversation();
    PageReader page = PageReader.of(report(failing, passing));
    assertThat(page.data().toString()).doesNotContain("s3cr3t");
  }

  @Test
  void aReportWithoutAComparisonHasNone() {
    assertThat(PageReader.of(TestReport.of("a", TestResult.FAILED).with(section(pong()))).data())
        .doesNotContainKey("compared");
  }

  @Test
  void aBrowserShowsBothLaddersAndTheBytesOfBoth(@TempDir Path folder) throws Exception {
    try (Browser browser = Browser.start()) {
      browser.open(ReportPage.write(report(closed(), pong()), folder));
      assertThat(browser.text("document.querySelector('#beside tr.first').innerText"))
          .contains("the first event that is different");
      assertThat(browser.number("document.querySelectorAll('#beside .arrow').length"))
          .isEqualTo(12);
      assertThat(browser.text("String(document.getElementById('ladder').hidden)"))
          .isEqualTo("true");
      browser.evaluate("document.querySelectorAll('#beside td.other .arrow')[4].click()");
      assertThat(browser.text("document.getElementById('detail').textContent"))
          .contains("run 5 of 200, which passed", "shop #1", "server sent 6 bytes", "PONG");
      browser.press("b");
      assertThat(browser.text("String(document.getElementById('ladder').hidden)"))
          .isEqualTo("false");
      assertThat(browser.text("document.getElementById('findings').textContent"))
          .contains("only in this run: event 3 of connection 1: 5 passing runs had");
      assertThat(browser.problems()).isEmpty();
    }
  }
}
