package dev.partyline.samples.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps its connection to a server that answers each line by a line, for the next question. */
class LinePool implements Closeable {
  private final int port;
  private final boolean asksAgain;
  private @Nullable Socket kept;

  /** Makes one; it is wrong if it does not ask again where the kept connection has ended. */
  LinePool(int port, boolean asksAgain) {
    this.port = port;
    this.asksAgain = asksAgain;
  }

  String ask(String question) throws IOException {
    Socket idle = kept;
    if (idle != null && !hasEnded(idle)) {
      try {
        return ask(idle, question);
      } catch (IOException e) {
        if (!asksAgain) {
          throw e;
        }
      }
    }
    close();
    Socket fresh = new Socket("127.0.0.1", port);
    kept = fresh;
    return ask(fresh, question);
  }

  private static String ask(Socket socket, String question) throws IOException {
    socket.getOutputStream().write((question + "\r\n").getBytes(US_ASCII));
    byte[] answer = socket.getInputStream().readNBytes(5);
    if (answer.length < 5) {
      throw new EOFException("no answer to " + question);
    }
    return new String(answer, US_ASCII).strip();
  }

  /** This is not enough: the end may be on its way. */
  private static boolean hasEnded(Socket socket) throws IOException {
    socket.setSoTimeout(200);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  @Override
  public void close() throws IOException {
    Socket socket = kept;
    if (socket != null) {
      socket.close();
      kept = null;
    }
  }
}
