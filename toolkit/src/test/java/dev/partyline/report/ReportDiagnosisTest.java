package dev.partyline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.weather.Holds;
import dev.partyline.weather.Weather;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says of a failure: what was delivered, what came first, and where the test was. */
class ReportDiagnosisTest {
  private static final String DETAIL = "document.getElementById('detail').innerText";
  private static final String PANELS = "document.getElementById('panels').innerText";
  private static final String FACTS = "document.getElementById('facts').textContent";
  private static final String CURRENT = "document.getElementById('current').textContent";

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

  private static List<Object> texts(String selector) throws Exception {
    return Json.array(
        browser.evaluate(
            "[...document.querySelectorAll("
                + Json.quote(selector)
                + ")].map((e) => e.innerText)"));
  }

  private static void showTab(String name) throws Exception {
    browser.evaluate(
        "[...document.querySelectorAll('.tabs button')].find((each) => each.innerText === "
            + Json.quote(name)
            + ").click()");
  }

  /** Returns each text that is drawn on a canvas, with how far it goes beyond the right edge. */
  private static List<Object> drawn() throws Exception {
    return Json.array(
        browser.evaluate(
            """
            new Promise((done) => {
              const texts = [];
              const drawing = CanvasRenderingContext2D.prototype;
              const fillText = drawing.fillText;
              drawing.fillText = function (text, x, y) {
                const shift = { left: 0, center: 0.5, right: 1 }[this.textAlign];
                const right = x + this.measureText(text).width * (1 - shift);
                texts.push(text + (right > this.canvas.clientWidth ? " beyond the edge" : ""));
                fillText.call(this, text, x, y);
              };
              const frame = (action) => requestAnimationFrame(() => requestAnimationFrame(action));
              document.getElementById("ladder").style.width = "700px";
              frame(() => frame(() => {
                drawing.fillText = fillText;
                done(texts);
              }));
            })"""));
  }

  /** Returns the colors of the arrow of the selected event, at parts of its length from left. */
  private static List<Integer> colors(double... parts) throws Exception {
    double top = browser.number("document.getElementById('canvas').getBoundingClientRect().top");
    double width = browser.number("document.getElementById('ladder').clientWidth");
    double row = browser.number("Number(document.getElementById('current').ariaPosInSet) - 1");
    double length = (width - 78) / 2 - 52;
    BufferedImage picture = browser.picture();
    return Arrays.stream(parts)
        .mapToObj(
            part ->
                picture.getRGB((int) (78 + 26 + length * part), (int) (top + 62 + 38 * row + 20)))
        .toList();
  }

  @Test
  void anArrowOfBytesThatWereNotDeliveredEndsInTheMiddle() throws Exception {
    open(ReportScenes.lostAnswer());
    List<Integer> colors = colors(0.1, 0.2, 0.3, 0.4, 0.8);
    assertThat(Set.copyOf(colors.subList(0, 4))).hasSize(1).doesNotContain(colors.get(4));
    assertThat(drawn()).anyMatch(text -> text.toString().startsWith("⚡ 0 of 65 bytes delivered: "));
    showTab("protocol");
    assertThat(browser.text(DETAIL))
        .contains("As the server sent it: 0 of 65 bytes were delivered.");
  }

  @Test
  void aDatagramThatWasLostWasNotDelivered() throws Exception {
    FaultInjector injector = new FaultInjector(Weather.parse("loss of 2 from client"));
    FaultPipeline pipeline =
        injector.newPipeline(
            new ConnectionDirection(
                1, Side.CLIENT, Transport.UDP, "127.0.0.1:1", "127.0.0.1:2", 0));
    for (int i = 0; i < 3; i++) {
      pipeline.push(ByteBuffer.allocate(4), 0);
      pipeline.poll(0);
    }
    Conversation conversation =
        ConversationBuilder.udp().client("one").client("two!").client("three").conversation();
    open(
        TestReport.of("ATest.a()", TestResult.FAILED)
            .with(ReportSection.of("dns", new WeatheredRecording(conversation, injector))));
    assertThat(texts("#findings li"))
        .containsExactly(
            "fault “loss of 2 from client” hit dns #1 at datagram 2 of the client, 0 of 4 bytes"
                + " delivered");
    assertThat(browser.text(DETAIL)).contains("0 of 4 bytes were delivered");
  }

  /** What a tap has recorded, without a tap. */
  private record WeatheredRecording(Conversation conversation, FaultInjector injector)
      implements Weathered {
    @Override
    public Recording recording() {
      return Recording.of(conversation);
    }

    @Override
    public WeatherReport weatherReport() {
      return injector.report();
    }

    @Override
    public long seed() {
      return injector.seed();
    }

    @Override
    public Holds holds() {
      return injector.holds();
    }
  }

