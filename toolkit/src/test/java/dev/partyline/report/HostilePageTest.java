package dev.partyline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.hunt.PassingRuns;
import dev.partyline.hunt.RecordedPeer;
import dev.partyline.hunt.RecordedRun;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Recording;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded is data wherever it is shown: it never runs, and is never markup. */
class HostilePageTest {
  private static final int PAGES = 10;
  private static final int CONNECTIONS_PER_PAGE = 1_000;

  /** All elements that a page ever has. */
  private static final String ELEMENTS =
      "html head meta title style body header h1 span small pre ul li nav a canvas div input output"
          + " button main section aside footer kbd dialog table tbody tr th td script noscript details"
          + " summary ol h2 h3 p";

  private static final String SHELL =
      PageReader.of(
              TestReport.of("a", TestResult.PASSED)
                  .with(
                      ReportSection.of(
                          "a", Recording.of(ConversationBuilder.tcp().conversation()))))
          .shell();

  @Property(tries = 10_000)
  void theDataOfNoRecordingMeansAnythingToHtml(@ForAll long seed) {
    TestReport report = new HostileRecordings(seed).report(1);
    String json = new PageData(report, Path.of("target"), "page").json().toString();
    assertThat(PageReader.HARMLESS.matcher(json).matches()).isTrue();
    assertThat(Json.object(Json.parse(json))).containsKeys("name", "events", "blocks");
  }

  @Property(tries = 100)
  void noRecordingChangesThePageAroundItsData(@ForAll long seed) {
    PageReader page = PageReader.of(new HostileRecordings(seed).report(1));
    assertThat(page.shell()).isEqualTo(SHELL);
    assertThat(page.list("connections")).hasSize(1);
  }

  @Test
  void nothingOfTenThousandRecordingsRunsOrIsMarkupInABrowser(@TempDir Path folder)
      throws Exception {
    try (Browser browser = Browser.start()) {
      for (int seed = 0; seed < PAGES; seed++) {
        TestReport report = new HostileRecordings(seed).report(CONNECTIONS_PER_PAGE);
        browser.open(ReportPage.write(report, folder));
        assertThat(browser.text(walk())).as("elements of page %s", seed).isEmpty();
        assertThat(browser.text("typeof window.hacked")).isEqualTo("undefined");
        assertThat(browser.text(unseen())).as("invisible characters").isEmpty();
        assertThat(browser.problems()).as("page %s", seed).isEmpty();
      }
    }
  }

  @Test
  void nothingOfAPassingRunBesideItRunsOrIsMarkup(@TempDir Path folder) throws Exception {
    try (Browser browser = Browser.start()) {
      for (int seed = 0; seed < PAGES; seed++) {
        TestReport report = compared(new HostileRecordings(seed));
        assertThat(PageReader.of(report).shell()).isEqualTo(SHELL);
        browser.open(ReportPage.write(report, folder));
        assertThat(browser.number("document.querySelectorAll('#beside .arrow').length"))
            .isPositive();
        assertThat(browser.text(walk())).as("elements of page %s", seed).isEmpty();
        browser.evaluate("document.querySelectorAll('#beside .arrow').forEach((e) => e.click())");
        assertThat(browser.text(walk())).as("elements of page %s", seed).isEmpty();
        assertThat(browser.text("typeof window.hacked")).isEqualTo("undefined");
        assertThat(browser.text(unseen())).as("invisible characters").isEmpty();
        assertThat(browser.problems()).as("page %s", seed).isEmpty();
      }
    }
  }

  private static TestReport compared(HostileRecordings hostile) {
    Recording passing = hostile.recording(20);
    Recording failing = hostile.recording(20);
    String name = hostile.text();
    PassingRuns runs = new PassingRuns();
    runs.add(run(name, passing));
    return hostile
        .report(1)
        .with(ReportSection.of(name, failing))
        .comparedWith(
            new ComparedRun(
                hostile.text(),
                List.of(ReportSection.of(name, passing)),
                runs.compare(run(name, failing))));
  }

  private static RecordedRun run(String name, Recording recording) {
    return new RecordedRun(List.of(RecordedPeer.of(name, recording)), 0, 1);
  }

  @Test
  void anIndexOfHostileNamesHasOnlyItsLinks(@TempDir Path folder) throws Exception {
    HostileRecordings hostile = new HostileRecordings(1);
    IndexFile index = IndexFile.open(folder.resolve("tests.html"));
    for (int i = 0; i < 100; i++) {
      index.add(hostile.report(0), folder.resolve("javascript:hacked()/" + i % 50 + ".html"));
    }
    index.addNote("<b>and no more</b>");
    try (Browser browser = Browser.start()) {
      browser.open(index.file());
      assertThat(browser.number("document.querySelectorAll('table a').length")).isEqualTo(50);
      assertThat(browser.number("document.querySelectorAll('table a:not([href^=\"./\"])').length"))
          .isZero();
      assertThat(browser.text("document.querySelector('.note').textContent"))
          .isEqualTo("<b>and no more</b>");
      assertThat(browser.text(unseen())).isEmpty();
      assertThat(browser.problems()).isEqualTo(List.of());
    }
  }

  /** Walks over all events in each form, and returns the elements that a page should not have. */
  private static String walk() {
    return """
    (() => {
      const known = new Set("%s".toUpperCase().split(" "));
      const strange = new Set();
      const look = () => {
        for (const each of document.querySelectorAll("*")) {
          const attributes = each.getAttributeNames().filter((name) => name.startsWith("on"));
          if (!known.has(each.tagName.toUpperCase()) || attributes.length) strange.add(each.tagName);
        }
      };
      const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", { key }));
      for (const key of ["t", "t", "t", "t"]) {
        press("Home");
        for (let i = 0; i < 60; i++) {
          press("PageDown");
          press("ArrowDown");
          press("ArrowUp");
          if (i %% 30 === 0) look();
        }
        look();
        press(key);
      }
      return [...strange].join(" ");
    })()"""
        .formatted(ELEMENTS);
  }

  /** Returns what turns text around, or cannot be seen, of all that is shown. */
  private static String unseen() {
    return """
    (() => {
      document.querySelectorAll("script, style").forEach((each) => each.remove());
      const found = document.documentElement.textContent.match(
        /[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]/g);
      return (found || []).map((each) => each.codePointAt(0).toString(16)).join(" ");
    })()""";
  }
}
