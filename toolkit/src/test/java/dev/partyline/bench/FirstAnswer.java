package dev.partyline.bench;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

/** A JVM that answers one request, and prints when it has: {@link StartupBench} starts it. */
final class FirstAnswer {
  private static final String SCRIPT =
      """
      C: GET / HTTP/1.1
      C: Host: localhost
      C:
      S: HTTP/1.1 200 OK
      S: Content-Length: 5
      S:
      S| hello
      """;

  private FirstAnswer() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "bare" -> bare();
      case "partyline" -> partyline();
      default -> mockWebServer();
    }
  }

  private static void bare() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read(new byte[1000]);
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                              .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      ask(server.getLocalPort());
    }
  }

  private static void partyline() throws IOException {
    try (Listener listener = Listener.playing(SCRIPT).start()) {
      ask(listener.port());
    }
  }

  private static void mockWebServer() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse.Builder().code(200).body("hello").build());
      server.start(InetAddress.getLoopbackAddress(), 0);
      ask(server.getPort());
    }
  }

  private static void ask(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = "";
      while (!answer.endsWith("hello")) {
        byte[] some = new byte[1000];
        answer += new String(some, 0, in.read(some), StandardCharsets.US_ASCII);
      }
      System.out.println("answered");
    }
  }
}
