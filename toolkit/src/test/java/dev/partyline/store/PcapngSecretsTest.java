package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapngSecretsTest extends CaptureFolder {
  @Test
  void secretsAreMaskedUnlessTheRecordingIsExact() throws IOException {
    String request = "GET / HTTP/1.1\r\nAuthorization: Bearer 0123456789\r\n\r\n";
    open().recordSent(Side.CLIENT, bytes(request));
    String masked = request.replace("Bearer 0123456789", "*".repeat(17));

    assertThat(sent(write())).isEqualTo(masked);
    assertThat(Tshark.run(write(), "-V")).doesNotContain("0123456789");
    assertThat(section(write())).contains("secrets are masked");

    Path exact = folder.resolve("exact.pcapng");
    Pcapng.write(recorder.recording().exact(), exact);
    assertThat(sent(exact)).isEqualTo(request);
    assertThat(section(exact)).contains("secrets are not masked");

    assertThat(sent(write(STANDARD.redacting(Redaction.none())))).isEqualTo(request);
    assertThat(sent(write(STANDARD.redacting(Redaction.none().pattern("GET"))))).startsWith("***");
  }

  @Test
  void aSecretInSeveralChunksIsMaskedInEach() throws IOException {
    ConversationRecorder conversation = open();
    for (String part :
        List.of("GET / HTTP/1.1\r\nCook", "ie: session=01", "234", "56789\r\n\r\n")) {
      conversation.recordSent(Side.CLIENT, bytes(part));
    }
    assertThat(sent(write())).contains("Cookie: ").doesNotContain("01").doesNotContain("234");
  }

  @Test
  void theMiddleOfALongConnectionIsLeftOutOnlyWhenItIsMasked() throws IOException {
    ConversationRecorder conversation = open();
    for (int i = 0; i < 9; i++) {
      conversation.recordSent(Side.SERVER, ByteBuffer.allocate(1 << 20));
    }
    Path file = write();
    assertThat(Files.size(file)).isBetween(8L << 20, (8L << 20) + (1 << 17));
    assertThat(comments(file)).contains("1048576 bytes of the server are left out");

    Pcapng.write(recorder.recording().exact(), file);
    assertThat(Files.size(file)).isGreaterThan(9L << 20);
    assertThat(comments(file)).doesNotContain("left out");
  }

  @Test
  void theMiddleOfManyDatagramsIsLeftOutOnlyWhenItIsMasked() throws IOException {
    ConversationRecorder conversation = recorder.open(Transport.UDP, "[::1]:5100", "[::1]:5200");
    for (int i = 0; i < 150; i++) {
      conversation.recordSent(Side.CLIENT, ByteBuffer.allocate(65_000));
    }
    Path file = write();
    assertThat(Tshark.fields(file, "udp", "udp.length")).hasSize(128).containsOnly("65008");
    assertThat(comments(file)).contains(22 * 65_000 + " bytes of the client are left out");

    Pcapng.write(recorder.recording().exact(), file);
    assertThat(Tshark.fields(file, "udp", "udp.length")).hasSize(150);
  }
}
