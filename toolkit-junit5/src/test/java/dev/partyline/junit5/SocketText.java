package dev.partyline.junit5;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;

/** Text that a socket sends and receives, as programs with a bug do it. */
final class SocketText {
  private SocketText() {}

  static String readOnce(Socket socket) throws IOException {
    byte[] room = new byte[64];
    return new String(room, 0, Math.max(0, socket.getInputStream().read(room)), US_ASCII);
  }

  static String readAll(Socket socket, int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), US_ASCII);
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }
}
