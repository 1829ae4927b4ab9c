package dev.partyline.loopback;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.tls.Tls;
import dev.partyline.weather.ThreadWeather;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What peers of a listener or a client see of its weather. */
@Timeout(30)
class EndpointWeatherTest {
  private static final String SCRIPT = "C: PING\nS: PONG\nS! close";

  private static final Duration SOON = Duration.ofSeconds(10);

  private static Listener listener(String script, String weather) {
    return Listener.playing(script).in(Weather.parse(weather)).start();
  }

  private static Socket connect(Listener listener) throws IOException {
    return new Socket(listener.host(), listener.port());
  }

  private static List<String> reads(InputStream in) throws IOException {
    List<String> reads = new ArrayList<>();
    byte[] room = new byte[64];
    for (int count = in.read(room); count >= 0; count = in.read(room)) {
      reads.add(new String(room, 0, count, US_ASCII));
    }
    return reads;
  }

  @Test
  void a_client_reads_what_a_listener_sends_in_slices() throws IOException {
    try (Listener listener = listener(SCRIPT, "slice 1 from server");
        Socket socket = connect(listener)) {
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      assertThat(reads(socket.getInputStream())).containsExactly("P", "O", "N", "G", "\r", "\n");
      assertThat(listener).within(SOON).finishedScript();
      assertThat(listener.weather()).hasHit("slice", 5);
    }
  }

  @Test
  void a_listener_that_reads_slowly_takes_less_than_one_that_stalls() throws IOException {
    assertThat(takenBytes("slow read 9m from client")).isLessThan(takenBytes("stall from client"));
  }

