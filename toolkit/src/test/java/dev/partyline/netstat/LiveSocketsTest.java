package dev.partyline.netstat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.partyline.filter.TcpState;
import dev.partyline.peers.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Lists sockets that a test has just opened. */
@EnabledOnOs(OS.LINUX)
class LiveSocketsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 50, LOOPBACK);
  }

  /**
   * Waits for the row of one end in a state. A filter that names both ends does not match an
   * earlier connection, whose client had the same port a minute ago.
   */
  private static ConnectionRow row(String filter, TcpState state, int receiveQueue) {
    return await()
        .until(
            () ->
                ConnectionTable.snapshot().matching(filter).rows().stream()
                    .filter(row -> row.state() == state && row.receiveQueue() == receiveQueue)
                    .findFirst()
                    .orElse(null),
            Objects::nonNull);
  }

  private static String filterOf(int local, int remote) {
    return "tcp src port " + local + " and dst port " + remote;
  }

  private static void close(Socket socket) throws IOException {
    socket.close();
  }

  private static void assertOwnedByThisJvm(ConnectionRow row) throws IOException {
    Owner owner = Objects.requireNonNull(row.owner());
    assertThat(owner.isThisJvm()).isTrue();
    assertThat(owner.program()).isEqualTo("java");
    assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + owner.fd())))
        .hasToString("socket:[" + row.inode() + "]");
    assertThat(ConnectionTable.snapshot().ofThisJvm().rows())
        .extracting(ConnectionRow::inode)
        .contains(row.inode());
    assertThat(row.flow().pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void showsAConnectionThatWasNotAccepted() throws IOException {
    try (ServerSocket listener = listener();
        Socket client = new Socket(LOOPBACK, listener.getLocalPort())) {
      int port = listener.getLocalPort();
      ConnectionRow listenerRow = row("src port " + port, TcpState.LISTEN, 1);
      assertThat(listenerRow.explanation()).isEqualTo("1 connection waits for accept.");
      assertOwnedByThisJvm(listenerRow);
      ConnectionRow connectionRow =
          row(filterOf(port, client.getLocalPort()), TcpState.ESTABLISHED, 0);
      assertThat(connectionRow.inode()).isZero();
      assertThat(connectionRow.owner()).isNull();
      assertThat(connectionRow.remote())
          .isEqualTo(new InetSocketAddress(LOOPBACK, client.getLocalPort()));
      assertThat(connectionRow.explanation()).contains("the server has not called accept");
      listener.accept().close();
    }
  }

  @Test
  void showsBytesThatWereNotRead() throws IOException {
    try (ServerSocket listener = listener();
        Socket client = new Socket(LOOPBACK, listener.getLocalPort());
        Socket server = listener.accept()) {
      client.getOutputStream().write("hello".getBytes(US_ASCII));
      String ofServer = filterOf(server.getLocalPort(), server.getPort());
      ConnectionRow row = row(ofServer, TcpState.ESTABLISHED, 5);
      assertThat(row.explanation()).isEqualTo("The program has not read 5 bytes.");
      assertOwnedByThisJvm(row);
      assertThat(server.getInputStream().readNBytes(5)).hasSize(5);
      assertThat(row(ofServer, TcpState.ESTABLISHED, 0).explanation()).isEmpty();
    }
  }

  @Test
  void showsCloseWaitFinWait2AndTimeWait() throws IOException {
    try (ServerSocket listener = listener();
        Socket client = new Socket(LOOPBACK, listener.getLocalPort());
        Socket server = listener.accept()) {
      String ofClient = filterOf(client.getLocalPort(), client.getPort());
      String ofServer = filterOf(server.getLocalPort(), server.getPort());
      close(client);
      ConnectionRow closeWaitRow = row(ofServer, TcpState.CLOSE_WAIT, 1);
      assertThat(closeWaitRow.explanation()).endsWith("the one byte in Recv-Q is the FIN.");
      assertThat(row(ofClient, TcpState.FIN_WAIT_2, 0).explanation()).contains("the peer has not");
      assertThat(server.getInputStream().read()).isEqualTo(-1);
      assertThat(row(ofServer, TcpState.CLOSE_WAIT, 0).explanation())
          .isEqualTo("The peer has sent a FIN, and this program has not closed yet.");
      close(server);
      ConnectionRow timeWaitRow = row(ofClient, TcpState.TIME_WAIT, 0);
      assertThat(timeWaitRow.timer()).isEqualTo("timewait");
      assertThat(timeWaitRow.timeLeft()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
      assertThat(timeWaitRow.owner()).isNull();
    }
  }

  @Test
  void showsAnOutputThatWasShutDownAndUnreadBytesAfterIt() throws IOException {
    try (ServerSocket listener = listener();
        Socket client = new Socket(LOOPBACK, listener.getLocalPort());
        Socket server = listener.accept()) {
      client.shutdownOutput();
      server.getOutputStream().write("late".getBytes(US_ASCII));
      ConnectionRow row =
          row(filterOf(client.getLocalPort(), client.getPort()), TcpState.FIN_WAIT_2, 4);
      assertThat(row.explanation())
          .isEqualTo(
              "This side has shut down its output, and the peer has not sent a FIN; the program has"
                  + " not read 4 bytes.");
      assertOwnedByThisJvm(row);
    }
  }

  @Test
  void matchesTheWordsThatNetstatPrints(@TempDir Path folder) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("app.sock"));
    try (ServerSocket listener = listener();
        ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      unix.bind(address);
      ConnectionTable table = ConnectionTable.snapshot();
      String port = "src port " + listener.getLocalPort();
      assertThat(table.matching("tcp6 " + port + " and host localhost and program java").rows())
          .singleElement()
          .satisfies(row -> assertThat(table.matching("uid " + row.uid()).rows()).contains(row));
      assertThat(table.matching("unix and path " + address.getPath()).rows()).hasSize(1);
    }
  }

  @Test
  void showsAConnectWithoutAnAnswer() throws IOException {
    List<SocketChannel> clients = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK)) {
      int port = full.getLocalPort();
      for (int i = 0; i < 4; i++) {
        SocketChannel client = SocketChannel.open();
        clients.add(client);
        client.configureBlocking(false);
        client.connect(full.getLocalSocketAddress());
      }
      ConnectionRow synSentRow =
          await()
              .until(
                  () ->
                      ConnectionTable.snapshot().matching("dst port " + port).rows().stream()
                          .filter(row -> row.state() == TcpState.SYN_SENT)
                          .filter(row -> row.explanation().contains("backlog"))
                          .findFirst()
                          .orElse(null),
                  Objects::nonNull);
      assertThat(synSentRow.explanation())
          .startsWith("The SYN has no answer yet")
          .endsWith(
              ", because the backlog of 127.0.0.1:%d is full: 2 connections wait for accept."
                  .formatted(port));
      assertThat(row("src port " + port, TcpState.LISTEN, 2).explanation())
          .startsWith("2 connections wait for accept, and the backlog is full: ");
      assertThat(synSentRow.timer()).isEqualTo("on");
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  @Test
  void showsDatagramSockets() throws IOException {
    try (DatagramSocket unconnectedSocket = new DatagramSocket(0, LOOPBACK);
        DatagramSocket connectedSocket = new DatagramSocket(0, LOOPBACK)) {
      connectedSocket.connect(unconnectedSocket.getLocalSocketAddress());
      int port = unconnectedSocket.getLocalPort();
      List<ConnectionRow> rows =
          ConnectionTable.snapshot().ofThisJvm().matching("udp port " + port).rows();
      assertThat(rows).hasSize(2);
      for (ConnectionRow row : rows) {
        boolean bound = Objects.requireNonNull(row.local()).getPort() == port;
        assertThat(row.remote()).isEqualTo(bound ? null : new InetSocketAddress(LOOPBACK, port));
        assertThat(row.state()).isNull();
        assertOwnedByThisJvm(row);
      }
    }
  }

  @Test
  void showsUnixDomainSockets(@TempDir Path folder) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("a socket"));
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(address);
      try (SocketChannel client = SocketChannel.open(address)) {
        assertThat(client.isConnected()).isTrue();
        assertThat(stateNames(address)).containsExactlyInAnyOrder("LISTENING", "CONNECTING");
        try (SocketChannel server = listener.accept()) {
          assertThat(server.isConnected()).isTrue();
          assertThat(stateNames(address)).containsExactlyInAnyOrder("LISTENING", "CONNECTED");
          for (ConnectionRow row : rows(address)) {
            assertOwnedByThisJvm(row);
          }
        }
      }
    }
  }

  private static List<String> stateNames(UnixDomainSocketAddress address) {
    return rows(address).stream().map(ConnectionRow::stateName).toList();
  }

  private static List<ConnectionRow> rows(UnixDomainSocketAddress address) {
    return ConnectionTable.snapshot().rows().stream()
        .filter(row -> address.getPath().toString().equals(row.path()))
        .toList();
  }

  @Test
  void namesTheProcessThatOwnsASocket() throws IOException {
    Process python =
        Program.start(
            "python3",
            "-c",
            "import socket, sys; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen();"
                + " print(s.getsockname()[1], flush=True); sys.stdin.read()");
    try (BufferedReader output = python.inputReader(US_ASCII)) {
      int port = Integer.parseInt(output.readLine());
      ConnectionTable table =
          ConnectionTable.snapshot().matching("tcp src port " + port + " and state listen");
      assertThat(table.rows()).hasSize(1);
      Owner owner = Objects.requireNonNull(table.rows().get(0).owner());
      assertThat(owner.pid()).isEqualTo(python.pid());
      assertThat(owner.program()).startsWith("python");
      assertThat(owner.commandLine()).contains("-c import socket, sys;");
      assertThat(owner.fd()).isPositive();
      assertThat(owner.isThisJvm()).isFalse();
      assertThat(table.ofThisJvm().rows()).isEmpty();
      assertThat(table.matching(flow -> flow.pid() == python.pid()).rows()).hasSize(1);
      assertThat(table.toString())
          .contains("LISTEN      " + python.pid() + "/" + owner.program() + "\n")
          .doesNotContain("cannot tell");
    } finally {
      python.destroyForcibly();
    }
  }

  @Test
  void printsTheLinesOfNetstat(@TempDir Path folder) throws IOException {
    try (ServerSocket listener = listener();
        Socket client = new Socket(LOOPBACK, listener.getLocalPort());
        Socket server = listener.accept();
        DatagramSocket datagrams = new DatagramSocket(0, LOOPBACK);
        ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      unix.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
      ConnectionTable table = ConnectionTable.snapshot();
      List<String> ours =
          table
              .toString()
              .lines()
              .filter(
                  line ->
                      line.startsWith("Proto")
                          || isOn(line, "tcp", listener.getLocalPort())
                              && (line.contains(":" + client.getLocalPort() + " ")
                                  || line.contains("LISTEN"))
                          || isOn(line, "udp", datagrams.getLocalPort())
                          || line.contains(folder.toString()))
              .toList();
      assertThat(ours).hasSize(7);
      assertThat(client.getPort()).isEqualTo(server.getLocalPort());
      List<String> theirs =
          Program.run("", "netstat", "-tuanpx").lines().map(String::stripTrailing).toList();
      assertThat(theirs).containsAll(ours);
    }
  }

  /** Returns whether a line has this protocol and port, and is not of a closed connection. */
  private static boolean isOn(String line, String protocol, int port) {
    return line.startsWith(protocol)
        && line.contains(":" + port + " ")
        && !line.contains("TIME_WAIT");
  }
}
