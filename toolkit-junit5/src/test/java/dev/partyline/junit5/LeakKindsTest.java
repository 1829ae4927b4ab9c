package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.Ports;
import dev.partyline.script.Script;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each kind of socket is reported if it is left open, and not if it is closed. */
@EnabledOnOs(OS.LINUX)
class LeakKindsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();
  private static Listener server;

  @BeforeAll
  static void startServer() {
    server =
        Listener.playing(
                Script.parse(
                    """
                    every connection
                      repeat
                        when
                          C: GET /stay HTTP/1.1
                          C: ...
                          C:
                          S: HTTP/1.1 200 OK
                          S: Content-Length: 0
                          S:
                        when
                          C: GET /go HTTP/1.1
                          C: ...
                          C:
                          S: HTTP/1.1 200 OK
                          S: Content-Length: 0
                          S: Connection: close
                          S:
                          S! close
                    """))
            .start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static InetSocketAddress serverAddress() {
    return (InetSocketAddress) server.address();
  }

  /** Returns the failure of the test that leaves it open; the one that closes it must not fail. */
  private static Throwable leak(Class<? extends Kind> kind) {
    TestRun run = TestRun.of(kind);
    assertThat(run.failed()).as("%s", run.failures()).containsExactly("leaves()");
    return run.failure();
  }

  /** Two tests of one kind of socket. */
  @NoSocketLeaks
  abstract static class Kind {
    abstract AutoCloseable open() throws Exception;

    @Test
    void leaves() throws Exception {
      LEAKED.add(open());
    }

    @Test
    void closes() throws Exception {
      open().close();
    }
  }

  @Test
  void aSocket() {
    assertThat(leak(OfSocket.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("OfSocket.leaves() left 1 socket open:\n  tcp6 127.0.0.1:")
        .hasMessageContaining(" -> 127.0.0.1:" + server.port() + " ESTABLISHED, descriptor ")
        .hasMessageContaining("the client of your Listener{tcp 127.0.0.1:" + server.port())
        .hasMessageContaining("@NoSocketLeaks(ignoring = ");
  }

  static class OfSocket extends Kind {
    @Override
    Socket open() throws IOException {
      return new Socket(LOOPBACK, server.port());
    }
  }

  @Test
  void aServerSocket() {
    assertThat(leak(OfServerSocket.class))
        .hasMessageContaining("left 1 socket open:\n  tcp6 127.0.0.1:")
        .hasMessageContaining(" LISTEN, descriptor ");
  }

  static class OfServerSocket extends Kind {
    @Override
    ServerSocket open() throws IOException {
      return new ServerSocket(0, 1, LOOPBACK);
    }
  }

  @Test
  void aServerSocketChannel() {
    assertThat(leak(OfServerSocketChannel.class)).hasMessageContaining(" LISTEN, descriptor ");
  }

  static class OfServerSocketChannel extends Kind {
    @Override
    ServerSocketChannel open() throws IOException {
      return ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
    }
  }

  @Test
  void aSocketChannel() {
    assertThat(leak(OfSocketChannel.class))
        .hasMessageContaining(" -> 127.0.0.1:" + server.port() + " ESTABLISHED, descriptor ");
  }

  static class OfSocketChannel extends Kind {
    @Override
    SocketChannel open() throws IOException {
      return SocketChannel.open(serverAddress());
    }
  }

  @Test
  void aSocketChannelThatDoesNotBlock() {
    assertThat(leak(OfChannelThatDoesNotBlock.class))
        .hasMessageContaining(" -> 127.0.0.1:" + server.port() + " ESTABLISHED, descriptor ");
  }

  static class OfChannelThatDoesNotBlock extends Kind {
    @Override
    SocketChannel open() throws IOException {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(serverAddress());
      return channel;
    }
  }

  @Test
  void anAsynchronousSocketChannel() {
    assertThat(leak(OfAsynchronousChannel.class))
        .hasMessageContaining(" -> 127.0.0.1:" + server.port() + " ESTABLISHED, descriptor ");
  }

  static class OfAsynchronousChannel extends Kind {
    @Override
    AsynchronousSocketChannel open() throws Exception {
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      channel.connect(serverAddress()).get(10, TimeUnit.SECONDS);
      return channel;
    }
  }

  @Test
  void aDatagramChannel() {
    assertThat(leak(OfDatagramChannel.class))
        .hasMessageContaining("left 1 socket open:\n  udp6 ")
        .hasMessageContaining(" -> 127.0.0.1:" + server.port() + " ESTABLISHED, descriptor ");
  }

  static class OfDatagramChannel extends Kind {
    @Override
    DatagramChannel open() throws IOException {
      return DatagramChannel.open().connect(serverAddress());
    }
  }

  @Test
  void aDatagramSocket() {
    assertThat(leak(OfDatagramSocket.class))
        .hasMessageContaining("left 1 socket open:\n  udp6 127.0.0.1:");
  }

  static class OfDatagramSocket extends Kind {
    @Override
    DatagramSocket open() throws IOException {
      return new DatagramSocket(0, LOOPBACK);
    }
  }

  @Test
  void aSocketThatIsOnlyBound() {
    assertThat(leak(OfBoundSocket.class))
        .hasMessageContaining("  a socket that neither listens nor is connected, descriptor ");
  }

  static class OfBoundSocket extends Kind {
    @Override
    Socket open() throws IOException {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(LOOPBACK, 0));
      return socket;
    }
  }

  @Test
  void aUnixDomainSocket() {
    assertThat(leak(OfUnixDomainSocket.class))
        .hasMessageContaining("left 1 socket open:\n  unix ")
        .hasMessageContaining("leak.sock LISTENING, descriptor ");
  }

  static class OfUnixDomainSocket extends Kind {
    @Override
    AutoCloseable open() throws IOException {
      Path path = Files.createTempDirectory("partyline").resolve("leak.sock");
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      return () -> {
        server.close();
        Files.delete(path);
        Files.delete(path.getParent());
      };
    }
  }

  @Test
  void thePoolOfAnHttpClient() {
    assertThat(leak(OfHttpClient.class))
        .hasMessageContaining(" -> 127.0.0.1:" + server.port() + " ESTABLISHED, descriptor ");
  }

  /** On JDK 17 there is no way to close one: its connection ends when the server closes. */
  static class OfHttpClient extends Kind {
    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    AutoCloseable open() throws Exception {
      get("/stay");
      return () -> get("/go");
    }

    private void get(String path) throws Exception {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void thePoolOfOkHttp() {
    assertThat(leak(OfOkHttp.class))
        .hasMessageContaining(" -> 127.0.0.1:" + server.port() + " ESTABLISHED, descriptor ");
  }

  static class OfOkHttp extends Kind {
    private final OkHttpClient client = new OkHttpClient();

    @Override
    AutoCloseable open() throws Exception {
      String url = "http://127.0.0.1:" + server.port() + "/stay";
      try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
        assertThat(response.code()).isEqualTo(200);
      }
      return client.connectionPool()::evictAll;
    }
  }

  @Test
  void aListenerOfOursWithTheStackOfItsOpening() {
    assertOurs(leak(OfListener.class), "Listener{tcp 127.0.0.1:", "OfListener");
  }

  static class OfListener extends Kind {
    @Override
    Listener open() {
      return Listener.silent().start();
    }
  }

  @Test
  void aClientOfOursWithTheStackOfItsOpening() {
    assertOurs(leak(OfClient.class), "Client{tcp 127.0.0.1:" + server.port(), "OfClient");
  }

  static class OfClient extends Kind {
    @Override
    Client open() {
      return Client.to(server.address()).start();
    }
  }

  @Test
  void aTapOfOursWithTheStackOfItsOpening() {
    assertOurs(leak(OfTap.class), "Tap{tcp 127.0.0.1:", "OfTap");
  }

  static class OfTap extends Kind {
    @Override
    Tap open() {
      return Tap.to(server).start();
    }
  }

  @Test
  void aPortLeaseWithTheStackOfItsOpening() {
    Throwable leak = leak(OfLease.class);
    assertOurs(leak, "PortLease{127.0.0.1:", "OfLease");
    assertThat(leak).hasMessageContaining("left 2 sockets open");
  }

  static class OfLease extends Kind {
    @Override
    AutoCloseable open() {
      return Ports.reserveBlock(2);
    }
  }

  private static void assertOurs(Throwable leak, String what, String location) {
    assertThat(leak)
        .hasMessageContaining("open:\n  " + what)
        .hasMessageContaining(
            ", opened at " + LeakKindsTest.class.getName() + "$" + location + ".open(");
    assertThat(leak.getSuppressed()).hasSize(1);
    assertThat(leak.getSuppressed()[0])
        .hasMessageStartingWith(what)
        .hasMessageEndingWith(" was opened here");
    assertThat(leak.getSuppressed()[0].getStackTrace()[0].getMethodName()).isEqualTo("open");
  }
}
