package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.report.ReportPage;
import dev.partyline.report.ReportSection;
import dev.partyline.report.TestReport;
import dev.partyline.report.TestResult;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.store.Har;
import dev.partyline.store.Pcapng;
import dev.partyline.store.TranscriptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token of the first connection, which the second one sends under no name. */
class SecretsOfOtherConnectionsTest {
  private static final String TOKEN = "Zx81-9aQ7";

  @TempDir private Path folder;
  private Listener shop = Listener.playing("").start();

  @BeforeEach
  void useTheTokenOfOneConnectionOnAnother() {
    shop.close();
    shop =
        Listener.playing(
                """
                connection
                  C: GET /login HTTP/1.1
                  C:
                  S: HTTP/1.1 200 OK
                  S: X-Auth-Token: Zx81-9aQ7
                  S: Content-Length: 0
                  S:
                connection
                  C: GET /other/ HTTP/1.1
                """)
            .start();
    try (Client client = Client.to(shop.address()).start()) {
      client.send("GET /login HTTP/1.1\r\n\r\n");
      client.expect("HTTP/1.1 200 OK\r\nX-Auth-Token: " + TOKEN + "\r\nContent-Length: 0\r\n\r\n");
    }
    try (Client client = Client.to(shop.address()).start()) {
      client.send("GET /use/" + TOKEN + "/ HTTP/1.1\r\n\r\n");
      assertThat(
              shop.recording()
                  .await(
                      () -> shop.runs().stream().anyMatch(ScriptRun::failed),
                      Duration.ofSeconds(10)))
          .isTrue();
    }
    shop.drainInput();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void aFailureDoesNotShowIt() {
    assertThat(FailureText.of(shop)).contains("C: GET /use/*********/").doesNotContain(TOKEN);
  }

  @Test
  void noFileHasIt() throws IOException {
    TranscriptFiles.in(folder.resolve("wire")).write(shop);
    assertThat(read("wire/connection-2.wire")).contains("/use/*********/").doesNotContain(TOKEN);
    Har.write(shop.recording(), folder.resolve("shop.har"));
    assertThat(read("shop.har")).contains("/use/*********/").doesNotContain(TOKEN);
    Pcapng.write(shop.recording(), folder.resolve("shop.pcapng"));
    assertThat(read("shop.pcapng")).contains("/use/*********/").doesNotContain(TOKEN);
  }

  @Test
  void aPageDoesNotShowIt() throws IOException {
    TestReport report =
        TestReport.of("ATest.a()", TestResult.FAILED).with(ReportSection.of("shop", shop));
    String page = Files.readString(ReportPage.write(report, folder));
    assertThat(page).contains("*********").doesNotContain(TOKEN);
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file), ISO_8859_1);
  }
}
