package dev.partyline.junit5.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Programs that take datagrams for a stream. */
class DatagramsTest {
  private static final int READ_TIMEOUT_MILLIS = 400;
  private static final String SERVER =
      """
      repeat
        when
          C| get 1
          S| 1 a
        when
          C| get 2
          S| 2 b
        when
          C| get 3
          S| 3 c
      """;

  /** Asks for three parts at once, and again for all if one does not come. */
  abstract static class Download {
    /** Takes a part, by its number; it may have been taken before. */
    abstract void take(int number, String part);

    /** Forgets what was taken, because all is asked for again. */
    abstract void restart();

    abstract String whole();

    private static void send(DatagramSocket socket, int number) throws IOException {
      socket.send(new DatagramPacket(("get " + number).getBytes(US_ASCII), 5));
    }

    private void receiveAll(DatagramSocket socket) throws IOException {
      Set<Integer> missing = new HashSet<>(Set.of(1, 2, 3));
      while (!missing.isEmpty()) {
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        socket.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), US_ASCII);
        Integer number = Integer.valueOf(text.substring(0, 1));
        take(number, text.substring(2));
        missing.remove(number);
      }
    }

    @InEveryWeather(datagrams = true)
    void downloads(@ScriptedListener(value = SERVER, transport = Transport.UDP) Listener server)
        throws IOException {
      try (DatagramSocket socket = new DatagramSocket()) {
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.connect(server.address());
        for (boolean done = false; !done; ) {
          restart();
          for (int number = 1; number <= 3; number++) {
            send(socket, number);
          }
          try {
            receiveAll(socket);
            done = true;
          } catch (SocketTimeoutException e) {
            // One was lost, or its answer.
          }
        }
      }
      assertThat(whole()).isEqualTo("abc");
    }
  }

  @Test
  void a_program_that_puts_datagrams_in_order_and_takes_each_once_passes() {
    Hunt.of(ByNumber.class).assertPassed();
  }

  static class ByNumber extends Parts {
    ByNumber() {
      super(new TreeMap<>());
    }
  }

  /** Takes each part once. */
  abstract static class Parts extends Download {
    private final Map<Integer, String> parts;

    Parts(Map<Integer, String> parts) {
      this.parts = parts;
    }

    @Override
    void take(int number, String part) {
      parts.put(number, part);
    }

    @Override
    void restart() {
      parts.clear();
    }

    @Override
    String whole() {
      return String.join("", parts.values());
    }
  }

  @Test
  void an_order_that_is_assumed_is_found_by_a_late_datagram() {
    Hunt.of(ByArrival.class)
        .assertFoundBy(
            "first datagram of the client late \\(reorder of 1 within \\d+ms from client\\)");
  }

  static class ByArrival extends Parts {
    ByArrival() {
      super(new LinkedHashMap<>());
    }
  }

  @Test
  void a_datagram_that_counts_twice_is_found_by_a_duplicate() {
    Hunt.of(CountsEach.class)
        .assertFoundBy("first datagrams of the client twice \\(duplicate of 1 from client\\)");
  }

  static class CountsEach extends Download {
    private final StringBuilder all = new StringBuilder();

    @Override
    void take(int number, String part) {
      all.append(part);
    }

    @Override
    void restart() {
      all.setLength(0);
    }

    @Override
    String whole() {
      return all.chars()
          .sorted()
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
  }
}
