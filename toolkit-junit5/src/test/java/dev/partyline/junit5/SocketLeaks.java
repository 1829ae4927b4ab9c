package dev.partyline.junit5;

import static dev.partyline.junit5.LeakRow.ESTABLISHED;
import static dev.partyline.junit5.LeakRow.LISTEN;
import static dev.partyline.junit5.LeakRow.NAMELESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** The ways of leaving sockets and channels of the JDK open, a row each. */
final class SocketLeaks {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Listener server;
  private final Listener serverOverIpv6;

  SocketLeaks(Listener server, Listener serverOverIpv6) {
    this.server = server;
    this.serverOverIpv6 = serverOverIpv6;
  }

  Stream<LeakRow> rows() {
    Stream<LeakRow> collected =
        Stream.of(sockets(), serverSockets(), datagrams())
            .flatMap(rows -> rows)
            .map(LeakRow::whichIsCollected);
    return Stream.concat(collected, channels());
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(LOOPBACK, 0);
  }

  private InetSocketAddress address() {
    return (InetSocketAddress) server.address();
  }

  private InetSocketAddress ipv6Address() {
    return (InetSocketAddress) serverOverIpv6.address();
  }

  private Socket socket() throws IOException {
    return new Socket(LOOPBACK, server.port());
  }

  private Stream<LeakRow> sockets() {
    return Stream.of(
        LeakRow.of("Socket", ESTABLISHED, this::socket),
        LeakRow.of(
            "Socket over IPv6",
            ESTABLISHED,
            () -> new Socket(ipv6Address().getAddress(), serverOverIpv6.port())),
        LeakRow.of("Socket without a proxy", ESTABLISHED, this::socketWithoutProxy),
        LeakRow.of("Socket that has timed out", ESTABLISHED, this::socketWithTimeout),
        LeakRow.of("Socket, half closed", " FIN_WAIT", this::halfClosedSocket),
        LeakRow.of("Socket that is only bound", NAMELESS, SocketLeaks::boundSocket),
        LeakRow.of(
            "Socket of a factory",
            ESTABLISHED,
            () -> SocketFactory.getDefault().createSocket(LOOPBACK, server.port())),
        LeakRow.of(
            "SSLSocket",
            ESTABLISHED,
            () -> SSLSocketFactory.getDefault().createSocket(LOOPBACK, server.port())),
        LeakRow.of("accepted Socket", "1 connection open", SocketLeaks::acceptedSocket),
        LeakRow.of("Socket of a pool's thread", ESTABLISHED, this::socketOfExecutor),
        LeakRow.of("Socket of a virtual thread", ESTABLISHED, this::socketOfVirtualThread));
  }

  private Socket socketWithoutProxy() throws IOException {
    Socket socket = new Socket(Proxy.NO_PROXY);
    socket.connect(address(), 10_000);
    return socket;
  }

  private Socket socketWithTimeout() throws IOException {
    Socket socket = socket();
    socket.setSoTimeout(1);
    try {
      assertThat(socket.getInputStream().read()).isNegative();
    } catch (SocketTimeoutException e) {
      // The socket stays open, in another mode.
    }
    return socket;
  }

  private Socket halfClosedSocket() throws IOException {
    Socket socket = socket();
    socket.shutdownOutput();
    return socket;
  }

  private static Socket boundSocket() throws IOException {
    Socket socket = new Socket();
    socket.bind(anyPort());
    return socket;
  }

  private static AutoCloseable acceptedSocket() throws IOException {
    try (ServerSocket acceptor = new ServerSocket(0, 1, LOOPBACK)) {
      Socket client = new Socket(LOOPBACK, acceptor.getLocalPort());
      Socket accepted = acceptor.accept();
      return () -> {
        client.close();
        accepted.close();
      };
    }
  }

  private Socket socketOfExecutor() throws Exception {
    var executor = Executors.newSingleThreadExecutor();
    try {
      return executor.submit(this::socket).get();
    } finally {
      executor.shutdown();
    }
  }

