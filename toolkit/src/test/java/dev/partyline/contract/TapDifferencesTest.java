package dev.partyline.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.netstat.ConnectionTable;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a stream through a tap does not have of a direct connection: each line of the page about
 * taps is played directly and through a tap.
 */
@Timeout(60)
class TapDifferencesTest {
  private static final int SILENCE_MILLIS = 300;
  private static final int ANSWER_MILLIS = 10_000;
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /** What a client at an address finds. */
  private interface Situation {
    String play(SocketAddress address) throws IOException;
  }

  private static void differs(
      SocketAddress server, Situation situation, String direct, String tapped) throws IOException {
    assertThat(situation.play(server)).as("directly").isEqualTo(direct);
    try (Tap tap = Tap.to(server).start()) {
      assertThat(situation.play(tap.address())).as("through a tap").isEqualTo(tapped);
    }
  }

  /** Connects, and returns how far that gets. */
  private static String connectAndRead(SocketAddress address, int timeoutMillis)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(timeoutMillis);
      socket.connect(address, timeoutMillis);
      try {
        return "read " + socket.getInputStream().read();
      } catch (SocketTimeoutException e) {
        return "connected, and nothing comes";
      }
    } catch (SocketTimeoutException e) {
      return "no answer to the connect";
    } catch (IOException e) {
      // The connect itself fails if the reset comes before it returns.
      return String.valueOf(e.getMessage()).replace(" by peer", "");
    }
  }

  @Test
  void a_refused_connect_is_a_reset() throws IOException {
    try (Listener server = Listener.refusing().start()) {
      differs(
          server.address(),
          address -> connectAndRead(address, ANSWER_MILLIS),
          "Connection refused",
          "Connection reset");
    }
  }

  @Test
  void a_connect_without_an_answer_is_a_connection_on_which_nothing_comes() throws IOException {
    try (Listener server = Listener.neverAccepting().start()) {
      differs(
          server.address(),
          address -> connectAndRead(address, SILENCE_MILLIS),
          "no answer to the connect",
          "connected, and nothing comes");
    }
  }

  @Test
  void an_urgent_byte_is_in_line() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, HERE)) {
      differs(
          server.getLocalSocketAddress(),
          address -> {
            try (Socket client = connect(address);
                Socket accepted = server.accept()) {
              client.getOutputStream().write('a');
              client.sendUrgentData('!');
              client.getOutputStream().write('b');
              client.shutdownOutput();
              return new String(accepted.getInputStream().readAllBytes(), US_ASCII);
            }
          },
          "ab",
          "a!b");
    }
  }

  @Test
  void the_addresses_are_those_of_the_tap() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, HERE)) {
      differs(
          server.getLocalSocketAddress(),
          address -> {
            try (Socket client = connect(address);
                Socket accepted = server.accept()) {
              boolean clientSeen =
                  accepted.getRemoteSocketAddress().equals(client.getLocalSocketAddress());
              boolean serverSeen =
                  client.getRemoteSocketAddress().equals(server.getLocalSocketAddress());
              return "client seen: " + clientSeen + ", server seen: " + serverSeen;
            }
          },
          "client seen: true, server seen: true",
          "client seen: false, server seen: false");
    }
  }

  @Test
  void the_path_of_a_client_of_a_unix_socket_is_not_seen(@TempDir Path directory)
      throws IOException {
    UnixDomainSocketAddress name = UnixDomainSocketAddress.of(directory.resolve("client"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(directory.resolve("server")));
      differs(
          server.getLocalAddress(),
          address -> {
            try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
              client.bind(name);
              client.connect(address);
              try (SocketChannel accepted = server.accept()) {
                return "named: " + accepted.getRemoteAddress().equals(name);
              }
            } finally {
              Files.delete(name.getPath());
            }
          },
          "named: true",
          "named: false");
    }
  }

  @Test
  void options_are_those_of_the_connections_to_the_tap() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, HERE)) {
      differs(
          server.getLocalSocketAddress(),
          address -> {
            try (Socket client = connect(address)) {
              client.setKeepAlive(true);
              try (Socket accepted = server.accept()) {
                // Its port alone may also be that of an earlier connection in TIME_WAIT.
                String peer =
                    "src port %d and dst port %d"
                        .formatted(accepted.getPort(), accepted.getLocalPort());
                return ConnectionTable.snapshot().matching(peer).rows().get(0).timer();
              }
            }
          },
          "keepalive",
          "off");
    }
  }

  @Test
  void a_sender_feels_back_pressure_later() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 14);
      server.bind(new InetSocketAddress(HERE, 0));
      long direct = sentUntilBlocked(server, server.getLocalAddress());
      try (Tap tap = Tap.to(server.getLocalAddress()).start()) {
        assertThat(sentUntilBlocked(server, tap.address())).isGreaterThan(2 * direct);
      }
    }
  }

  @Test
  void under_a_stall_the_kernels_acknowledge_and_the_tap_reads_until_4_mebibytes_are_held()
      throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(HERE, 0));
      try (Tap tap = Tap.to(server.getLocalAddress()).in(Weather.of(Fault.stall())).start()) {
        long sent = sentUntilBlocked(server, tap.address());
        assertThat(sent).isBetween(4L << 20, (1L << 24) - 1);
        assertThat(tap.recording().byteCount(Side.CLIENT)).isBetween(4L << 20, sent);
      }
    }
  }

  private static long sentUntilBlocked(ServerSocketChannel server, SocketAddress address)
      throws IOException {
    try (SocketChannel client = SocketChannel.open()) {
      client.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 16);
      client.connect(address);
      try (SocketChannel accepted = server.accept()) {
        assertThat(accepted.isOpen()).isTrue();
        return new BlockingPeer(client).sendUntilBlocked(new Pattern(1), 1 << 24);
      }
    }
  }

  @Test
  void a_slow_client_gets_more_of_what_a_server_sent_before_it_reset_the_connection()
      throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(HERE, 0));
      long direct = receivedBeforeReset(server, server.getLocalAddress());
      try (Tap tap = Tap.to(server.getLocalAddress()).start()) {
        assertThat(receivedBeforeReset(server, tap.address())).isGreaterThan(2 * direct);
      }
    }
  }

  private static long receivedBeforeReset(ServerSocketChannel server, SocketAddress address)
      throws IOException {
    try (SocketChannel client = SocketChannel.open()) {
      client.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 14);
      client.connect(address);
      try (SocketChannel accepted = server.accept()) {
        new BlockingPeer(accepted).sendUntilBlocked(new Pattern(1), 1 << 24);
        accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      return receiveUntilReset(client);
    }
  }

  private static long receiveUntilReset(SocketChannel client) {
    long received = 0;
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      for (int count = client.read(buffer); count >= 0; count = client.read(buffer.clear())) {
        received += count;
      }
      throw new AssertionError("a FIN after " + received + " bytes, not an RST");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
      return received;
    }
  }

  private static Socket connect(SocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.connect(address, ANSWER_MILLIS);
    socket.setSoTimeout(ANSWER_MILLIS);
    return socket;
  }
}
