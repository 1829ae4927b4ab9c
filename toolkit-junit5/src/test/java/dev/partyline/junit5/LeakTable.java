package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.Ports;
import dev.partyline.wire.Transport;
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
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
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
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Every way of leaving something open, a row each: what it is, what is reported, how it opens. */
final class LeakTable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String ESTABLISHED = " ESTABLISHED, descriptor ";
  private static final String LISTEN = " LISTEN, descriptor ";
  private static final String NAMELESS = "a socket that neither listens nor is connected";

  private final Listener server;
  private final Listener serverOverIpv6;
  private final Listener webServer;

  LeakTable(Listener server, Listener serverOverIpv6, Listener webServer) {
    this.server = server;
    this.serverOverIpv6 = serverOverIpv6;
    this.webServer = webServer;
  }

  /**
   * A way of leaving something open.
   *
   * @param collected whether the garbage collector closes it
   */
  record Row(String name, String reported, Opening opening, boolean collected) {
    private Row whichIsCollected() {
      return new Row(name, reported, opening, true);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Opens something, and returns what closes it. */
  @FunctionalInterface
  interface Opening {
    AutoCloseable open() throws Exception;
  }

  private static Row row(String name, String reported, Opening opening) {
    return new Row(name, reported, opening, false);
  }

  Stream<Row> rows() {
    Stream<Row> collected =
        Stream.of(sockets(), serverSockets(), datagrams())
            .flatMap(rows -> rows)
            .map(Row::whichIsCollected);
    return Stream.of(collected, channels(), others(), clients(), ours()).flatMap(rows -> rows);
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

  private Stream<Row> sockets() {
    return Stream.of(
        row("Socket", ESTABLISHED, this::socket),
        row(
            "Socket over IPv6",
            ESTABLISHED,
            () -> new Socket(ipv6Address().getAddress(), serverOverIpv6.port())),
        row("Socket without a proxy", ESTABLISHED, this::socketWithoutProxy),
        row("Socket that has timed out", ESTABLISHED, this::socketWithTimeout),
        row("Socket, half closed", " FIN_WAIT", this::halfClosedSocket),
        row("Socket that is only bound", NAMELESS, LeakTable::boundSocket),
        row(
            "Socket of a factory",
            ESTABLISHED,
            () -> SocketFactory.getDefault().createSocket(LOOPBACK, server.port())),
        row(
            "SSLSocket",
            ESTABLISHED,
            () -> SSLSocketFactory.getDefault().createSocket(LOOPBACK, server.port())),
        row("accepted Socket", "1 connection open", LeakTable::acceptedSocket),
        row("Socket of a pool's thread", ESTABLISHED, this::socketOfExecutor),
        row("Socket of a virtual thread", ESTABLISHED, this::socketOfVirtualThread));
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

  private static Stream<Row> serverSockets() {
    return Stream.of(
        row("ServerSocket", LISTEN, () -> new ServerSocket(0, 1, LOOPBACK)),
        row(
            "ServerSocket over IPv6",
            LISTEN,
            () -> new ServerSocket(0, 1, InetAddress.getByName("::1"))),
        row("ServerSocket for all addresses", LISTEN, () -> new ServerSocket(0)),
        row("ServerSocket that is not bound", NAMELESS, LeakTable::unboundServerSocket),
        row(
            "ServerSocket of a factory",
            LISTEN,
            () -> ServerSocketFactory.getDefault().createServerSocket(0, 1, LOOPBACK)),
        row(
            "SSLServerSocket",
            LISTEN,
            () -> SSLServerSocketFactory.getDefault().createServerSocket(0, 1, LOOPBACK)));
  }

  private static ServerSocket unboundServerSocket() throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    return server;
  }

  private Stream<Row> channels() {
    return Stream.of(
        row("SocketChannel", ESTABLISHED, () -> SocketChannel.open(address())),
        row("SocketChannel over IPv6", ESTABLISHED, () -> SocketChannel.open(ipv6Address())),
        row("SocketChannel that does not block", ESTABLISHED, this::nonBlockingChannel),
        row("SocketChannel, half closed", " FIN_WAIT", this::halfClosedChannel),
        row("SocketChannel, not connected", NAMELESS, SocketChannel::open),
        row("ServerSocketChannel", LISTEN, () -> ServerSocketChannel.open().bind(anyPort())),
        row("accepted SocketChannel", "1 connection open", LeakTable::acceptedChannel),
        row("AsynchronousSocketChannel", ESTABLISHED, this::asynchronousChannel),
        row(
            "AsynchronousServerSocketChannel",
            LISTEN,
            () -> AsynchronousServerSocketChannel.open().bind(anyPort())),
        row(
            "accepted AsynchronousSocketChannel",
            "1 connection open",
            this::acceptedAsynchronousChannel),
        row("Unix domain server", "unix ", () -> unixDomainServer(Files.createTempDirectory("u"))),
        row("Unix domain connection", "1 connection", LeakTable::unixConnection));
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

  private Stream<Row> datagrams() {
    return Stream.of(
        row("DatagramSocket", "udp", () -> new DatagramSocket(0, LOOPBACK)),
        row("DatagramSocket, connected", "udp", this::connectedDatagrams),
        row("MulticastSocket", "udp", () -> new MulticastSocket(0)),
        row("DatagramChannel", "udp", () -> DatagramChannel.open().bind(anyPort())),
        row("DatagramChannel, connected", "udp", () -> DatagramChannel.open().connect(address())),
        row(
            "DatagramChannel over IPv4",
            "udp ",
            () -> DatagramChannel.open(StandardProtocolFamily.INET).bind(anyPort())),
        row("DatagramChannel that is not bound", NAMELESS, DatagramChannel::open));
  }

  private DatagramSocket connectedDatagrams() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
    socket.connect(address());
    return socket;
  }

  private static Stream<Row> others() {
    return Stream.of(
        row("Selector", "1 selector open", Selector::open),
        row("Pipe", "1 pipe open", LeakTable::pipe),
        row("Pipe, half closed", "1 pipe open", LeakTable::halfClosedPipe),
        row("AsynchronousChannelGroup", "1 asynchronous channel group open", LeakTable::group),
        row("HttpServer", LISTEN, LeakTable::httpServer),
        row("MockWebServer", LISTEN, LeakTable::mockWebServer));
  }

  private static AutoCloseable pipe() throws IOException {
    Pipe pipe = Pipe.open();
    return () -> {
      pipe.sink().close();
      pipe.source().close();
    };
  }

  private static AutoCloseable halfClosedPipe() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.sink().close();
    return pipe.source();
  }

  private static AutoCloseable group() throws IOException {
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
    return group::shutdownNow;
  }

  private static AutoCloseable httpServer() throws IOException {
    HttpServer server = HttpServer.create(anyPort(), 0);
    server.start();
    return () -> server.stop(0);
  }

  private static AutoCloseable mockWebServer() throws IOException {
    MockWebServer server = new MockWebServer();
    server.start();
    return server;
  }

  private Stream<Row> clients() {
    return Stream.of(
        row("HttpClient", ESTABLISHED, this::httpClient).whichIsCollected(),
        row("HttpURLConnection", ESTABLISHED, this::urlConnection),
        row("OkHttp", ESTABLISHED, this::okHttp),
        row("Apache HttpClient", ESTABLISHED, this::apacheClient));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + webServer.port() + path);
  }

  /** Before JDK 21 it has no method that closes it: its connection ends when the server closes. */
  private AutoCloseable httpClient() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpResponse.BodyHandler<Void> discarding = HttpResponse.BodyHandlers.discarding();
    client.send(HttpRequest.newBuilder(uri("/stay")).build(), discarding);
    return () -> client.send(HttpRequest.newBuilder(uri("/go")).build(), discarding);
  }

  private AutoCloseable urlConnection() throws IOException {
    get(uri("/stay"));
    return () -> get(uri("/go"));
  }

  private static void get(URI uri) throws IOException {
    assertThat(uri.toURL().openConnection().getInputStream().readAllBytes()).isEmpty();
  }

  private AutoCloseable okHttp() throws IOException {
    OkHttpClient client = new OkHttpClient();
    client.newCall(new Request.Builder().url(uri("/stay").toURL()).build()).execute().close();
    return client.connectionPool()::evictAll;
  }

  private AutoCloseable apacheClient() throws IOException {
    CloseableHttpClient client = HttpClients.createDefault();
    client.execute(
        new HttpGet(uri("/stay")),
        response -> {
          EntityUtils.consume(response.getEntity());
          return response.getCode();
        });
    return client;
  }

  private Stream<Row> ours() {
    return Stream.of(
        row("Listener", "Listener{tcp ", () -> Listener.silent().start()),
        row("Listener over UDP", "Listener{udp ", () -> listener(Transport.UDP)),
        row("Listener over Unix", "Listener{unix ", () -> listener(Transport.UNIX)),
        row("Client", "Client{tcp ", () -> Client.to(address()).start()),
        row("Tap", "Tap{tcp ", () -> Tap.to(server).start()),
        row("PortLease", "PortLease{", Ports::reserve),
        row("PortLeases", "2 sockets open", () -> Ports.reserveBlock(2)));
  }

  private static Listener listener(Transport transport) {
    return Listener.silent().over(transport).start();
  }
}
