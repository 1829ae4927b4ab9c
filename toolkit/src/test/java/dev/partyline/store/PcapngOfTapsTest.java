package dev.partyline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.script.Script;
import dev.partyline.weather.Weather;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of what taps have recorded. */
class PcapngOfTapsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RESET = "Connection reset (RST)";

  @TempDir private Path folder;

  @Test
  void whatAFaultDidIsACommentOnAPacket() throws IOException {
    Script shop = Script.parse("C: tea\nS: 3.50\nC! close\n");
    try (Listener server = Listener.playing(shop).start();
        Tap tap =
            Tap.to(server.port()).in(Weather.parse("cut after 2 bytes from server")).start()) {
      talk(tap);
      assertThat(comments(tap)).anyMatch(comment -> comment.contains("cut after 2 bytes"));
    }
  }

  @Test
  void aServerThatIsNotThereHasRefusedTheConnection() throws IOException {
    try (PortLease nothing = Ports.reserve();
        Tap tap = Tap.to(nothing.port()).start()) {
      talk(tap);
      assertThat(comments(tap)).anyMatch(comment -> comment.contains("refused"));
    }
  }

  private static void talk(Tap tap) throws IOException {
    try (Socket client = new Socket(tap.host(), tap.port())) {
      client.getOutputStream().write("tea\r\n".getBytes(UTF_8));
      client.getInputStream().readAllBytes();
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching("(?i).*(reset|abort|broken pipe).*");
    }
    tap.recording().awaitClosed(SOON);
  }

  private List<String> comments(Tap tap) throws IOException {
    Path file = folder.resolve("tap.pcapng");
    Pcapng.write(tap.recording(), file);
    assertThat(Tshark.warnings(file)).isSubsetOf(RESET);
    return Tshark.fields(file, "frame.comment", "frame.comment");
  }
}
