package dev.partyline.samples.listeners;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A client under test. */
final class ReportClient {
  private ReportClient() {}

  /**
   * Sends {@code report}, and returns what the server sends up to its FIN; after an RST it asks
   * once more.
   *
   * @throws SocketTimeoutException if nothing is received for half a second
   */
  static String report(Listener server) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (Socket socket = new Socket(server.host(), server.port())) {
        socket.setSoTimeout(500);
        socket.getOutputStream().write("report\r\n".getBytes(UTF_8));
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
      } catch (SocketException e) {
        if (attempt == 2) {
          throw e;
        }
      }
    }
  }
}
