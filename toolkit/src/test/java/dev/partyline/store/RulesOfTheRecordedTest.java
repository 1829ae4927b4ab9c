package dev.partyline.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redacted;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.ReplayScript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener or a tap says of its secrets holds for the files that are made of it. */
class RulesOfTheRecordedTest {
  private static final Recording RECORDING =
      Recording.of(
          Conversation.of(
              List.of(
                  new Event.Sent(
                      Side.CLIENT,
                      0,
                      Bytes.utf8("GET / HTTP/1.1\r\nHost: shop\r\nX-Card: 4711\r\n\r\n")))));

  @TempDir private Path folder;

  /** Something with rules of its own. */
  private record Peer(Recording recording, Redaction redaction) implements Recorded, Redacted {}

  private final Peer peer = new Peer(RECORDING, Redaction.standard().headers("X-Card"));

  private static String text(Path file) throws IOException {
    return Files.readString(file, ISO_8859_1);
  }

  @Test
  void aCaptureIsMaskedByThem() throws IOException {
    Path file = folder.resolve("shop.pcapng");
    Pcapng.write(peer, file);
    assertThat(text(file)).contains("X-Card: ****");
    Pcapng.write(peer, file, PcapngOptions.standard().redacting(Redaction.standard()));
    assertThat(text(file)).contains("X-Card: 4711");
    Pcapng.write(RECORDING, file);
    assertThat(text(file)).contains("X-Card: 4711");
    Pcapng.write(new Peer(RECORDING, Redaction.none()), file);
    assertThat(text(file)).contains("secrets are not masked");
  }

  @Test
  void httpForABrowserIsMaskedByThem() throws IOException {
    Path file = folder.resolve("shop.har");
    Har.write(peer, file);
    assertThat(text(file)).contains("\"****\"").doesNotContain("4711");
    Har.write(peer, file, HarOptions.standard().redacting(Redaction.standard()));
    assertThat(text(file)).contains("4711");
    Har.write(RECORDING, file);
    assertThat(text(file)).contains("4711");
  }

  @Test
  void transcriptsInFilesAreMaskedByThem() throws IOException {
    TranscriptFiles files = TranscriptFiles.in(folder);
    assertThat(text(files.write(peer).get(0))).contains("X-Card: ****");
    assertThat(text(files.redacting(Redaction.none()).write(peer).get(0))).contains("4711");
    assertThat(text(files.write(RECORDING).get(0))).contains("4711");
  }

  @Test
  void aScriptToReplayIsMaskedByThem() {
    assertThat(ReplayScript.of(peer).text()).doesNotContain("4711");
    assertThat(ReplayScript.of(RECORDING).text()).contains("4711");
  }
}
