package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.relay.RefusableSocket;
import dev.partyline.internal.relay.TapSocket;
import dev.partyline.internal.relay.Upstream;
import dev.partyline.script.Script;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.Weather;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How taps open, describe themselves and close. */
@Timeout(60)
class TapLifecycleTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Script PING = Script.parse("C: PING\nS: +PONG\n");

  @Test
  void its_text_shows_its_state() {
    TapSpec spec = Tap.to(8080);
    assertThat(spec).hasToString("Tap{tcp 127.0.0.1:0 to 127.0.0.1:8080, not started}");
    Tap tap = spec.start();
    String text = "Tap{tcp 127.0.0.1:" + tap.port() + " to 127.0.0.1:8080";
    assertThat(tap).hasToString(text + "}");
    tap.close();
    assertThat(tap).hasToString(text + ", closed}");
  }

  @Test
  void it_publishes_literal_addresses() {
    try (Tap four = Tap.to(80).start();
        Tap six = Tap.to(80).overIpv6().start();
        Tap unix = Tap.to(80).over(Transport.UNIX).start();
        Tap udp = Tap.to(80).over(Transport.UDP).start()) {
      assertThat(four.host()).isEqualTo("127.0.0.1");
      assertThat(four.port()).isPositive();
      assertThat(six).hasToString("Tap{tcp [::1]:" + six.port() + " to 127.0.0.1:80}");
      assertThat(unix.path()).exists();
      assertThat(unix).hasToString("Tap{unix " + unix.path() + " to 127.0.0.1:80}");
      assertThat(udp).hasToString("Tap{udp 127.0.0.1:" + udp.port() + " to 127.0.0.1:80}");
      assertThatThrownBy(unix::port).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(four::path).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_spec_is_a_value_that_can_be_started_repeatedly() {
    TapSpec spec = Tap.to(80);
    spec.onPort(1).over(Transport.UDP);
    try (Tap one = spec.start();
        Tap other = spec.start()) {
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(one.recording()).isNotSameAs(other.recording());
    }
  }

  @Test
  void after_closing_a_connect_is_refused_and_the_port_can_be_bound() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Tap tap = Tap.to(server.getLocalPort()).start();
      InetAddress host = InetAddress.getByName(tap.host());
      try (Socket client = new Socket(host, tap.port());
          Socket accepted = server.accept()) {
        tap.close();
        tap.close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> new Socket(host, tap.port()).close())
            .isInstanceOf(ConnectException.class);
      }
      new ServerSocket(tap.port(), 1, host).close();
    }
  }

  @Test
  void faults_that_change_while_a_tap_closes_open_nothing_again() {
    exchange(Transport.TCP);
    Descriptors before = new Descriptors();
    FaultInjector injector = new FaultInjector(Weather.clear(), Transport.TCP);
    Binding binding = new Binding(Transport.TCP, InetAddress.getLoopbackAddress(), 0, null);
    Upstream upstream = new Upstream(new InetSocketAddress("127.0.0.1", 80), null, null);
    TapSocket socket =
        RefusableSocket.ofTap(
            binding, upstream, new Recorder(Ticker.SYSTEM), injector, new BackgroundFailures());
    socket.open();
    FaultGuard guard = injector.inject(Fault.refuse());
    socket.updateRefusal();
    socket.close();
    guard.close();
    socket.updateRefusal();
    before.assertNothingLeftOpen();
  }

  @Test
  void the_path_of_a_tap_is_deleted_with_it() {
    Path path;
    try (Tap tap = Tap.to(80).over(Transport.UNIX).start()) {
      path = tap.path();
    }
    assertThat(Files.exists(path)).isFalse();
  }

  @Test
  void a_connection_with_bytes_on_their_way_is_reset_by_closing() throws Exception {
    try (Listener unresponsive = Listener.neverReading().start()) {
      Tap tap = Tap.to(unresponsive).start();
      try (Socket client = new Socket(tap.host(), tap.port())) {
        Thread closer =
            new Thread(
                () -> {
                  tap.recording()
                      .await(() -> tap.recording().byteCount(Side.CLIENT) > 1 << 20, SOON);
                  tap.close();
                });
        closer.start();
        assertThatThrownBy(() -> sendForever(client)).isInstanceOf(SocketException.class);
        closer.join(10_000);
        assertThat(closer.isAlive()).isFalse();
      }
    }
  }

  private static void sendForever(Socket client) throws IOException {
    while (true) {
      client.getOutputStream().write(new byte[10_000]);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void five_hundred_lifecycles_leave_no_thread_and_no_descriptor_behind(Transport transport) {
    exchange(transport);
    Descriptors before = new Descriptors();
    long running = ourThreads();
    for (int i = 0; i < 500; i++) {
      if (i % 5 == 0) {
        exchange(transport);
      } else {
        Tap.to(80).over(transport).start().close();
      }
    }
    before.assertNothingLeftOpen();
    assertThat(ourThreads()).isLessThanOrEqualTo(running);
  }

  /** Counts our own threads: the JDK and other tests start threads at any time. */
  private static long ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("partyline"))
        .count();
  }

  private static void exchange(Transport transport) {
    try (Listener server = Listener.playing(PING).over(transport).start();
        Tap tap = Tap.to(server).start();
        Client client = Client.to(tap.address()).over(transport).start()) {
      client.send("PING\r\n");
      client.expect("+PONG\r\n");
    }
  }

  @Test
  void draining_input_waits_for_all_that_both_sides_have_sent() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(server.getLocalPort()).start()) {
      for (int i = 1; i <= 50; i++) {
        try (Socket client = new Socket(tap.host(), tap.port());
            Socket accepted = server.accept()) {
          client.getOutputStream().write(new byte[1_000]);
          accepted.getOutputStream().write("answer".getBytes(US_ASCII));
          tap.drainInput();
          assertThat(tap.recording().byteCount(Side.CLIENT)).isEqualTo(i * 1_000L);
          assertThat(tap.recording().byteCount(Side.SERVER)).isEqualTo(i * 6L);
        }
      }
    }
  }

  @Test
  void draining_input_does_not_wait_for_the_end_of_a_server_that_has_none() throws Exception {
    // Slower than the server, so that there is always more to read.
    Fault slow =
        Fault.of(
            "slow",
            context ->
                input -> {
                  LockSupport.parkNanos(1_000_000);
                  return new Verdict.Drop(input.size());
                });
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Tap tap =
            Tap.to(server.getLocalPort())
                .keeping(RecordingPolicy.headAndTail(10, 10))
                .in(Weather.of(slow))
                .start();
        Socket client = new Socket(tap.host(), tap.port());
        Socket accepted = server.accept()) {
      Thread sender = new Thread(() -> sendUntilFailure(accepted));
      sender.setDaemon(true);
      sender.start();
      tap.drainInput();
      assertThat(client.isConnected()).isTrue();
    }
  }

  private static void sendUntilFailure(Socket socket) {
    byte[] much = new byte[1 << 20];
    try {
      while (true) {
        socket.getOutputStream().write(much);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void closing_records_what_was_sent_before() throws Exception {
    try (Listener server = Listener.silent().start()) {
      for (int i = 0; i < 100; i++) {
        Tap tap = Tap.to(server).start();
        try (Socket client = new Socket(tap.host(), tap.port())) {
          client.getOutputStream().write(new byte[100]);
          tap.close();
          assertThat(tap.recording().byteCount(Side.CLIENT)).isEqualTo(100);
        }
      }
    }
  }
}
