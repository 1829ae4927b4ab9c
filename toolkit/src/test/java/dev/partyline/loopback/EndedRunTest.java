package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.wire.RecordingPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener keeps of a run whose connection is closed. */
@SuppressWarnings("try")
@Timeout(60)
class EndedRunTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static void talk(Listener listener, byte[] bytes) throws IOException {
    try (Socket client = new Socket(InetAddress.getByName(listener.host()), listener.port())) {
      client.getOutputStream().write(bytes);
      client.shutdownOutput();
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      // A script that fails resets the connection.
      assertThat(e).hasMessageMatching("Connection reset.*|Broken pipe");
    }
  }

  private static void awaitEnds(Listener listener, int count) {
    boolean ended =
        listener
            .recording()
            .await(
                () ->
                    listener.runs().stream().filter(run -> run.endReason().isPresent()).count()
                        == count,
                SOON);
    assertThat(ended).as("%s", listener.runs()).isTrue();
  }

  @Test
  void it_has_its_result_its_values_and_its_cursor() throws IOException {
    try (Listener listener =
        Listener.playing("every connection\n  C: HELO ${name}\n  S: hi\n  C: QUIT").start()) {
      talk(listener, "HELO a\r\nQUIT\r\n".getBytes(US_ASCII));
      talk(listener, "HELO b\r\nSTAY\r\n".getBytes(US_ASCII));
      awaitEnds(listener, 2);
      assertThat(listener.runs())
          .extracting(ScriptRun::endReason)
          .containsExactly(Optional.of(EndReason.FINISHED), Optional.of(EndReason.WRONG_BYTES));
      assertThat(listener.runs())
          .extracting(ScriptRun::values)
          .containsExactly(Map.of("name", "a"), Map.of("name", "b"));
      assertThat(listener.cursor(1).rows())
          .extracting(Cursor.Row::state)
          .containsExactly(Cursor.State.MATCHED, Cursor.State.SENT, Cursor.State.MATCHED);
      assertThat(FailureText.of(listener))
          .contains("connection 2")
          .contains("> here      C: QUIT")
          .contains("received  C: STAY")
          .contains("first difference, byte 8");
    }
  }

  @Test
  void failed_runs_do_not_keep_what_their_clients_sent() throws IOException {
    byte[] wrong = new byte[200_000];
    RecordingPolicy policy = RecordingPolicy.headAndTail(16, 16).inMemory(1 << 20);
    int count = 500;
    try (Listener listener =
        Listener.playing("every connection\n  C: HELO").keeping(policy).start()) {
      talk(listener, wrong);
      long before = usedMemory();
      for (int i = 1; i < count; i++) {
        talk(listener, wrong);
      }
      awaitEnds(listener, count);
      long perRun = (usedMemory() - before) / count;
      assertThat(perRun)
          .as("heap bytes of each run, which held up to 256 KiB of its input")
          .isLessThan(8_000);
    }
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
