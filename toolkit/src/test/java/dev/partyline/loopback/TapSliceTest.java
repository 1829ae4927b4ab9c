package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Note;
import dev.partyline.wire.Patience;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slices reach a reader one by one, whatever else the machine does. */
@Timeout(120)
class TapSliceTest {
  private static final int SLICES = 200;

  @Test
  void two_hundred_slices_arrive_one_by_one_on_a_busy_machine() throws IOException {
    Fault fault = Fault.slice(10);
    try (BusyLoops busy = new BusyLoops(2);
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = tapIn(Weather.of(fault), server);
        Socket client = new Socket(tap.host(), tap.port());
        Socket accepted = server.accept()) {
      accepted.getOutputStream().write(new byte[10 * SLICES]);
      assertThat(readSizes(client.getInputStream(), 10 * SLICES)).hasSize(SLICES).containsOnly(10);
      assertThat(tap.weatherReport().hitCount(fault)).isEqualTo(SLICES - 1);
      assertThat(tap.recording().conversations().get(0).notes())
          .extracting(Note::text)
          .hasSize(20)
          .startsWith("a slice begins at byte 10 from the server")
          .endsWith("a slice begins at byte 200 from the server; there are no notes on later ones");
      assertThat(busy.areRunning()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slice 5",
        "slice at 5,10,15",
        "slice at 5,10,15 pause 1ms",
        "slice randomly 5 to 5 bytes",
        "slice randomly 5 to 5 bytes pause 1ms",
        "slice 5; delay 3ms",
        "slice 5 after \"01234\""
      })
  void slices_in_both_directions_arrive_one_by_one(String weather) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = tapIn(Weather.parse(weather), server);
        Socket client = new Socket(tap.host(), tap.port());
        Socket accepted = server.accept()) {
      for (Socket sender : List.of(client, accepted)) {
        Socket receiver = sender.equals(client) ? accepted : client;
        sender.getOutputStream().write("01234567890123456789".getBytes(US_ASCII));
        assertThat(readSizes(receiver.getInputStream(), 20)).containsExactly(5, 5, 5, 5);
      }
    }
  }

  @Test
  void a_reader_that_reads_late_still_gets_the_first_slice_alone() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = tapIn(Weather.parse("slice at 5 from client"), server);
        Socket client = new Socket(tap.host(), tap.port())) {
      client.getOutputStream().write("0123456789".getBytes(US_ASCII));
      tap.recording().awaitIdle(ofMillis(50), ofSeconds(10));
      try (Socket accepted = server.accept()) {
        assertThat(readSizes(accepted.getInputStream(), 10)).containsExactly(5, 5);
      }
    }
  }

  @Test
  void a_reader_that_does_not_read_is_not_waited_for_for_ever_and_the_report_says_so()
      throws IOException {
    Fault fault = Fault.slice(2).from(Side.SERVER).mustFire();
    try (Patience little = Patience.little();
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = tapIn(Weather.of(fault), server);
        Socket client = new Socket(tap.host(), tap.port());
        Socket accepted = server.accept()) {
      assertThat(little).isNotNull();
      accepted.getOutputStream().write("abcdef".getBytes(US_ASCII));
      accepted.shutdownOutput();
      client.shutdownOutput();
      tap.recording().awaitClosed(ofSeconds(60));
      assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII)).isEqualTo("abcdef");
      assertThat(tap.weatherReport().unfiredFaults()).containsExactly(fault);
      assertThat(tap.weatherReport().mergedSliceCount(fault)).isEqualTo(2);
      assertThat(tap.recording().conversations().get(0).notes())
          .extracting(Note::text)
          .containsExactly(
              "a slice begins at byte 2 from the server, but the client had not read what was before",
              "a slice begins at byte 4 from the server, but the client had not read what was before");
    }
  }

  @Test
  void over_a_unix_socket_slices_leave_5_ms_after_each_other_which_a_note_says()
      throws IOException {
    try (Listener server = Listener.playing("S| abcdef\nS! close").over(Transport.UNIX).start();
        Tap tap = Tap.to(server).in(Weather.parse("slice 2 from server")).start();
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(tap.address());
      ByteBuffer received = ByteBuffer.allocate(6);
      while (received.hasRemaining() && client.read(received) >= 0) {
        // It reads on.
      }
      assertThat(new String(received.array(), US_ASCII)).isEqualTo("abcdef");
      assertThat(tap.recording().conversations().get(0).notes())
          .extracting(Note::text)
          .containsExactly(
              "the system does not tell whether the client has read a slice, so the next one leaves"
                  + " 5 ms after it",
              "a slice begins at byte 2 from the server",
              "a slice begins at byte 4 from the server");
    }
  }

  private static Tap tapIn(Weather weather, ServerSocket server) {
    return Tap.to(server.getLocalSocketAddress()).in(weather).start();
  }

  private static List<Integer> readSizes(InputStream in, int total) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    byte[] buffer = new byte[total];
    int received = 0;
    while (received < total) {
      int size = in.read(buffer);
      assertThat(size).isPositive();
      sizes.add(size);
      received += size;
    }
    return sizes;
  }

  /** Threads that take all the processor that they get. */
  private static final class BusyLoops implements AutoCloseable {
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();

    BusyLoops(int count) {
      for (int i = 0; i < count; i++) {
        Thread thread = new Thread(this::spin, "busy-loop-" + i);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    }

    private void spin() {
      while (running.get()) {
        Thread.onSpinWait();
      }
    }

    boolean areRunning() {
      return threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void close() {
      running.set(false);
    }
  }
}
