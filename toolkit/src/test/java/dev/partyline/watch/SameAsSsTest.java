package dev.partyline.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.partyline.peers.Program;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Holds the table to what ss (iproute2), which asks the kernel in another way, says of sockets. */
@EnabledOnOs(OS.LINUX)
class SameAsSsTest {
  private static final Pattern BLANKS = Pattern.compile(" +");

  private final List<Closeable> open = new ArrayList<>();
  private final Set<Integer> ports = new HashSet<>();

  @AfterEach
  void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }

  @Test
  void hasTheSameRowsStatesAndQueues() throws IOException {
    openSockets();
    AtomicReference<SortedSet<String>> before = new AtomicReference<>(new TreeSet<>());
    // Acknowledgements may be on their way for a while: what changes meanwhile is not compared.
    await().until(() -> before.getAndSet(ours()).equals(before.get()) && before.get().size() > 200);
    SortedSet<String> theirs = theirs();
    assertThat(ours()).isEqualTo(before.get()).containsExactlyElementsOf(theirs);
    assertThat(states(theirs))
        .containsExactly("CLOSE-WAIT", "ESTAB", "FIN-WAIT-2", "LISTEN", "TIME-WAIT", "UNCONN");
  }

  private void openSockets() throws IOException {
    for (String host : List.of("127.0.0.1", "::1")) {
      InetAddress address = InetAddress.getByName(host);
      ServerSocket listener = keep(new ServerSocket(0, 100, address));
      ports.add(listener.getLocalPort());
      for (int i = 0; i < 60; i++) {
        Socket client = connect(listener);
        Socket server = keep(listener.accept());
        client.getOutputStream().write("x".repeat(i % 7).getBytes(US_ASCII));
        if (i >= 40) {
          client.close();
        }
        if (i >= 50) {
          // What is read first is not answered by a reset.
          server.getInputStream().readAllBytes();
          server.close();
        }
      }
      for (int i = 0; i < 9; i++) {
        connect(listener);
      }
      DatagramSocket bound = keep(new DatagramSocket(0, address));
      ports.add(bound.getLocalPort());
      for (int i = 0; i < 20; i++) {
        DatagramSocket connected = keep(new DatagramSocket(0, address));
        connected.connect(bound.getLocalSocketAddress());
        ports.add(connected.getLocalPort());
      }
    }
  }

  private Socket connect(ServerSocket listener) throws IOException {
    Socket client = keep(new Socket());
    client.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
    ports.add(client.getLocalPort());
    return client;
  }

  private <T extends Closeable> T keep(T socket) {
    open.add(socket);
    return socket;
  }

  private SortedSet<String> ours() {
    SortedSet<String> rows = new TreeSet<>();
    for (ConnectionRow row : ConnectionTable.snapshot().rows()) {
      InetSocketAddress local = row.local();
      InetSocketAddress remote = row.remote();
      if (local != null
          && ports.contains(local.getPort())
          && (remote == null || ports.contains(remote.getPort()))) {
        boolean listens = row.stateName().equals("LISTEN");
        rows.add(
            String.join(
                " ",
                Netstat.protocol(row).substring(0, 3),
                word(row.stateName()),
                String.valueOf(row.receiveQueue()),
                listens ? "-" : String.valueOf(row.sendQueue()),
                Hosts.literal(local),
                Hosts.literal(remote)));
      }
    }
    return rows;
  }

  private SortedSet<String> theirs() {
    SortedSet<String> rows = new TreeSet<>();
    for (String line : Program.run("", "ss", "-tuanH").lines().toList()) {
      String[] cells = BLANKS.split(line.strip(), -1);
      String peer = cells[5].endsWith(":*") ? "*" : plain(cells[5]);
      if (isOurs(cells[4]) && (peer.equals("*") || isOurs(peer))) {
        // What ss says of a listener here is the longest queue, which /proc does not know.
        String sendQueue = cells[1].equals("LISTEN") ? "-" : cells[3];
        rows.add(String.join(" ", cells[0], cells[1], cells[2], sendQueue, plain(cells[4]), peer));
      }
    }
    return rows;
  }

  private boolean isOurs(String address) {
    return ports.contains(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
  }

  private static String plain(String address) {
    return address.replaceFirst("^\\[::ffff:([0-9.]+)]", "$1");
  }

  private static String word(String state) {
    return switch (state) {
      case "ESTABLISHED" -> "ESTAB";
      case "FIN_WAIT1" -> "FIN-WAIT-1";
      case "FIN_WAIT2" -> "FIN-WAIT-2";
      case "" -> "UNCONN";
      default -> state.replace('_', '-');
    };
  }

  private static Stream<String> states(SortedSet<String> rows) {
    return rows.stream().map(row -> row.split(" ", -1)[1]).distinct().sorted();
  }
}