  private static int takenBytes(String weather) throws IOException {
    try (Listener listener = listener("C| ${*:65536 bytes}", weather);
        SocketChannel channel = SocketChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, 16 << 10);
      channel.connect(listener.address());
      channel.configureBlocking(false);
      return IntStream.range(0, 64).map(i -> write(channel, ByteBuffer.allocate(1 << 10))).sum();
    }
  }

  private static int write(SocketChannel channel, ByteBuffer bytes) {
    try {
      return channel.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_listener_takes_a_line_that_comes_in_slices() throws IOException {
    try (Listener listener = listener(SCRIPT, "slice 1 from client");
        Socket socket = connect(listener)) {
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .isEqualTo("PONG\r\n");
      assertThat(listener).within(SOON).finishedScript();
      assertThat(
              listener.recording().conversations().get(0).events().stream()
                  .filter(event -> event.side() == Side.CLIENT && event instanceof Event.Sent))
          .hasSize(6);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX"})
  void a_client_and_a_listener_in_a_weather_have_the_dialogue_of_their_script(Transport transport) {
    String script = "S: hello\nC: PING\nS: PONG\nC! close\nS! close";
    try (Listener listener =
            Listener.playing(script)
                .over(transport)
                .in(Weather.parse("slice 2; delay 2ms"))
                .start();
        Client client =
            Client.to(listener.address())
                .playing(script)
                .in(Weather.parse("slice 3; delay 1ms"))
                .start()) {
      assertThat(client).within(SOON).finishedScript();
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  @Test
  void tls_goes_through_the_weather_of_both_ends() {
    String script = "C: PING\nS: PONG\nC! close\nS! close";
    try (Listener listener =
            Listener.playing(script)
                .tls(Tls.standard())
                .in(Weather.parse("slice 100 from server"))
                .start();
        Client client =
            Client.to(listener.address())
                .playing(script)
                .tls(Tls.standard())
                .in(Weather.parse("slice 100 from client"))
                .start()) {
      assertThat(client).within(SOON).finishedScript();
      assertThat(listener).within(SOON).finishedScript();
      assertThat(listener.weather()).hasHit("slice");
      assertThat(client.weather()).hasHit("slice");
    }
  }

  @Test
  void a_reset_by_the_weather_reaches_the_client_and_the_script() throws IOException {
    try (Listener listener = listener("C: PING\nS: PONG", "reset after 2 bytes from server");
        Socket socket = connect(listener)) {
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(2), US_ASCII)).isEqualTo("PO");
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThat(listener.weather()).hasHit("reset", 1);
    }
  }

  @Test
  void a_listener_that_the_weather_refuses_keeps_its_port() {
    try (Listener listener = listener(SCRIPT, "refuse")) {
      assertThatThrownBy(() -> connect(listener).close()).isInstanceOf(ConnectException.class);
      assertThat(listener.weather().recording().connections()).isZero();
    }
  }

  @Test
  void a_reset_of_the_script_passes_through_the_weather() throws IOException {
    try (Listener listener = listener("C: PING\nS! reset", "delay 1ms");
        Socket socket = connect(listener)) {
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  @Test
  void a_reset_of_the_peer_passes_through_the_weather() throws IOException {
    try (Listener listener = listener("C: PING\nC! reset", "delay 1ms")) {
      Socket socket = connect(listener);
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      socket.setSoLinger(true, 0);
      socket.close();
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  @Test
  void a_large_answer_passes_through_the_weather_of_both_ends() {
    byte[] body = new byte[8 << 20];
    try (Listener listener =
            Listener.handling(
                    connection -> {
                      connection.send(dev.partyline.wire.Bytes.of(body));
                      connection.readLine();
                    })
                .in(Weather.parse("slice randomly 1000 to 30000 pause 0ms from server"))
                .start();
        Client client =
            Client.to(listener.address()).in(Weather.parse("delay 1ms from client")).start()) {
      assertThat(client.read(body.length).size()).isEqualTo(body.length);
      client.send("thanks\n");
    }
  }

  @Test
  void what_a_client_has_sent_arrives_though_it_closes_before_the_delay_is_over() {
    try (Listener listener = Listener.playing("C: PING\nC! close").start()) {
      try (Client client =
          Client.to(listener.address()).in(Weather.parse("delay 500ms; slice 1")).start()) {
        client.send("PING\r\n");
      }
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  @Test
  void a_listener_gets_the_datagrams_that_its_weather_leaves() {
    Weather weather = Weather.parse("loss of 1; duplicate of 2; delay 5ms");
    try (Listener listener = Listener.silent().over(Transport.UDP).in(weather).start();
        Client client = Client.to(listener.address()).over(Transport.UDP).start()) {
      client.send("one");
      client.send("two");
      listener.recording().await(() -> listener.recording().byteCount(Side.CLIENT) == 6, SOON);
      assertThat(listener.recording().conversations().get(0).bytes(Side.CLIENT).utf8())
          .isEqualTo("twotwo");
      assertThat(listener.weather()).hasHit("loss", 1).hasHit("duplicate", 1);
    }
  }

  @Test
  void a_client_and_its_server_get_the_datagrams_that_the_weather_of_the_client_leaves() {
    Weather weather =
        Weather.parse("loss of 1 from client; duplicate of 1 from server; delay 5ms both ways");
    try (Listener listener = Listener.playing("C: two\nS: three").over(Transport.UDP).start();
        Client client = Client.to(listener.address()).over(Transport.UDP).in(weather).start()) {
      client.send("one\r\n");
      client.send("two\r\n");
      assertThat(client.read(14).utf8()).isEqualTo("three\r\nthree\r\n");
      assertThat(listener).finishedScript();
    }
  }

  @Test
  void a_client_that_would_be_refused_by_its_own_weather_is_told_so() {
    ClientSpec spec = Client.to("127.0.0.1", 1).in(Weather.parse("refuse 2s"));
    assertThatThrownBy(spec::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weather (refuse 2s) refuses connects");
  }

  @Test
  void a_client_that_would_be_refused_by_the_weather_of_its_thread_is_told_so() {
    ThreadWeather.set(Weather.parse("refuse 2s"));
    try {
      assertThatThrownBy(Client.to("127.0.0.1", 1)::start)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("weather (refuse 2s) refuses connects");
    } finally {
      ThreadWeather.set(Weather.clear());
    }
  }

  @Test
  void a_listener_without_connections_has_no_weather() {
    ListenerSpec spec = Listener.refusing();
    assertThatThrownBy(() -> spec.in(Weather.parse("delay 1s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weather (delay 1s) has no connection to act on");
  }
}
