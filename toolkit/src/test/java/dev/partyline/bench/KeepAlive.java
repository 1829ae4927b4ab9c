package dev.partyline.bench;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A JVM that answers GET after GET until its input ends: {@link KeepAliveBench} starts it. */
final class KeepAlive {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nhello, world";
  private static final String SCRIPT =
      """
      every connection
        repeat
          when
            C: GET / HTTP/1.1
            C: ...
            C:
            S: HTTP/1.1 200 OK
            S: Content-Type: text/plain
            S: Content-Length: ${body-length}
            S:
            S| hello, world
          when
            C: HEAD / HTTP/1.1
            C: ...
            C:
            S: HTTP/1.1 200 OK
            S:
      """;

  /** So many fit into the heap. */
  private static final int MAX_REQUESTS = 1_000_000;

  private static final List<byte[]> REQUESTS = new ArrayList<>();

  private KeepAlive() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "bare" -> bare(false);
      case "keeping" -> bare(true);
      case "selector" -> selector();
      case "partyline" -> partyline();
      default -> mockWebServer();
    }
  }

  private static void serve(int port) throws IOException {
    System.out.println(port);
    while (System.in.read() >= 0) {
      // The parent closes the input of this JVM to end it.
    }
  }

  private static void partyline() throws IOException {
    try (Listener listener = Listener.playing(SCRIPT).start()) {
      serve(listener.port());
    }
  }

  private static void mockWebServer() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return new MockResponse.Builder().code(200).body("hello, world").build();
            }
          });
      server.start(InetAddress.getLoopbackAddress(), 0);
      serve(server.getPort());
    }
  }

  /** Answers on a thread for each connection; keeps each request or not. */
  private static void bare(boolean keeping) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
      Thread acceptor = new Thread(() -> accept(server, keeping));
      acceptor.setDaemon(true);
      acceptor.start();
      serve(server.getLocalPort());
    }
  }

  /** Answers on one thread with a selector, and keeps each request. */
  private static void selector() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open().bind(EndpointsJvm.loopback(0), 1024);
    server.configureBlocking(false);
    Thread thread = new Thread(() -> select(server));
    thread.setDaemon(true);
    thread.start();
    serve(server.socket().getLocalPort());
  }

  private static void select(ServerSocketChannel server) {
    ByteBuffer in = ByteBuffer.allocateDirect(8192);
    ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length());
    answer.put(ANSWER.getBytes(StandardCharsets.US_ASCII));
    try (Selector selector = Selector.open()) {
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (true) {
        selector.select(key -> answer(key, in.clear(), answer.rewind()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers a whole request, which wrk sends at once. */
  private static void answer(SelectionKey key, ByteBuffer in, ByteBuffer answer) {
    try {
      if (key.channel() instanceof ServerSocketChannel server) {
        ManyConnections.prepare(server.accept()).register(key.selector(), SelectionKey.OP_READ);
      } else if (key.channel() instanceof SocketChannel channel) {
        if (channel.read(in) < 0) {
          channel.close();
          return;
        }
        byte[] request = new byte[in.flip().remaining()];
        in.get(request);
        keep(request);
        channel.write(answer);
      }
    } catch (IOException e) {
      // wrk cuts its connections at the end of its time.
      key.cancel();
    }
  }

  private static void accept(ServerSocket server, boolean keeping) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread thread = new Thread(() -> answer(socket, keeping));
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // The bench is over.
    }
  }

  private static void answer(Socket socket, boolean keeping) {
    byte[] answer = ANSWER.getBytes(StandardCharsets.US_ASCII);
    byte[] buffer = new byte[8192];
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      int size = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer, size, 8192 - size)) {
        size += read;
        for (int end = headEnd(buffer, size); end > 0; end = headEnd(buffer, size)) {
          if (keeping) {
            keep(Arrays.copyOf(buffer, end));
          }
          System.arraycopy(buffer, end, buffer, 0, size - end);
          size -= end;
          out.write(answer);
        }
      }
    } catch (IOException e) {
      // wrk cuts its connections at the end of its time.
    }
  }

  private static void keep(byte[] request) {
    synchronized (REQUESTS) {
      if (REQUESTS.size() == MAX_REQUESTS) {
        REQUESTS.clear();
      }
      REQUESTS.add(request);
    }
  }

  private static int headEnd(byte[] buffer, int size) {
    for (int i = 3; i < size; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }
}