  @Test
  void bytesThatADelayStillHoldsAreNamed() throws Exception {
    FaultInjector injector = new FaultInjector(Weather.parse("delay 9ms from server"));
    FaultPipeline pipeline =
        injector.newPipeline(
            new ConnectionDirection(
                1, Side.SERVER, Transport.TCP, "127.0.0.1:1", "127.0.0.1:2", 0));
    pipeline.push(ByteBuffer.allocate(3), 0);
    pipeline.poll(9_000_000);
    pipeline.push(ByteBuffer.allocate(4), 10_000_000);
    pipeline.poll(10_000_000);
    Conversation conversation =
        ConversationBuilder.tcp().server("+PO").server("NG|").conversation();
    open(
        TestReport.of("ATest.a()", TestResult.FAILED)
            .with(ReportSection.of("cache", new WeatheredRecording(conversation, injector))));
    assertThat(texts("#findings li").get(0).toString()).startsWith("fault “delay 9ms from server”");
    assertThat(texts("#findings li").get(1))
        .isEqualTo("cache #1: 3 of 7 bytes of the server were delivered");
  }

  @Test
  void bytesThatWereNotDeliveredAreGrey() throws Exception {
    open(ReportScenes.resetInBody());
    assertThat(browser.text(DETAIL)).contains("150 of 440 bytes were delivered");
    assertThat(texts(".withheld")).containsExactly("x".repeat(290));
    showTab("hex");
    assertThat(texts(".withheld")).hasSize(2 * 290);
    assertThat(texts(".fault")).containsExactly("78", "x");
    showTab("protocol");
    assertThat(browser.text(DETAIL))
        .contains("As the server sent it: 150 of 440 bytes were delivered.");
  }

  @Test
  void aFinAfterBytesThatWereNotDeliveredWasNotDeliveredEither() throws Exception {
    FaultInjector injector = new FaultInjector(Weather.parse("stall from server"));
    FaultPipeline pipeline =
        injector.newPipeline(
            new ConnectionDirection(
                1, Side.SERVER, Transport.TCP, "127.0.0.1:1", "127.0.0.1:2", 0));
    pipeline.push(ByteBuffer.allocate(4), 0);
    pipeline.poll(0);
    Conversation conversation =
        ConversationBuilder.tcp().server("pong").fin(Side.SERVER).fin(Side.CLIENT).conversation();
    open(
        TestReport.of("ATest.a()", TestResult.FAILED)
            .with(ReportSection.of("cache", new WeatheredRecording(conversation, injector))));
    browser.press("ArrowDown");
    assertThat(browser.text(CURRENT)).endsWith("server sent FIN, which was not delivered");
    assertThat(browser.text(PANELS)).contains("after 4 bytes").doesNotContain("of 4 bytes");
    browser.press("ArrowDown");
    assertThat(browser.text(CURRENT)).endsWith("client sent FIN");
  }

  @Test
  void anEndThatAFaultMadeIsOneOfTheTap() throws Exception {
    open(ReportScenes.resetInBody());
    assertThat(texts("#findings li"))
        .contains(
            "later: mirror #1: the tap sent RST (fault “reset after 150 bytes”) after 150 of 440"
                + " bytes of the server");
    assertThat(browser.text(PANELS))
        .contains("the tap sent RST", "after 150 of 440 bytes of the server")
        .doesNotContain("server sent RST");
  }

  @Test
  void whatFollowsFromACauseIsGreyBelowIt() throws Exception {
    open(ReportScenes.wrongOrder());
    assertThat(texts("#findings li:not(.dim)")).hasSize(1);
    assertThat(texts("#findings li.dim").get(0).toString())
        .startsWith("later: broker #2: the script failed")
        .contains("expected C: HELLO data 17 after await session-open, which was not met");
    browser.evaluate("document.querySelector('#findings li.dim button').click()");
    assertThat(texts(".script .unmet")).containsExactly("not met\nawait session-open");
  }

  @Test
  void aSilenceThatAFaultExplainsAccusesNoOtherConnection() throws Exception {
    open(ReportScenes.lostAnswer());
    assertThat(texts("#findings li:not(.dim)"))
        .containsExactly(
            "fault “stall from server” hit network #1 at offset 0 of the server, 0 of 65 bytes"
                + " delivered");
    assertThat(texts("#findings li.dim")).anyMatch(text -> text.toString().startsWith("shop #1: "));
  }

  @Test
  void aHangSaysWhatBothSidesWaitFor() throws Exception {
    open(ReportScenes.hungClient());
    assertThat(texts("#findings li").get(0).toString())
        .matches(
            "mail #1: the test waits in [\\w$]*InputStream.read at ReportScenes.java:\\d+, the server"
                + " expects C: EHLO \\$\\{name}");
    assertThat(texts("#place").get(0).toString())
        .matches(
            "waits in [\\w$]*InputStream.read at ReportScenes.readOnce \\(ReportScenes.java:\\d+\\)");
    assertThat(texts(".stack .own")).hasSize(1);
    assertThat(texts(".stack summary").get(0).toString())
        .matches("\\d+ frames of the JDK: [\\w$]*InputStream.read");
    assertThat(browser.text("document.querySelector('.stack').textContent"))
        .startsWith("thread main")
        .doesNotContain("app//", "java.base", "$$Lambda", "\n");
    assertThat(
            browser.number(
                "((e) => e.scrollWidth - e.clientWidth)(document.querySelector('.stack'))"))
        .isZero();
  }

