package dev.partyline.loopback;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static dev.partyline.loopback.TenBytes.connect;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.tls.Tls;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What foreign peers see of what a test holds in a tap. */
@SuppressWarnings("try")
@Timeout(60)
class HoldingTapTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static List<String> notes(Tap tap) {
    return tap.recording().conversations().get(0).notes().stream().map(Note::text).toList();
  }

  @Test
  void an_answer_of_http_comes_when_it_is_released() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    try (Listener server =
            Listener.playing(
                    """
                    C: GET / HTTP/1.1
                    C: ...
                    C:
                    S: HTTP/1.1 200 OK
                    S: Content-Length: 2
                    S:
                    S| hi
                    """)
                .start();
        Tap tap = Tap.to(server).start()) {
      tap.hold(Side.SERVER);
      CompletableFuture<HttpResponse<String>> answer =
          http.sendAsync(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tap.port() + "/"))
                  .version(HttpClient.Version.HTTP_1_1)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      tap.awaitHeld(Side.SERVER, SOON);
      assertThat(answer).isNotDone();
      tap.release(Side.SERVER);
      assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("hi");
    }
  }

  @Test
  void a_reply_is_let_go_after_the_close() throws IOException {
    try (Listener server = Listener.playing("C: go\nS| 0123456789").start();
        Tap tap = Tap.to(server).start()) {
      tap.hold(Side.SERVER);
      try (Socket socket = connect(tap)) {
        socket.getOutputStream().write("go\r\n".getBytes(US_ASCII));
        tap.awaitHeld(Side.SERVER, SOON);
      }
      assertThat(tap).within(SOON).client().sentFin();
      assertThat(tap.weatherReport().passedBytes(1, Side.SERVER)).hasValue(0);
      tap.release(Side.SERVER);
      tap.recording().awaitClosed(SOON);
      assertThat(tap.weatherReport().passedBytes(1, Side.SERVER)).hasValue(10);
    }
  }

  @Test
  void a_client_reads_step_by_step() throws IOException {
    try (Listener server = Listener.playing("C: go\nS| one\nawait two\nS| two\nS! close").start();
        Tap tap = Tap.to(server).start();
        Socket socket = connect(tap)) {
      InputStream in = socket.getInputStream();
      byte[] room = new byte[64];
      tap.hold(Side.SERVER);
      socket.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      tap.awaitHeld(Side.SERVER, SOON);
      server.marks().mark("two");
      assertThat(tap).within(SOON).server().sentFin();
      assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("one");
      assertThat(in.read(room)).isEqualTo(3);
      assertThat(in.available()).isZero();
      assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("two");
      assertThat(in.read(room)).isEqualTo(3);
      assertThat(tap.step(Side.SERVER).isEmpty()).isTrue();
      assertThat(in.read(room)).isEqualTo(-1);
      assertThat(notes(tap))
          .containsExactly(
              "held from here on: bytes 0 to 2 of the server",
              "a step passes on bytes 0 to 2 of the server",
              "a step passes on bytes 3 to 5 of the server",
              "a step passes on the FIN of the server");
    }
  }

  @Test
  void a_frozen_connection_stands_still_and_the_other_goes_on() throws IOException {
    try (Listener server = Listener.playing(TenBytes.SERVER).start();
        Tap tap = Tap.to(server).start();
        Socket frozen = connect(tap)) {
      assertThat(tap.recording().await(() -> tap.recording().connections() == 1, SOON)).isTrue();
      tap.freeze(1);
      frozen.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      tap.awaitHeld(Side.CLIENT, SOON);
      assertThat(TenBytes.ask(tap)).isEqualTo("0123456789");
      assertThat(server).connection(1).client().sentNothing();
      tap.thaw();
      assertThat(frozen.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("0123456789");
    }
  }

  @Test
  void the_plain_text_of_tls_is_held() {
    String script = "C: PING\nS: PONG\nC! close\nS! close";
    try (Listener server = Listener.playing(script).tls(Tls.standard()).start();
        Tap tap = Tap.to(server).decrypting().start();
        Client client = Client.to(tap.address()).tls(Tls.standard()).start()) {
      tap.hold(Side.SERVER);
      client.sendLine("PING");
      assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("PONG\r\n");
      client.expectLine("PONG");
      client.shutdownOutput();
      tap.awaitHeld(Side.SERVER, SOON);
      tap.release(Side.SERVER);
      assertThat(client.readToEnd().isEmpty()).isTrue();
    }
  }

  @Test
  void datagrams_are_let_go_one_by_one() throws IOException {
    try (Listener server =
            Listener.playing("C| go\nS| one\ncut\nS| two\ncut\nS| three")
                .over(Transport.UDP)
                .start();
        Tap tap = Tap.to(server).start();
        DatagramSocket socket = new DatagramSocket()) {
      socket.connect(tap.address());
      socket.setSoTimeout(10_000);
      tap.hold(Side.SERVER);
      socket.send(new DatagramPacket("go".getBytes(US_ASCII), 2));
      assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("one");
      assertThat(receive(socket)).isEqualTo("one");
      assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("two");
      tap.release(Side.SERVER);
      assertThat(receive(socket)).isEqualTo("two");
      assertThat(receive(socket)).isEqualTo("three");
    }
  }

  private static String receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[64], 64);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
  }

  @Test
  void a_tap_that_closes_names_what_it_holds() throws IOException {
    try (Listener server = Listener.playing(TenBytes.SERVER).start();
        Tap tap = Tap.to(server).start();
        Socket socket = connect(tap)) {
      tap.hold(Side.SERVER);
      socket.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      assertThat(tap).within(SOON).server().sentFin();
      tap.close();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThat(notes(tap))
          .contains("held to the end, and not passed on: bytes 0 to 9 and the FIN of the server");
      assertThat(tap.weatherReport().passedBytes(1, Side.SERVER)).hasValue(0);
    }
  }

  @Test
  void nothing_is_held_of_a_tap_that_is_closed() throws IOException {
    try (Listener server = Listener.playing(TenBytes.SERVER).start();
        Tap tap = Tap.to(server).start()) {
      tap.hold(Side.SERVER);
      tap.close();
      assertThatIllegalStateException()
          .isThrownBy(tap::freeze)
          .withMessageStartingWith(tap + " is closed, so nothing of it can be held");
      assertThatIllegalStateException().isThrownBy(() -> tap.step(Side.SERVER));
    }
  }

  @Test
  void a_connection_that_was_reset_while_it_was_held_is_not_waited_for() throws IOException {
    try (Listener server = Listener.playing("C: go\nS| 0123456789").start();
        Tap tap = Tap.to(server).start();
        Socket socket = connect(tap)) {
      tap.hold(Side.SERVER);
      socket.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      tap.awaitHeld(Side.SERVER, SOON);
      socket.setSoLinger(true, 0);
      socket.close();
      tap.recording().awaitClosed(SOON);
      assertThatThrownBy(() -> tap.awaitHeld(Side.SERVER, Duration.ofDays(1), 1))
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              "nothing of the server was held on connection 1: connection 1 has ended; held to the"
                  + " end, and not passed on: bytes 0 to 9 of the server on connection 1");
    }
  }

  @Test
  void datagrams_that_a_tap_holds_to_its_end_are_named() throws IOException {
    try (Listener server = Listener.silent().over(Transport.UDP).start();
        Tap tap = Tap.to(server).start();
        DatagramSocket socket = new DatagramSocket()) {
      tap.freeze();
      socket.connect(tap.address());
      socket.send(new DatagramPacket("go".getBytes(US_ASCII), 2));
      tap.awaitHeld(Side.CLIENT, SOON);
      tap.close();
      assertThat(notes(tap))
          .contains("held to the end, and not passed on: datagram 1 of the client");
    }
  }

  @Test
  void a_mark_lets_go_what_a_tap_holds() {
    try (Listener primary = Listener.playing("C: SET\nmark saved\nS: OK").start();
        Listener replica = Listener.playing("C: GET\nS: 42").start();
        Tap tap = Tap.to(replica).start();
        Client reader = Client.to(tap.address()).start();
        Client writer = Client.to(primary.address()).start()) {
      tap.hold(Side.SERVER);
      primary.marks().addListener(() -> tap.release(Side.SERVER));
      reader.sendLine("GET");
      tap.awaitHeld(Side.SERVER, SOON);
      writer.sendLine("SET");
      reader.expectLine("42");
      writer.expectLine("OK");
    }
  }
}
