package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.partyline.script.Script;
import java.io.IOException;
import java.net.Socket;

/** A server that answers {@code go} with ten bytes, and a client that asks it through a tap. */
final class TenBytes {
  static final Script SERVER =
      Script.parse(
          """
          every connection
            C: go
            S| 0123456789
            S! close
          """);

  private TenBytes() {}

  static Socket connect(Tap tap) throws IOException {
    Socket socket = new Socket(tap.host(), tap.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  static String ask(Tap tap) throws IOException {
    try (Socket socket = connect(tap)) {
      return ask(socket);
    }
  }

  static String ask(Socket socket) throws IOException {
    socket.getOutputStream().write("go\r\n".getBytes(US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }
}
