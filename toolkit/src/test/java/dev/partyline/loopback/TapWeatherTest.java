package dev.partyline.loopback;

import static dev.partyline.loopback.TenBytes.ask;
import static dev.partyline.loopback.TenBytes.connect;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.weather.DatagramFaults;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import dev.partyline.weather.Weather;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What foreign peers see of a tap's weather. */
@Timeout(30)
class TapWeatherTest {
  private static final int MANY = 1 << 20;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9})
  void a_client_gets_exactly_the_bytes_before_a_reset_and_then_the_reset(long bytes)
      throws IOException {
    Fault cut = Fault.cutAfter(bytes, CloseType.RST).from(Side.SERVER);
    try (Listener server = Listener.playing(TenBytes.SERVER).start();
        Tap tap = Tap.to(server).in(Weather.of(cut)).start();
        Socket socket = connect(tap)) {
      if (bytes > 0) {
        socket.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      }
      byte[] got = socket.getInputStream().readNBytes((int) bytes);
      assertThat(new String(got, US_ASCII)).isEqualTo("0123456789".substring(0, (int) bytes));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      Termination termination = termination(tap, Termination.Kind.FAULT);
      assertThat(termination.side()).isEqualTo(Side.SERVER);
      assertThat(termination.cause()).isEqualTo("reset after " + bytes + " bytes");
      assertThat(tap.weatherReport().hitCount(cut)).isEqualTo(1);
    }
  }

  private static Termination termination(Tap tap, Termination.Kind kind) {
    Conversation conversation = tap.recording().conversations().get(0);
    return conversation.ledger().stream()
        .filter(termination -> termination.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_client_that_tries_again_is_served_after_two_resets() throws IOException {
    try (Listener server = Listener.playing(TenBytes.SERVER).start();
        Tap tap = Tap.to(server).in(Weather.of(Fault.resetFirst(2))).start()) {
      assertThatThrownBy(() -> ask(tap)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ask(tap)).isInstanceOf(IOException.class);
      assertThat(ask(tap)).isEqualTo("0123456789");
      assertThat(server.recording().connections()).isEqualTo(1);
      assertThat(tap.weatherReport()).hasToString("reset hit connections #1 and #2 on accept");
    }
  }

  @Test
  void bytes_held_by_a_stall_arrive_when_its_guard_closes() throws IOException {
    try (Listener server = Listener.playing(TenBytes.SERVER).start();
        Tap tap = Tap.to(server).start();
        Socket socket = connect(tap)) {
      FaultGuard guard = tap.inject(Fault.stall().from(Side.SERVER).startingAtByte(3));
      socket.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(3)).isEqualTo("012".getBytes(US_ASCII));
      assertThat(
              tap.recording()
                  .await(() -> tap.recording().byteCount(Side.SERVER) == 10, ofSeconds(5)))
          .isTrue();
      assertThat(socket.getInputStream().available()).isZero();
      guard.close();
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo("3456789".getBytes(US_ASCII));
    }
  }

  @Test
  void what_a_client_sends_after_an_answer_stalls() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap =
            Tap.to(server.getLocalSocketAddress())
                .in(Weather.parse("stall from client after \"400\" from server"))
                .start();
        Socket client = connect(tap);
        Socket accepted = server.accept()) {
      accepted.setSoTimeout(10_000);
      client.getOutputStream().write("bad".getBytes(US_ASCII));
      assertThat(accepted.getInputStream().readNBytes(3)).isEqualTo("bad".getBytes(US_ASCII));
      accepted.getOutputStream().write("400 Bad Request".getBytes(US_ASCII));
      assertThat(client.getInputStream().readNBytes(3)).isEqualTo("400".getBytes(US_ASCII));
      client.getOutputStream().write("again".getBytes(US_ASCII));
      tap.recording().await(() -> tap.recording().byteCount(Side.CLIENT) == 8, ofSeconds(5));
      tap.drainInput();
      assertThat(accepted.getInputStream().available()).isZero();
      assertThat(tap.weatherReport()).hasToString("stall hit connection #1 at byte 3");
    }
  }

  @Test
  void bytes_over_a_limit_do_not_arrive_and_the_other_direction_goes_on() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap =
            Tap.to(server.getLocalSocketAddress())
                .in(Weather.of(Fault.limitData(4).from(Side.CLIENT)))
                .start();
        Socket client = connect(tap);
        Socket accepted = server.accept()) {
      client.getOutputStream().write("0123456".getBytes(US_ASCII));
      assertThat(accepted.getInputStream().readAllBytes()).isEqualTo("0123".getBytes(US_ASCII));
      accepted.getOutputStream().write("late".getBytes(US_ASCII));
      assertThat(client.getInputStream().readNBytes(4)).isEqualTo("late".getBytes(US_ASCII));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay 5ms",
        "delay 5ms jitter 5ms pareto",
        "rate 8MB/s",
        "slice 5000",
        "slice randomly 1000 to 50000",
        "coalesce 2ms",
        "stall 20ms",
        "slow close 20ms",
        "connect delay 20ms",
        "lost segment 1% rto 5ms",
        "delay 1ms jitter 1ms; rate 20MB/s; slice randomly 1000 to 50000; coalesce 1ms;"
            + " lost segment 0.2% rto 2ms; slow close 5ms"
      })
  void a_mebibyte_each_way_at_once_arrives_completely_through(String weather) throws Exception {
    byte[] request = new byte[MANY];
    byte[] response = new byte[MANY];
    new Random(1).nextBytes(request);
    new Random(2).nextBytes(response);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap =
            Tap.to(server.getLocalSocketAddress()).in(Weather.parse(weather).seed(7)).start();
        Socket client = connect(tap);
        Socket accepted = server.accept()) {
      accepted.setSoTimeout(10_000);
      CompletableFuture<byte[]> atServer = exchange(accepted, response);
      CompletableFuture<byte[]> atClient = exchange(client, request);
      assertThat(Arrays.equals(atServer.get(20, TimeUnit.SECONDS), request)).isTrue();
      assertThat(Arrays.equals(atClient.get(20, TimeUnit.SECONDS), response)).isTrue();
      assertThat(tap.weatherReport().unfiredFaults()).isEmpty();
      assertThat(tap.recording().byteCount(Side.CLIENT)).isEqualTo(MANY);
      assertThat(tap.backgroundFailures()).isEmpty();
    }
  }

  /** The common pool has a single thread here, and these tasks wait for each other. */
  private static void onThreadOfItsOwn(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private static CompletableFuture<byte[]> exchange(Socket socket, byte[] data) {
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () -> {
              try {
                OutputStream out = socket.getOutputStream();
                out.write(data);
                socket.shutdownOutput();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            TapWeatherTest::onThreadOfItsOwn);
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return socket.getInputStream().readAllBytes();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            TapWeatherTest::onThreadOfItsOwn)
        .thenCombine(sent, (got, nothing) -> got);
  }

  @Test
  void the_weather_changes_over_and_over_while_bytes_pass_and_none_is_lost() throws Exception {
    byte[] request = new byte[MANY];
    new Random(3).nextBytes(request);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(server.getLocalSocketAddress()).start();
        Socket client = connect(tap);
        Socket accepted = server.accept()) {
      accepted.setSoTimeout(10_000);
      CompletableFuture<byte[]> atServer = exchange(accepted, new byte[0]);
      CompletableFuture<byte[]> atClient = exchange(client, request);
      List<FaultGuard> guards = new ArrayList<>();
      Random chance = new Random(4);
      while (!atServer.isDone()) {
        if (guards.size() < 3) {
          guards.add(
              tap.inject(
                  List.of(
                          Fault.delay(ofMillis(3)),
                          Fault.stall(),
                          Fault.slice(3_000),
                          Fault.rate(30_000_000))
                      .get(chance.nextInt(4))));
        } else {
          guards.remove(chance.nextInt(3)).close();
        }
      }
      guards.forEach(FaultGuard::close);
      assertThat(Arrays.equals(atServer.get(20, TimeUnit.SECONDS), request)).isTrue();
      assertThat(atClient.get(20, TimeUnit.SECONDS)).isEmpty();
    }
  }

  @Test
  void every_other_datagram_is_lost_and_the_recording_has_them_all() throws IOException {
    Fault loss = DatagramFaults.lossEvery(2).from(Side.CLIENT);
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Tap tap =
            Tap.to(server.getLocalSocketAddress())
                .over(Transport.UDP)
                .in(Weather.of(loss))
                .start();
        DatagramSocket client = new DatagramSocket()) {
      server.setSoTimeout(10_000);
      for (byte i = 1; i <= 6; i++) {
        client.send(new DatagramPacket(new byte[] {i}, 1, tap.address()));
      }
      List<Byte> got = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        DatagramPacket packet = new DatagramPacket(new byte[10], 10);
        server.receive(packet);
        got.add(packet.getData()[0]);
      }
      assertThat(got).containsExactly((byte) 1, (byte) 3, (byte) 5);
      tap.drainInput();
      assertThat(tap.recording().byteCount(Side.CLIENT)).isEqualTo(6);
      assertThat(tap.weatherReport().hitCount(loss)).isEqualTo(3);
    }
  }

  @Test
  void a_fault_that_makes_no_sense_over_the_transport_is_an_error_before_anything_opens() {
    try (Listener server = Listener.silent().start()) {
      TapSpec spec = Tap.to(server).in(Weather.of(DatagramFaults.loss(0.5)));
      assertThatThrownBy(spec::start)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("loss")
          .hasMessageContaining("lostSegment");
      try (Tap tap = Tap.to(server).start()) {
        assertThatThrownBy(() -> tap.inject(DatagramFaults.loss(0.5)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void what_could_not_be_recorded_passes_and_is_reported() throws IOException {
    RecordingPolicy policy =
        RecordingPolicy.everything().inMemory(0).spillingTo(Path.of("/there/is/none"));
    try (Listener server = Listener.playing(TenBytes.SERVER).start()) {
      Tap tap = Tap.to(server).keeping(policy).start();
      assertThat(ask(tap)).isEqualTo("0123456789");
      assertThat(tap.backgroundFailures()).hasSize(1);
      assertThatThrownBy(tap::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("/there/is/none")
          .hasMessageContaining("RecordingPolicy.headAndTail");
    }
  }
}
