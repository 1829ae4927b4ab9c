package dev.partyline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a browser: what it shows, and what keys and clicks do. */
class ReportBrowserTest {
  private static final String CURRENT = "document.getElementById('current').textContent";
  private static final String DETAIL = "document.getElementById('detail').innerText";
  private static final String FOUND = "document.getElementById('found').textContent";

  private static final String FILES = "document.querySelectorAll('head script').length";

  private static Browser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void startBrowser() throws Exception {
    browser = Browser.start();
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingWentWrongInThePage() {
    assertThat(browser.problems()).isEmpty();
  }

  private void open(TestReport report) throws Exception {
    browser.size(1280, 900, false).open(ReportPage.write(report, folder));
  }

  private void open(Conversation... conversations) throws Exception {
    open(
        TestReport.of("ATest.a()", TestResult.FAILED)
            .failure("no pong")
            .with(ReportSection.of("cache", Recording.of(conversations))));
  }

  private static Conversation pingPong() {
    return ConversationBuilder.tcp()
        .client("PING|")
        .server("+PO")
        .server("NG|")
        .fin(Side.CLIENT)
        .conversation();
  }

  private static void search(String text) throws Exception {
    browser.press("/");
    browser.evaluate(
        "document.activeElement.value = "
            + Json.quote(text)
            + "; document.activeElement.dispatchEvent(new Event('input'))");
    browser.evaluate(
        "new Promise((done) => { const wait = () => "
            + FOUND
            + ".match(/\\d of|not found/) ? done() : setTimeout(wait, 10); setTimeout(wait, 250); })");
  }

  @Test
  void arrowKeysWalkAlongTheTimeLine() throws Exception {
    open(pingPong());
    browser.press("Home");
    assertThat(browser.text(CURRENT))
        .isEqualTo("0 µs, cache #1, opened by 127.0.0.1:40001 → 127.0.0.1:2525");
    browser.press("ArrowDown");
    assertThat(browser.text(CURRENT)).isEqualTo("1.00 ms, cache #1, client sent 6 bytes");
    browser.press("ArrowRight");
    browser.press("ArrowRight");
    browser.press("ArrowUp");
    assertThat(browser.text(CURRENT)).isEqualTo("2.00 ms, cache #1, server sent 3 bytes");
    browser.press("End");
    assertThat(browser.text(CURRENT)).contains("the test failed: no pong");
  }

  @Test
  void showsBytesAsTextHexConversationAndProtocol() throws Exception {
    open(pingPong());
    browser.press("Home");
    browser.press("ArrowDown");
    assertThat(browser.text(DETAIL)).contains("client sent 6 bytes, bytes 0..6", "PING\\r\\n");
    browser.press("t");
    assertThat(browser.text(DETAIL)).contains("000000 50 49 4e 47 0d 0a", "PING..");
    browser.press("t");
    assertThat(browser.number("document.querySelectorAll('.chunk.server').length")).isEqualTo(2);
    browser.press("t");
    assertThat(browser.text(DETAIL)).contains("RESP", "client PING");
  }

  @Test
  void findsBytesAcrossTwoReads() throws Exception {
    open(pingPong());
    search("pong");
    assertThat(browser.text(FOUND)).isEqualTo("1 of 1");
    assertThat(
            browser.text(
                "[...document.querySelectorAll('.found')].map((e) => e.textContent).join('')"))
        .isEqualTo("PO");
    search("hex: 4e 47 0d");
    assertThat(browser.text(FOUND)).isEqualTo("2 of 2");
    browser.press("Enter");
    assertThat(browser.text(CURRENT)).contains("1.00 ms");
    search("\\r\\n+");
    assertThat(browser.text(FOUND)).isEqualTo("not found");
  }

  @Test
  void loadsBytesThatAreNotInThePageWhenTheyAreNeeded() throws Exception {
    ConversationBuilder builder = ConversationBuilder.tcp();
    for (int i = 0; i < 60; i++) {
      builder.server(Bytes.utf8((i == 40 ? "needle" : "straw " + i) + "x".repeat(60 << 10)));
    }
    open(builder.conversation());
    double before = browser.number(FILES);
    search("needle");
    assertThat(browser.text(FOUND)).isEqualTo("1 of 1");
    assertThat(browser.text(DETAIL)).contains("needlexxx");
    assertThat(browser.number(FILES)).isGreaterThan(before).isLessThan(12);
  }

  @Test
  void showsOneConnectionAloneAndAllAgain() throws Exception {
    open(pingPong(), pingPong());
    String rows = "document.getElementById('current').getAttribute('aria-setsize')";
    browser.press("End");
    int all = Integer.parseInt(browser.text(rows));
    browser.press("2");
    browser.press("End");
    assertThat(Integer.parseInt(browser.text(rows))).isLessThan(all);
    browser.press("0");
    browser.press("Home");
    assertThat(browser.text(rows)).isEqualTo("" + all);
  }

  @Test
  void saysItsKeys() throws Exception {
    open(pingPong());
    browser.press("?");
    assertThat(browser.evaluate("document.getElementById('help').open")).isEqualTo(true);
    browser.evaluate("document.getElementById('close').click()");
    assertThat(browser.evaluate("document.getElementById('help').open")).isEqualTo(false);
  }

  @Test
  void canBeReadByAScreenReader() throws Exception {
    open(pingPong());
    assertThat(browser.text("document.getElementById('ladder').getAttribute('role')"))
        .isEqualTo("listbox");
    assertThat(
            browser.number(
                "[...document.querySelectorAll('button, input, canvas, [tabindex]')].filter((e) =>"
                    + " !e.innerText && !e.ariaLabel && !e.ariaHidden).length"))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"1280,900,false", "1280,900,true", "390,844,false"})
  void fitsTheScreenAndDrawsTheLadder(int width, int height, boolean dark) throws Exception {
    open(pingPong(), pingPong());
    browser.size(width, height, dark);
    browser.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    BufferedImage picture = browser.picture();
    assertThat(picture.getWidth()).isEqualTo(width);
    assertThat(brightness(picture)).isBetween(dark ? 0 : 200, dark ? 70 : 255);
    // Text and lines of either side, and what is around them.
    assertThat(browser.number("document.getElementById('ladder').clientHeight")).isGreaterThan(300);
    assertThat(
            colors(
                picture,
                browser.number("document.getElementById('ladder').getBoundingClientRect().top")))
        .isGreaterThan(30);
  }

  private static int brightness(BufferedImage picture) {
    long sum = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        sum += picture.getRGB(x, y) >> 8 & 0xff;
      }
    }
    return (int) (sum / picture.getHeight() / picture.getWidth());
  }

  /** Returns how many colors there are below some row, at the left, where the ladder is. */
  private static int colors(BufferedImage picture, double top) {
    Set<Integer> colors = new HashSet<>();
    for (int y = (int) top + 70; y < picture.getHeight(); y++) {
      for (int x = 100; x < 340; x++) {
        colors.add(picture.getRGB(x, y));
      }
    }
    return colors.size();
  }
}