  /** Before JDK 21 there are none. */
  private Socket socketOfVirtualThread() throws Exception {
    CompletableFuture<Socket> opened = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            opened.complete(socket());
          } catch (IOException e) {
            opened.completeExceptionally(e);
          }
        };
    if (Runtime.version().feature() < 21) {
      new Thread(task).start();
    } else {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }
    return opened.get();
  }

  private static Stream<LeakRow> serverSockets() {
    return Stream.of(
        LeakRow.of("ServerSocket", LISTEN, () -> new ServerSocket(0, 1, LOOPBACK)),
        LeakRow.of(
            "ServerSocket over IPv6",
            LISTEN,
            () -> new ServerSocket(0, 1, InetAddress.getByName("::1"))),
        LeakRow.of("ServerSocket for all addresses", LISTEN, () -> new ServerSocket(0)),
        LeakRow.of("ServerSocket that is not bound", NAMELESS, SocketLeaks::unboundServerSocket),
        LeakRow.of(
            "ServerSocket of a factory",
            LISTEN,
            () -> ServerSocketFactory.getDefault().createServerSocket(0, 1, LOOPBACK)),
        LeakRow.of(
            "SSLServerSocket",
            LISTEN,
            () -> SSLServerSocketFactory.getDefault().createServerSocket(0, 1, LOOPBACK)));
  }

  private static ServerSocket unboundServerSocket() throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    return server;
  }

  private Stream<LeakRow> channels() {
    return Stream.of(
        LeakRow.of("SocketChannel", ESTABLISHED, () -> SocketChannel.open(address())),
        LeakRow.of("SocketChannel over IPv6", ESTABLISHED, () -> SocketChannel.open(ipv6Address())),
        LeakRow.of("SocketChannel that does not block", ESTABLISHED, this::nonBlockingChannel),
        LeakRow.of("SocketChannel, half closed", " FIN_WAIT", this::halfClosedChannel),
        LeakRow.of("SocketChannel, not connected", NAMELESS, SocketChannel::open),
        LeakRow.of("ServerSocketChannel", LISTEN, () -> ServerSocketChannel.open().bind(anyPort())),
        LeakRow.of("accepted SocketChannel", "1 connection open", SocketLeaks::acceptedChannel),
        LeakRow.of("AsynchronousSocketChannel", ESTABLISHED, this::asynchronousChannel),
        LeakRow.of(
            "AsynchronousServerSocketChannel",
            LISTEN,
            () -> AsynchronousServerSocketChannel.open().bind(anyPort())),
        LeakRow.of(
            "accepted AsynchronousSocketChannel",
            "1 connection open",
            this::acceptedAsynchronousChannel),
        LeakRow.of(
            "Unix domain server", "unix ", () -> unixDomainServer(Files.createTempDirectory("u"))),
        LeakRow.of("Unix domain connection", "1 connection", SocketLeaks::unixConnection));
  }

  private SocketChannel nonBlockingChannel() throws IOException {
    SocketChannel channel = SocketChannel.open(address());
    channel.configureBlocking(false);
    return channel;
  }

  private SocketChannel halfClosedChannel() throws IOException {
    return SocketChannel.open(address()).shutdownOutput();
  }

  private static AutoCloseable acceptedChannel() throws IOException {
    try (ServerSocketChannel acceptor = ServerSocketChannel.open().bind(anyPort())) {
      SocketChannel client = SocketChannel.open(acceptor.getLocalAddress());
      SocketChannel accepted = acceptor.accept();
      return () -> {
        client.close();
        accepted.close();
      };
    }
  }

  private AsynchronousSocketChannel asynchronousChannel() throws Exception {
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    channel.connect(address()).get(10, TimeUnit.SECONDS);
    return channel;
  }

  private AutoCloseable acceptedAsynchronousChannel() throws Exception {
    try (AsynchronousServerSocketChannel acceptor =
        AsynchronousServerSocketChannel.open().bind(anyPort())) {
      Future<AsynchronousSocketChannel> accepting = acceptor.accept();
      SocketChannel client = SocketChannel.open(acceptor.getLocalAddress());
      AsynchronousSocketChannel accepted = accepting.get(10, TimeUnit.SECONDS);
      return () -> {
        client.close();
        accepted.close();
      };
    }
  }

  private static AutoCloseable unixDomainServer(Path directory) throws IOException {
    Path path = directory.resolve("leak.sock");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return () -> {
      server.close();
      Files.delete(path);
      Files.delete(directory);
    };
  }

  private static AutoCloseable unixConnection() throws IOException {
    Path directory = Files.createTempDirectory("u");
    Path path = directory.resolve("leak.sock");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
    SocketChannel accepted = server.accept();
    return () -> {
      client.close();
      accepted.close();
      server.close();
      Files.delete(path);
      Files.delete(directory);
    };
  }

  private Stream<LeakRow> datagrams() {
    return Stream.of(
        LeakRow.of("DatagramSocket", "udp", () -> new DatagramSocket(0, LOOPBACK)),
        LeakRow.of("DatagramSocket, connected", "udp", this::connectedDatagrams),
        LeakRow.of("MulticastSocket", "udp", () -> new MulticastSocket(0)),
        LeakRow.of("DatagramChannel", "udp", () -> DatagramChannel.open().bind(anyPort())),
        LeakRow.of(
            "DatagramChannel, connected", "udp", () -> DatagramChannel.open().connect(address())),
        LeakRow.of(
            "DatagramChannel over IPv4",
            "udp ",
            () -> DatagramChannel.open(StandardProtocolFamily.INET).bind(anyPort())),
        LeakRow.of("DatagramChannel that is not bound", NAMELESS, DatagramChannel::open));
  }

  private DatagramSocket connectedDatagrams() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
    socket.connect(address());
    return socket;
  }
}
