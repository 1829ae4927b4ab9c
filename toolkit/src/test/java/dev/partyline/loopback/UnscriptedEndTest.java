package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What our end sends by itself is not shown as if the script had asked for it. */
@SuppressWarnings("try")
@Timeout(30)
class UnscriptedEndTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void a_fin_after_a_stall_is_marked() throws IOException {
    Recording recording;
    try (Listener listener = Listener.playing("C: a\nS! stall\n").start();
        Socket client = new Socket(listener.host(), listener.port())) {
      recording = listener.recording();
      client.getOutputStream().write("a\r\n".getBytes(US_ASCII));
      assertThat(recording.await(() -> recording.byteCount(Side.CLIENT) == 3, SOON)).isTrue();
    }
    assertThat(lastEndOf(recording).cause()).isEqualTo("closed by the test");
    assertThat(Transcript.plain(recording.conversations().get(0)))
        .endsWith("C: a\n# closed by the test\nS! finish\n");
  }

  @Test
  void an_rst_of_bytes_that_were_not_taken_is_marked() throws IOException {
    String flood = "C: go\nrepeat 4000\n  S: " + "x".repeat(4_096) + "\n";
    Recording recording;
    try (Listener listener = Listener.playing(flood).start();
        Socket client = new Socket(listener.host(), listener.port())) {
      recording = listener.recording();
      client.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      recording.awaitIdle(Duration.ofMillis(100), SOON);
      listener.close();
      assertThat(lastEndOf(recording).kind()).isEqualTo(Termination.Kind.RST);
      assertThat(lastEndOf(recording).cause()).isEqualTo("closed by the test");
    }
  }

  @Test
  void a_fin_of_the_script_is_its_own() throws IOException {
    try (Listener listener = Listener.playing("S: bye\nS! close\n").start();
        Socket client = new Socket(listener.host(), listener.port())) {
      assertThat(client.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("bye\r\n");
      listener.close();
      assertThat(lastEndOf(listener.recording()).cause()).isEmpty();
    }
  }

  @Test
  void an_end_after_a_failure_is_marked_over_udp_too() {
    try (Listener listener = Listener.playing("C: a\n").over(Transport.UDP).start();
        Client client = Client.to(listener.address()).over(Transport.UDP).start()) {
      client.sendLine("b");
      Recording recording = listener.recording();
      assertThat(
              recording.await(
                  () ->
                      recording.connections() == 1
                          && !recording.conversations().get(0).ledger().isEmpty(),
                  SOON))
          .isTrue();
      assertThat(lastEndOf(recording).cause()).isEqualTo("because the script failed");
    }
  }

  private static Termination lastEndOf(Recording recording) {
    Conversation conversation = recording.conversations().get(0);
    return conversation.ledger().get(conversation.ledger().size() - 1);
  }
}
