package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Script;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import dev.partyline.weather.Hit;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Taps with so many connections that a second loop serves some of them. */
@Timeout(60)
class TapManyConnectionsTest {
  private static final int MANY = 20;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Script PING =
      Script.parse("every connection\n  repeat\n    C: PING\n    S: +PONG\n");

  private final List<Socket> clients = new ArrayList<>();
  private Listener server;
  private Tap tap;

  @BeforeEach
  void open() throws IOException {
    server = Listener.playing(PING).start();
    tap = Tap.to(server).start();
    for (int i = 0; i < MANY; i++) {
      Socket client = new Socket(InetAddress.getByName(tap.host()), tap.port());
      client.setSoTimeout((int) SOON.toMillis());
      clients.add(client);
    }
  }

  @AfterEach
  void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    tap.close();
    server.close();
  }

  @Test
  void connections_are_numbered_in_order_and_recorded_separately() throws Exception {
    for (Socket client : clients) {
      ping(client);
    }
    List<Conversation> all = tap.recording().conversations();
    assertThat(all).extracting(Conversation::number).isSorted().hasSize(MANY);
    for (int i = 0; i < MANY; i++) {
      assertThat(all.get(i).address(Side.CLIENT)).endsWith(":" + clients.get(i).getLocalPort());
      assertThat(all.get(i).bytes(Side.SERVER)).isEqualTo(Bytes.utf8("+PONG\r\n"));
    }
  }

  @Test
  void draining_input_waits_for_both_loops() throws Exception {
    for (Socket client : clients) {
      client.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
    }
    tap.drainInput();
    assertThat(tap.recording().byteCount(Side.CLIENT)).isEqualTo(MANY * 6L);
  }

  @Test
  void a_fault_that_is_injected_affects_all_of_them() throws Exception {
    for (Socket client : clients) {
      ping(client);
    }
    Fault delay = Fault.delay(Duration.ofMillis(1)).from(Side.SERVER);
    FaultGuard guard = tap.inject(delay);
    for (Socket client : clients) {
      ping(client);
    }
    guard.close();
    assertThat(tap.weatherReport().hits(delay)).extracting(Hit::connection).hasSize(MANY);
  }

  @Test
  void closing_closes_all_of_them() throws Exception {
    for (Socket client : clients) {
      ping(client);
    }
    tap.close();
    for (Socket client : clients) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    tap.recording().awaitClosed(SOON);
  }

  private static void ping(Socket client) throws IOException {
    client.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
    assertThat(client.getInputStream().readNBytes(7)).asString(US_ASCII).isEqualTo("+PONG\r\n");
  }
}
