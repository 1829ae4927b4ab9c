package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.Fault;
import dev.partyline.weather.Hit;
import dev.partyline.weather.Weather;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cut after n bytes is exact, however slowly they are read. */
@Timeout(120)
class TapCutTest {
  private static final long[] SIZES = {0, 1, 1447, 1448, 65_535, 65_536, 1 << 20};
  private static final int MANY = 3 << 20;
  private static final int DEFAULT_BUFFER = 0;

  private static final List<Duration> NAPS =
      List.of(Duration.ZERO, Duration.ofMillis(Long.getLong("partyline.cut.nap", 2_500)));

  @ParameterizedTest
  @EnumSource(CloseType.class)
  void a_reader_gets_exactly_so_many_bytes_however_long_it_sleeps(CloseType closeType)
      throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<String>> readers = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try {
      for (long size : SIZES) {
        for (Duration nap : NAPS) {
          for (int buffer : new int[] {DEFAULT_BUFFER, 2048}) {
            readers.add(threads.submit(() -> cutAfter(size, closeType, nap, buffer)));
            expected.add(
                size + " bytes, then " + closeType + ", told at byte " + size + ", no note");
          }
        }
      }
      List<String> results = new ArrayList<>();
      for (Future<String> reader : readers) {
        results.add(reader.get(60, TimeUnit.SECONDS));
      }
      assertThat(results).isEqualTo(expected);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String cutAfter(long size, CloseType closeType, Duration nap, int buffer)
      throws IOException, InterruptedException, ExecutionException {
    Fault cut = Fault.cutAfter(size, closeType).from(Side.SERVER);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(server.getLocalSocketAddress()).in(Weather.of(cut)).start();
        Socket client = new Socket()) {
      if (buffer != DEFAULT_BUFFER) {
        client.setReceiveBufferSize(buffer);
      }
      client.connect(tap.address());
      client.setSoTimeout(60_000);
      Socket accepted = server.accept();
      Thread sender = new Thread(() -> send(accepted));
      sender.start();
      pause(nap);
      String read = readToEnd(client.getInputStream());
      sender.join();
      return read
          + ", told at byte "
          + tap.weatherReport().hits(cut).stream().mapToLong(Hit::offset).sum()
          + (notes(tap).isEmpty() ? ", no note" : ", " + notes(tap));
    }
  }

  private static List<String> notes(Tap tap) {
    Conversation only = tap.recording().conversations().get(0);
    return only.notes().stream().map(String::valueOf).toList();
  }

  private static void send(Socket socket) {
    try (socket) {
      socket.getOutputStream().write(new byte[MANY]);
    } catch (IOException e) {
      // The tap has reset the connection.
    }
  }

  private static String readToEnd(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 14];
    long total = 0;
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        total += count;
      }
      return total + " bytes, then FIN";
    } catch (SocketException e) {
      return total + " bytes, then RST";
    }
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Test
  void a_tap_that_closes_before_a_reader_had_all_does_not_claim_the_reset() throws IOException {
    Fault reset = Fault.cutAfter(1 << 20, CloseType.RST).from(Side.SERVER).mustFire();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket client = new Socket()) {
      Tap tap = Tap.to(server.getLocalSocketAddress()).in(Weather.of(reset)).start();
      try {
        client.setReceiveBufferSize(2048);
        client.connect(tap.address());
        Socket accepted = server.accept();
        new Thread(() -> send(accepted)).start();
        assertThat(
                tap.recording()
                    .await(
                        () -> tap.recording().byteCount(Side.SERVER) > 1 << 20,
                        Duration.ofSeconds(30)))
            .isTrue();
      } finally {
        tap.close();
      }
      assertThat(tap.weatherReport().unfiredFaults()).containsExactly(reset);
      assertThat(notes(tap))
          .singleElement()
          .asString()
          .contains(
              "the connection ended before the client had received everything before the RST");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cut after 200ms from server must fire",
        "reset after 200ms from server must fire",
        "reset after 200ms must fire",
        "cut after 1ms must fire; stall"
      })
  void a_cut_by_time_waits_for_no_reader(String weather) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(server.getLocalSocketAddress()).in(Weather.parse(weather)).start();
        Socket client = new Socket(tap.host(), tap.port());
        Socket accepted = server.accept()) {
      new Thread(() -> sendForEver(accepted)).start();
      assertThat(
              tap.recording()
                  .await(
                      () ->
                          tap.recording().conversations().get(0).ledger().stream()
                              .anyMatch(end -> end.kind() == Termination.Kind.FAULT),
                      Duration.ofSeconds(30)))
          .isTrue();
      client.setSoTimeout(30_000);
      assertThat(readToEnd(client.getInputStream())).matches("\\d+ bytes, then (FIN|RST)");
      assertThat(tap.weatherReport().unfiredFaults()).isEmpty();
    }
  }

  private static void sendForEver(Socket socket) {
    try {
      while (true) {
        socket.getOutputStream().write(new byte[MANY]);
      }
    } catch (IOException e) {
      // The tap has cut the connection.
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cut after 2 bytes must fire; stall",
        "reset after 2 bytes must fire; delay 10m",
        "limit 2 bytes must fire; stall"
      })
  void a_tap_that_closes_while_an_end_is_held_back_does_not_claim_it(String weather)
      throws IOException {
    Weather held = Weather.parse(weather);
    Fault cut = held.faults().get(0);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Tap tap = Tap.to(server.getLocalSocketAddress()).in(held).start();
      try (Socket client = new Socket(tap.host(), tap.port());
          Socket accepted = server.accept()) {
        client.getOutputStream().write(1);
        accepted.getOutputStream().write(new byte[5]);
        while (tap.weatherReport().hits(cut).isEmpty() && !Thread.currentThread().isInterrupted()) {
          Thread.onSpinWait();
        }
      } finally {
        tap.close();
      }
      assertThat(tap.weatherReport().unfiredFaults()).containsExactly(cut);
    }
  }
}
