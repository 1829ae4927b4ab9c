package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clients of a UDP listener, which are addresses. */
@Timeout(60)
class DatagramClientsTest {
  private static final int MAX_CLIENTS = 1_000;
  private static final Duration LONG = Duration.ofMinutes(5);

  private static DatagramSocket client() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(DatagramSocket client, Listener listener, String text)
      throws IOException {
    byte[] bytes = text.getBytes(US_ASCII);
    client.send(new DatagramPacket(bytes, bytes.length, listener.address()));
    listener.drainInput();
  }

  private static Listener playing(String script) {
    return Listener.playing(script).over(Transport.UDP).deadline(LONG).start();
  }

  @Test
  void a_datagram_after_the_end_of_the_script_is_one_too_many() throws IOException {
    try (Listener listener = playing("C| time?\nS| noon\nS! close");
        DatagramSocket client = client()) {
      send(client, listener, "time?");
      assertThat(listener.runs()).extracting(ScriptRun::done).containsExactly(true);
      send(client, listener, "again");
      assertThat(listener.runs()).hasSize(1);
      assertThat(listener.runs().get(0).endReason()).contains(EndReason.EXTRA_BYTES);
      assertThat(listener.runs().get(0).problem())
          .isEqualTo("the client went on after the end of the script");
      assertThat(listener.recording().conversations()).hasSize(1);
      assertThat(listener.recording().byteCount(Side.CLIENT)).isEqualTo(10);
    }
  }

  @Test
  void another_client_is_one_connection_too_many() throws IOException {
    try (Listener listener = playing("C| time?\nS| noon\nS! close");
        DatagramSocket client = client();
        DatagramSocket other = client()) {
      send(client, listener, "time?");
      send(other, listener, "time?");
      assertThat(listener.runs().get(0).done()).isTrue();
      assertThat(listener.runs().get(1).endReason()).contains(EndReason.EXTRA_CONNECTION);
    }
  }

  @Test
  void a_datagram_after_the_end_of_a_block_is_for_the_next_one() throws IOException {
    try (Listener listener = playing("every connection\n  C| time?\n  S| noon\n  S! close");
        DatagramSocket client = client()) {
      send(client, listener, "time?");
      send(client, listener, "time?");
      assertThat(listener.runs()).extracting(ScriptRun::done).containsExactly(true, true);
    }
  }

  @Test
  void the_most_silent_of_more_than_a_thousand_is_ended_and_says_so() throws IOException {
    List<DatagramSocket> clients = new ArrayList<>();
    try (Listener listener = playing("every connection\n  C| a\n  cut\n  C| b")) {
      for (int i = 0; i < MAX_CLIENTS; i++) {
        // Closed at the end, because the system gives a free port to another client.
        clients.add(client());
        send(clients.get(i), listener, "a");
      }
      send(clients.get(0), listener, "b");
      clients.add(client());
      send(clients.get(MAX_CLIENTS), listener, "a");
      List<Conversation> all = listener.recording().conversations();
      assertThat(all.stream().filter(Conversation::isOpen)).hasSize(MAX_CLIENTS);
      assertThat(all.get(1).isOpen()).isFalse();
      assertThat(all.get(1).notes())
          .extracting(Note::text)
          .containsExactly(
              "the listener serves 1000 clients, and this one was silent for longest when another"
                  + " came");
      assertThat(listener.runs().get(0).done()).isTrue();
      assertThat(listener.runs().get(1).problem())
          .isEqualTo(
              "the listener ended the connection for another client before the script ended");
    } finally {
      clients.forEach(DatagramSocket::close);
    }
  }

  @Test
  void a_handler_whose_client_is_ended_ends_too() throws IOException {
    Handler echo =
        connection -> {
          while (true) {
            connection.send(connection.readAvailable());
          }
        };
    try (Listener listener = Listener.handling(echo).over(Transport.UDP).deadline(LONG).start()) {
      for (int i = 0; i < MAX_CLIENTS + 100; i++) {
        try (DatagramSocket client = client()) {
          send(client, listener, "a");
          client.receive(new DatagramPacket(new byte[9], 9));
        }
      }
      while (handlerThreads() > MAX_CLIENTS) {
        Thread.onSpinWait();
      }
      assertThat(listener.backgroundFailures()).isEmpty();
    }
  }

  private static long handlerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("partyline-handler"))
        .count();
  }
}
