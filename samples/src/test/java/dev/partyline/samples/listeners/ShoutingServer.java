package dev.partyline.samples.listeners;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/** A server under test: it serves one client, and sends each line back in upper case. */
final class ShoutingServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

  ShoutingServer() throws IOException {
    new Thread(this::serve).start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    try (Socket client = socket.accept()) {
      var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        client.getOutputStream().write((line.toUpperCase(Locale.ROOT) + "\r\n").getBytes(UTF_8));
      }
    } catch (IOException e) {
      // The test has closed the server.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
