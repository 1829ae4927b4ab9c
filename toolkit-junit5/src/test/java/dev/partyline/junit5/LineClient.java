package dev.partyline.junit5;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that is not one of ours: a plain socket that sends and receives lines. */
public final class LineClient implements AutoCloseable {
  /** A script that answers each line. */
  static final String ECHO = "every connection\n  repeat\n    C: ${line}\n    S: you said ${line}";

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

  /** Sends one line to a listener, and returns its answer. */
  public static String ask(Listener listener, String line) {
    return ask(listener.host(), listener.port(), line);
  }

  /** Sends one line through a tap, and returns its answer. */
  static String ask(Tap tap, String line) {
    return ask(tap.host(), tap.port(), line);
  }

  /** Sends one line and a FIN to a listener that does not answer, and waits for its end. */
  static void tell(Listener listener, String line) {
    try (LineClient client = of(listener)) {
      client.sendLine(line);
      client.socket.shutdownOutput();
      client.receiveLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ask(String host, int port, String line) {
    try (LineClient client = of(host, port)) {
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

  /** Returns the next line, or how the connection ended if there is none. */
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
