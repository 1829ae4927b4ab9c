package dev.partyline.junit5;

import dev.partyline.loopback.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of a listener that is none of ours: a plain socket that speaks lines. */
public final class LineClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final BufferedReader in;

  private LineClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  public static LineClient of(Listener listener) {
    return of(listener.host(), listener.port());
  }

  static LineClient of(String host, int port) {
    try {
      return new LineClient(new Socket(host, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says one line to a listener, and returns its answer. */
  public static String ask(Listener listener, String line) {
    try (LineClient client = of(listener)) {
      client.sendLine(line);
      return client.receiveLine();
    }
  }

  void sendLine(String line) {
    try {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the next line; what became of the connection if there is none. */
  public String receiveLine() {
    try {
      String line = in.readLine();
      return line == null ? "(end)" : line;
    } catch (IOException e) {
      return "(" + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
