package dev.partyline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.assertions.PlayedInMemory;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.script.transcript.Redacted;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final String LOGIN = "GET / HTTP/1.1|X-Api-Key: s3cr3t-t0k3n-9|Host: a||";

  private static TestReport report(Recorded recorded) {
    return TestReport.of("ATest.a()", TestResult.FAILED).with(ReportSection.of("shop", recorded));
  }

  private static TestReport report(Conversation conversation) {
    return report(Recording.of(conversation));
  }

  @Test
  void tellsWhatATestHoldsThen() {
    try (Listener listener = Listener.playing("C: PING\nS: PONG").start();
        Tap tap = Tap.to(listener).start();
        Client client = Client.to(tap.address()).start()) {
      tap.hold(Side.SERVER);
      client.sendLine("PING");
      tap.awaitHeld(Side.SERVER, Duration.ofSeconds(10));
      assertThat(PageReader.of(report(tap)).data().toString())
          .contains("; held: 6 bytes of the server on connection 1");
    }
  }

  @Test
  void hasEachEventInItsPlace() {
    Conversation conversation =
        ConversationBuilder.tcp()
            .client("PING|")
            .server("+PO")
            .server("NG|")
            .fin(Side.CLIENT)
            .reset(Side.SERVER)
            .close()
            .conversation();
    assertThat(PageReader.of(report(conversation).failure("no\npong")).events())
        .containsExactly(
            "0 0 client opened: 127.0.0.1:40001 → 127.0.0.1:2525",
            "1000 0 client sent 6: PING\r\n",
            "2000 0 server sent 3: +PO",
            "3000 0 server sent 4: NG\r\n",
            "4000 0 client fin",
            "5000 0 server rst",
            "5000 -1 client end: no pong");
  }

  @Test
  void putsAllConnectionsOnOneTimeLine() {
    AtomicLong clock = new AtomicLong(7_000_000);
    Recorder first = new Recorder(clock::get);
    ConversationRecorder one = first.open(Transport.TCP, "a", "b");
    clock.addAndGet(1_000_000);
    Recorder second = new Recorder(clock::get);
    clock.addAndGet(1_000_000);
    ConversationRecorder two = second.open(Transport.TCP, "c", "d");
    two.recordSent(Side.CLIENT, Bytes.utf8("x").toBuffer());
    clock.addAndGet(1_000_000);
    one.recordSent(Side.SERVER, Bytes.utf8("y").toBuffer());
    TestReport report =
        report(first.recording()).with(ReportSection.of("stock", second.recording()));
    assertThat(PageReader.of(report.endedAt(11_000_000)).events())
        .containsExactly(
            "0 0 client opened: a → b",
            "2000 1 client opened: c → d",
            "2000 1 client sent 1: x",
            "3000 0 server sent 1: y",
            "4000 -1 client end");
  }

  @Test
  void showsWhatWasRecordedWhenTheSectionWasMade() {
    Recorder recorder = new Recorder(() -> 0);
    ConversationRecorder conversation = recorder.open(Transport.TCP, "a", "b");
    TestReport report = report(recorder.recording());
    conversation.recordSent(Side.CLIENT, Bytes.utf8("later").toBuffer());
    assertThat(PageReader.of(report).bytes()).isEmpty();
  }

  @Test
  void masksSecretsInBytesAndTextsAndKeepsTheirLength() {
    Conversation conversation = ConversationBuilder.tcp().client(LOGIN).conversation();
    TestReport report =
        report(conversation)
            .failure("refused: s3cr3t-t0k3n-9")
            .threads("at a (s3cr3t-t0k3n-9)")
            .sockets("curl -H s3cr3t-t0k3n-9");
    PageReader page = PageReader.of(report);
    assertThat(page.bytes()).contains("X-Api-Key: **************\r\n").doesNotContain("s3cr3t");
    assertThat(page.text("failure")).isEqualTo("refused: **************");
    assertThat(page.text("threads")).isEqualTo("at a (**************)");
    assertThat(page.data().toString()).doesNotContain("s3cr3t");
  }

  @Test
  void masksByTheRulesOfThePeer() {
    Conversation conversation = ConversationBuilder.tcp().client("id=4711|").conversation();
    class Peer implements Recorded, Redacted {
      @Override
      public Recording recording() {
        return Recording.of(conversation);
      }

      @Override
      public Redaction redaction() {
        return Redaction.standard().pattern("id=(\\d+)");
      }
    }
    assertThat(PageReader.of(report(new Peer())).bytes()).isEqualTo("id=****\r\n");
    assertThat(PageReader.of(report(conversation)).bytes()).isEqualTo("id=4711\r\n");
  }

  @Test
  void showsEveryByteOnlyWhenAskedTo() {
    Conversation conversation = ConversationBuilder.tcp().client(LOGIN).conversation();
    assertThat(PageReader.of(report(conversation).exact()).bytes()).contains("s3cr3t-t0k3n-9");
  }

  @Test
  void hasTheScriptWithItsCursorAndTheFirstDifference() {
    TestReport report = report(PlayedInMemory.withWrongSecondLine());
    Map<String, Object> section = PageReader.of(report).section(0);
    Map<String, Object> script = Json.object(Json.array(section.get("scripts")).get(0));
    assertThat(Json.array(script.get("rows")))
        .containsExactly(
            List.of("matched", "C: EHLO a"),
            List.of("sent", "S: 250 ok"),
            List.of("current", "C: QUIT"),
            List.of("pending", "S: 221 bye"));
    assertThat(script.get("summary"))
        .isEqualTo("failed, wrong bytes: expected C: QUIT, received C: QUOTA\\r\\n");
    assertThat(script.get("difference")).isEqualTo(10.0);
    assertThat(script.get("finished")).isEqualTo(false);
  }

  @Test
  void hasTheMarkThatAScriptStillAwaited() throws Exception {
    Map<String, Object> section = PageReader.of(ReportScenes.wrongOrder()).section(0);
    Map<String, Object> script = Json.object(Json.array(section.get("scripts")).get(1));
    assertThat(Json.array(script.get("rows")).subList(0, 2))
        .containsExactly(
            List.of("unmet", "await session-open"), List.of("current", "C: HELLO data 17"));
    assertThat(script.get("summary"))
        .isEqualTo(
            "failed, wrong bytes: expected C: HELLO data 17 after await session-open, which was not"
                + " met, received C: HELLO control\\r\\n");
  }

  @Test
  void doesNotSayOfAMarkThatWasSetThatItWasNotMet() throws IOException {
    Listener listener = Listener.playing("C: a\nmark greeted\nawait greeted\nC: b").start();
    try (listener;
        Client client = Client.to(listener.address()).start()) {
      client.sendLine("a");
      client.sendLine("c");
      listener.recording().awaitBytes(Side.CLIENT, 6, Duration.ofSeconds(5));
      Map<String, Object> section = PageReader.of(report(listener)).section(0);
      assertThat(section.get("scripts").toString()).doesNotContain("unmet", "not met");
    }
  }

  @Test
  void hasHowManyBytesATapHasPassedOn() throws Exception {
    Map<String, Object> connection =
        Json.object(PageReader.of(ReportScenes.lostAnswer()).list("connections").get(0));
    assertThat(connection.get("passed")).isEqualTo(List.of(-1.0, 0.0));
  }

  @Test
  void hasTheMarksOfScriptsOnTheTimeLine() throws IOException {
    Listener listener = Listener.playing("C: a\nmark greeted\nS: b").start();
    try (listener;
        Client client = Client.to(listener.address()).start()) {
      client.sendLine("a");
      client.expectLine("b");
      assertThat(PageReader.of(report(listener)).events())
          .extracting(line -> line.replaceAll("\\d+ (-?\\d) ", ""))
          .containsSubsequence("client sent 3: a\r\n", "client mark: greeted", "client end");
    }
  }

  @Test
  void saysWhereAScriptWaitsAndMasksItsSecrets() throws IOException {
    Listener listener = Listener.playing("C: PASS ${p}\nS: +OK\nC: STAT").start();
    try (listener;
        Client client = Client.to(listener.address()).start()) {
      client.sendLine("PASS hunter2secret");
      client.expectLine("+OK");
      PageReader page = PageReader.of(report(listener).failure("hunter2secret was wrong"));
      assertThat(page.events()).anyMatch(line -> line.endsWith("server wait: waits for C: STAT"));
      assertThat(page.bytes()).isEqualTo("PASS *************\r\n+OK\r\n");
      assertThat(page.data().toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void readsTheProtocolAndItsFlaws() {
    Conversation conversation =
        ConversationBuilder.tcp().client("*1|$4|PING|").server("+PO").conversation();
    Map<String, Object> connection =
        Json.object(PageReader.of(report(conversation)).list("connections").get(0));
    Map<String, Object> reading = Json.object(Json.array(connection.get("readings")).get(0));
    assertThat(reading.get("name")).isEqualTo("RESP");
    assertThat(Json.array(reading.get("parts")))
        .containsExactly(List.of(0.0, 0.0, 14.0, "client \"PING\""));
    assertThat(Json.array(reading.get("flaws")).toString()).contains("incomplete at byte 3");
  }

  @Test
  void writesTheMiddleOfManyBytesBesideThePage(@TempDir Path folder) throws IOException {
    ConversationBuilder builder = ConversationBuilder.tcp();
    for (int i = 0; i < 20; i++) {
      builder.server(Bytes.of(new byte[128 << 10]));
    }
    Path page = ReportPage.write(report(builder.conversation()), folder);
    assertThat(page).isEqualTo(folder.resolve("page.html")).isNotEmptyFile();
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "page.html",
            "page-2.js",
            "page-3.js",
            "page-4.js",
            "page-5.js",
            "page-6.js",
            "page-7.js");
    assertThat(Files.readString(folder.resolve("page-2.js")))
        .matches("partylineBlock\\(2,\"A+=*\"\\);\n");
  }

  @Test
  void leavesNothingOfTheLastPageBesideASmallerOne(@TempDir Path folder) throws IOException {
    Conversation large =
        ConversationBuilder.tcp().server(Bytes.of(new byte[3 << 20])).conversation();
    ReportPage.write(report(large), folder);
    ReportPage.write(report(ConversationBuilder.tcp().server("x").conversation()), folder);
    assertThat(folder.toFile().list()).containsExactly("page.html");
  }

  @Test
  void leavesOutTheMiddleOfTooManyEventsButNotWhereTheirBytesAre() {
    ConversationBuilder builder = ConversationBuilder.tcp();
    for (int i = 0; i < 200_100; i++) {
      builder.client("a");
    }
    PageReader page = PageReader.of(report(builder.client("last").conversation()));
    List<String> events = page.events();
    assertThat(events)
        .hasSizeLessThanOrEqualTo(200_001)
        .contains("200101000 0 client sent 4: last");
    assertThat(events).filteredOn(line -> line.contains("dropped")).hasSize(1);
    assertThat((Double) page.data().get("omittedEvents")).isGreaterThan(0);
  }

  @Test
  void allowsNothingButItsOwnStyleAndScript() {
    String policy = PageReader.of(report(ConversationBuilder.tcp().conversation())).policy();
    assertThat(policy)
        .startsWith("default-src 'none'; script-src 'sha256-")
        .contains("style-src 'sha256-", "base-uri 'none'", "form-action 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void linksFilesRelativeToThePage(@TempDir Path folder) {
    assertThat(PageLink.href(folder, folder.resolve("a b.wire"))).isEqualTo("./a%20b.wire");
    assertThat(PageLink.href(folder, folder.resolve("../x/javascript:y")))
        .isEqualTo("./../x/javascript:y");
    assertThat(PageLink.href(folder, folder.resolve("100%?#.wire")))
        .isEqualTo("./100%25%3F%23.wire");
    assertThat(PageLink.href(folder, folder.resolve("cafe\u0301.wire")))
        .as("letter and accent stay apart")
        .isEqualTo("./cafe%CC%81.wire");
  }

  @Test
  void givesAPageAndItsFilesAnotherName(@TempDir Path folder) throws IOException {
    Conversation large =
        ConversationBuilder.tcp().server(Bytes.of(new byte[3 << 19])).conversation();
    Files.writeString(folder.resolve("report-attempt-2-2.js"), "of another page");
    Path page = ReportPage.write(report(large), folder, "report");
    assertThat(page).isEqualTo(folder.resolve("report.html"));
    assertThat(ReportPage.write(report(large), folder, "report.html")).isEqualTo(page);
    assertThat(page).content().contains("\"blocks\":{\"name\":\"report\"");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "report.html", "report-2.js", "report-3.js", "report-attempt-2-2.js");
  }
}
