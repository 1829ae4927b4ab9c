package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.tell;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The pages and captures that tests write, and their index. */
class PagesTest extends PagesFolder {
  @Test
  void aFailingTestWritesAPageThatLinksItsOtherFiles() throws IOException {
    Throwable report = run(Fails.class);
    assertThat(report).hasMessageContaining("\nthe page of this test: " + file("report.html"));
    assertThat(names())
        .containsExactly(
            "connections.txt",
            "listener.pcapng",
            "listener.wire",
            "report.html",
            "shop.pcapng",
            "shop.wire",
            "tap.pcapng",
            "tap.wire");
    assertThat(page())
        .contains("PagesTest$Fails.fails()", "java.lang.AssertionError: mine", "Active Internet")
        .contains("\".\\u002ftap.pcapng\"", "\".\\u002ftap.wire\"", "\".\\u002fconnections.txt\"")
        .contains("\"name\":\"shop\"", "\"name\":\"tap\"", "\"name\":\"quiet\"")
        .containsPattern("\"name\":\"listener at PagesTest.java:\\d+\"")
        .contains("delay 1ms", "C: more");
    assertThat(Files.readAllBytes(file("tap.pcapng"))).startsWith(0x0a, 0x0d, 0x0d, 0x0a);
    assertThat(Files.readString(file("tap.pcapng"), ISO_8859_1))
        .contains("PagesTest$Fails.fails()", "the server is shop");
  }

  static class Fails {
    @ScriptedListener("every connection\n  C: tea\n  C: more")
    static Listener shop;

    @ScriptedListener(ANY)
    Listener quiet;

    @Tapped(to = "shop", weather = "delay 1ms")
    Tap tap;

    @Test
    void fails() {
      try (Listener inCode = Listener.playing(ANY).start();
          LineClient client = LineClient.of(tap.host(), tap.port())) {
        client.sendLine("tea");
        tell(inCode, "milk");
        tap.recording().awaitBytes(Side.CLIENT, 5, Duration.ofSeconds(5));
        shop.recording().awaitBytes(Side.CLIENT, 5, Duration.ofSeconds(5));
        fail("mine");
      }
    }
  }

  @Test
  void whatIsHttpHasAFileForBrowsersTooAndThePageLinksIt() throws IOException {
    run(FailsAfterHttp.class);
    assertThat(names())
        .containsExactly(
            "connections.txt",
            "plain.pcapng",
            "plain.wire",
            "report.html",
            "shop.har",
            "shop.pcapng",
            "shop.wire");
    assertThat(page()).contains("\".\\u002fshop.har\"");
    assertThat(Files.readString(file("shop.har")))
        .contains("\"title\":\"PagesTest$FailsAfterHttp.fails()\"", "/tea?password=*******\"")
        .doesNotContain("hunter2");
  }

  static class FailsAfterHttp {
    @ScriptedListener(ANY)
    Listener shop;

    @ScriptedListener(ANY)
    Listener plain;

    @Test
    void fails() {
      tell(shop, "GET /tea?password=hunter2 HTTP/1.1");
      tell(plain, "tea");
      fail("mine");
    }
  }

  @Test
  void whatComesAfterAFailingMethodIsNotInItsFiles() throws IOException {
    run(FailsInMethod.class);
    assertIsAsItWas();
  }

  @Test
  void whatComesBeforeALaterFailureIsNotInItsFiles() throws IOException {
    run(FailsLate.class);
    assertIsAsItWas();
  }

  private void assertIsAsItWas() throws IOException {
    assertThat(page()).contains("\"open\":true");
    assertThat(file("shop.wire"))
        .content()
        .contains("C: tea")
        .doesNotContain("C! ", "S! ", "afterwards");
  }

  abstract static class StaysOpen {
    @ScriptedListener("C: tea\nC: afterwards")
    Listener shop;

    Client customer;

    final void begin() {
      customer = Client.to(shop.address()).start();
      customer.sendLine("tea");
    }
  }

  static class FailsInMethod extends StaysOpen {
    @Test
    void fails() {
      begin();
      fail("mine");
    }

    @AfterEach
    void stop() {
      customer.sendLine("afterwards");
      customer.close();
    }
  }

  @ExtendWith(FailsAfterwards.class)
  static class FailsLate {
    @ScriptedListener(ANY)
    Listener shop;

    Client customer;

    @Test
    void passes() {
      customer = Client.to(shop.address()).start();
      customer.sendLine("tea");
    }
  }