  @Test
  void theFrameOfTheTestIsNoneOfALibrary() throws Exception {
    open(
        TestReport.of("ATest.a()", TestResult.FAILED)
            .threads(
                """

                java.lang.AssertionError: no pong
                \tat org.assertj.core.api.Assertions.fail(Assertions.java:1)
                \tat app//dev.partyline.assertions.Facts.fail(Facts.java:2)
                \tat com.example.shop.ShopTest$Nested.ships(ShopTest.java:42)
                \tat java.base/java.lang.Thread.run(Thread.java:840)
                """));
    assertThat(texts("#place")).containsExactly("at ShopTest$Nested.ships (ShopTest.java:42)");
    assertThat(texts(".stack .frame"))
        .startsWith("at Assertions.fail (Assertions.java:1)", "at Facts.fail (Facts.java:2)");
  }

  @Test
  void thereIsOneClock() throws Exception {
    open(ReportScenes.hungClient());
    String facts = browser.text(FACTS);
    assertThat(facts)
        .matches(
            "interrupted at .* · t = 0 is the first event, .* (after|before) the test began · .*");
    browser.press("End");
    String time = facts.substring("interrupted at ".length(), facts.indexOf(" ·"));
    assertThat(browser.text(CURRENT)).startsWith(time + ", the test was interrupted");
  }

  @Test
  void noLabelIsCutOffAtTheRightEdge() throws Exception {
    String failure = "no pong, " + "but much else ".repeat(30);
    Conversation conversation =
        ConversationBuilder.tcp()
            .client("x".repeat(300) + "|")
            .server("y".repeat(300))
            .conversation();
    open(
        TestReport.of("ATest.a()", TestResult.FAILED)
            .failure(failure)
            .endedAt(Duration.ofSeconds(1).toNanos())
            .with(ReportSection.of("cache", Recording.of(conversation))));
    assertThat(drawn())
        .contains("1.000 s")
        .noneMatch(text -> text.toString().endsWith(" beyond the edge"))
        .anyMatch(text -> text.toString().matches("the test failed: no pong, but .*…"));
    browser.press("End");
    assertThat(browser.text(DETAIL)).contains(failure.strip());
  }

  @Test
  void hexHasRoomForItsAsciiColumn() throws Exception {
    open(ConversationBuilder.tcp().client("0123456789abcdef leading").conversation());
    browser.press("Home");
    browser.press("ArrowDown");
    showTab("hex");
    assertThat(browser.text("document.querySelector('.hex').textContent"))
        .isEqualTo(
            """
            000000 30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66 0123456789abcdef
            000010 20 6c 65 61 64 69 6e 67                           leading
            """);
    assertThat(
            browser.number(
                "((e) => e.scrollWidth - e.clientWidth)(document.querySelector('.hex'))"))
        .isZero();
    assertThat(browser.text("getComputedStyle(document.querySelector('.hex')).whiteSpace"))
        .isEqualTo("pre");
  }

  @Test
  void aConnectionWithOneFinIsHalfClosed() throws Exception {
    open(ConversationBuilder.tcp().client("a").fin(Side.SERVER).conversation());
    assertThat(browser.text(PANELS))
        .contains("half-closed: the server sent FIN, the client can still send")
        .doesNotContain("still open");
  }

  @Test
  void theTableOfFaultsHasNoEmptyColumn() throws Exception {
    open(ReportScenes.partialRead());
    assertThat(texts("table").get(0).toString()).doesNotContain("what");
    assertThat(browser.text("document.title")).isEqualTo("CacheTest.isReadyAfterPong() – failed");
  }

  @Test
  void theAddressOfAnEventShowsIt() throws Exception {
    Path page =
        ReportPage.write(
            TestReport.of("ATest.a()", TestResult.FAILED)
                .with(
                    ReportSection.of(
                        "cache",
                        Recording.of(
                            ConversationBuilder.tcp().client("a").server("bc").conversation()))),
            folder);
    browser.open(page.toUri() + "#e2");
    assertThat(browser.text(CURRENT)).contains("server sent 2 bytes");
    browser.press("Home");
    browser.evaluate("document.querySelector('.address').click()");
    assertThat(browser.text("location.hash")).isEqualTo("#e0");
    browser.evaluate(
        "new Promise((done) => { addEventListener('hashchange', done); location.hash = '#e1'; })"
            + ".then(() => 1)");
    assertThat(browser.text(CURRENT)).contains("client sent 1 byte");
  }
}
