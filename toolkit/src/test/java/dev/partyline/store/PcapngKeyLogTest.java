package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.peers.Program;
import dev.partyline.script.Script;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tap that does not decrypt, and the keys of the client, in one file. */
class PcapngKeyLogTest {
  private static final Script SHOP = Script.parse("C: tea, please\nS: 3.50\nS! close\n");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void tsharkDecryptsWithNothingButTheFile(String version) throws IOException {
    Path keys = folder.resolve("keys.log");
    Path file = folder.resolve("shop.pcapng");
    try (Listener server = Listener.playing(SHOP).tls(Tls.standard()).start();
        Tap tap = Tap.to(server.port()).start()) {
      String address = tap.host() + ":" + tap.port();
      Program.run(
          "tea, please\r\n",
          "openssl",
          "s_client",
          "-quiet",
          version,
          "-keylogfile",
          keys,
          "-connect",
          address);
      Recording recording = tap.recording();
      recording.awaitClosed(Duration.ofSeconds(30));
      assertThat(recording.conversations().get(0).indexOf(Side.CLIENT, Bytes.utf8("tea"), 0))
          .isNegative();
      Pcapng.write(recording, file, PcapngOptions.standard().keyLog(Files.readString(keys)));
    }

    assertThat(Tshark.run(file, "-q", "-z", "follow,tls,ascii,0")).contains("tea, please", "3.50");
    assertThat(Tshark.warnings(file)).isSubsetOf("Connection reset (RST)");
    assertThat(Program.run("", "capinfos", "-k", file)).contains("has the keys of TLS sessions");
  }

  @Test
  void whatAListenerHasDecryptedIsWrittenInPlain() throws IOException {
    Path file = folder.resolve("shop.pcapng");
    try (Listener server = Listener.playing(SHOP).tls(Tls.standard()).start();
        Client client = Client.to(server.address()).tls(Tls.standard()).start()) {
      client.sendLine("tea, please");
      client.expectLine("3.50");
      Pcapng.write(server.recording(), file);
    }

    assertThat(Tshark.follow(file, "tcp", 1).get(0))
        .containsEntry(Side.CLIENT, Bytes.utf8("tea, please\r\n"))
        .containsEntry(Side.SERVER, Bytes.utf8("3.50\r\n"));
    assertThat(Tshark.fields(file, "frame.comment", "frame.comment").toString())
        .contains("sent under TLS, and written as the decrypted streams")
        .contains("TLS with the client: TLSv1.3");
  }

  @Test
  void aLineThatIsNoKeyIsAnError() {
    PcapngOptions options = PcapngOptions.standard();
    for (String keyLog : List.of("CLIENT_RANDOM", "CLIENT_RANDOM ab xy", "ab cd ef gh")) {
      assertThatThrownBy(() -> options.keyLog("# a comment\r\n" + keyLog))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 2 of the key log must have a label");
    }
  }
}