  static class FailsAfterwards implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      ((FailsLate) context.getRequiredTestInstance()).customer.close();
      throw new IllegalStateException("late");
    }
  }

  @Test
  void aPassingTestWritesNoneUnlessAllDo() throws IOException {
    run(Passes.class);
    assertThat(reports).isEmptyDirectory();
    run(Passes.class, "partyline.report", "all");
    assertThat(names()).containsExactly("report.html", "shop.pcapng");
    assertThat(page()).contains("\"result\":\"passed\"");
    assertThat(index()).singleElement().asString().contains("Passes.passes()", "passed");
  }

  @Test
  void thePageOfAFailureHasTheFrameOfTheTest() throws IOException {
    run(FailsInMethod.class);
    assertThat(page()).containsPattern("\"threads\":\"[^\"]*PagesTest\\$FailsInMethod\\.fails\\(");
  }

  static class Passes {
    @ScriptedListener(ANY)
    Listener shop;

    @Test
    void passes() {
      tell(shop, "tea");
    }
  }

  @Test
  void noneWriteOneIfItIsOff() throws IOException {
    assertThat(run(FailsInMethod.class, "partyline.report", "off"))
        .hasMessageNotContaining("page of this test");
    assertThat(names()).containsExactly("client.wire", "connections.txt", "shop.wire");
    assertThat(reports.resolve("junit-jupiter/partyline-index.html")).doesNotExist();
  }

  @Test
  void aWrongWordOrSizeIsAnError() {
    assertThat(TestRun.of(Map.of("partyline.report", "yes"), Passes.class).failures().get(0))
        .hasStackTraceContaining("partyline.report (yes) must be 'failed', 'all' or 'off'");
    assertThat(TestRun.of(Map.of("partyline.report.maxSize", "1"), Passes.class).failures().get(0))
        .hasStackTraceContaining("partyline.report.maxSize (1) must be");
  }

  @Test
  void eachAttemptKeepsItsPageAndIsInTheIndex() throws IOException {
    run(FailsInMethod.class);
    run(FailsInMethod.class);
    assertThat(names())
        .contains("report.html", "report-attempt-2.html", "shop.pcapng", "shop-attempt-2.pcapng");
    assertThat(index()).hasSize(2);
    assertThat(index().get(1)).contains("report-attempt-2.html", "AssertionFailedError: mine");
    assertThat(reports.resolve("junit-jupiter/partyline-index.html"))
        .content()
        .contains("partyline-index.js");
  }

  @Test
  void secretsAreMaskedInAllOfIt() throws IOException {
    run(Secrets.class);
    try (Stream<Path> all = Files.walk(reports)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(each);
        assertThat(new String(bytes, ISO_8859_1))
            .as(each.toString())
            .doesNotContain("hunter2", "4711");
      }
    }
    assertThat(names()).contains("report.html", "shop.pcapng");
  }

  static class Secrets {
    @ScriptedListener(value = ANY, redact = "card=(\\d+)")
    Listener shop;

    @Test
    void fails() {
      tell(shop, "X-Api-Key: hunter2hunter2");
      tell(shop, "card=4711471147");
      throw new IllegalStateException("refused card=4711471147");
    }
  }

  @Test
  void aDynamicTestHasAPage() throws IOException {
    run(Dynamic.class);
    assertThat(page()).contains("PagesTest$Dynamic.all() second", "\"name\":\"shop\"");
    assertThat(index()).hasSize(1);
  }

  static class Dynamic {
    @ScriptedListener(ANY)
    Listener shop;

    @TestFactory
    List<DynamicTest> all() {
      return List.of(
          DynamicTest.dynamicTest("first", () -> tell(shop, "tea")),
          DynamicTest.dynamicTest("second", () -> fail("mine")));
    }
  }

  @Test
  void aTestThatHangsHasAPageWithItsThread() throws IOException {
    Throwable dump =
        HangingRun.of(
            1,
            Duration.ofMillis(500),
            timeOut ->
                ReportTest.run(
                    WaysToHang.BlockingSocket.class,
                    reports,
                    Map.of("junit.jupiter.execution.timeout.default", timeOut.toMillis() + " ms")));
    assertThat(dump).hasMessageContaining("\nthe page of this test: ");
    assertThat(page())
        .contains("\"result\":\"interrupted\"", "hangs() was interrupted by its time-out")
        .contains("WaysToHang$BlockingSocket.hangs(WaysToHang.java:", "waits for C: QUIT")
        .contains("\"open\":true");
  }

  @Test
  void aTestWithoutAPeerHasNone() throws IOException {
    run(OnlyAPort.class);
    assertThat(names()).containsExactly("connections.txt");
  }

  static class OnlyAPort {
    @FreePort int port;

    @Test
    void fails() {
      fail("mine");
    }
  }

  @Test
  void aClassThatFailsHasAPage() throws IOException {
    run(FailsBefore.class);
    assertThat(page()).contains("PagesTest$FailsBefore", "before all");
  }

  static class FailsBefore {
    @ScriptedListener(ANY)
    static Listener shop;

    @BeforeAll
    static void fails() {
      tell(shop, "tea");
      fail("before all");
    }

    @Test
    void passes() {}
  }
}
