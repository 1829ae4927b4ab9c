package dev.partyline.samples.captures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.peers.Program;
import dev.partyline.store.Pcapng;
import dev.partyline.store.PcapngOptions;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark decrypts what a tap has passed on encrypted. */
class DecryptingCapturesTest {
  @TempDir private Path folder;

  @Test
  void theKeysOfTheClientAreInTheFile() throws IOException {
    Path keyLog = folder.resolve("keys.log");
    Path file = folder.resolve("tea.pcapng");
    try (Listener shop =
            Listener.playing("C: Cookie: a=12345\nS: 3.50\nS! close").tls(Tls.standard()).start();
        Tap tap = Tap.to(shop.port()).start()) {
      String address = tap.host() + ":" + tap.port();
      String order = "Cookie: a=12345\r\n";
      Program.run(
          order, "openssl", "s_client", "-quiet", "-keylogfile", keyLog, "-connect", address);
      tap.recording().awaitClosed(Duration.ofSeconds(30));
      // tag::keys[]
      PcapngOptions options = PcapngOptions.standard().keyLog(Files.readString(keyLog));
      Pcapng.write(tap, file, options);
      // end::keys[]
      assertThat(followed(file, "tls")).contains("Cookie: a=12345");

      Pcapng.write(shop, file);
      assertThat(followed(file, "tcp")).contains("Cookie: a=*****");

      // tag::exact[]
      Pcapng.write(shop.recording().exact(), file);
      // end::exact[]
      assertThat(followed(file, "tcp")).contains("Cookie: a=12345");
    }
  }

  private static String followed(Path file, String protocol) {
    return Program.run("", "tshark", "-r", file, "-q", "-z", "follow," + protocol + ",ascii,0");
  }
}
