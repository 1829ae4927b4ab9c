package dev.partyline.junit5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;

/** A script that answers one line, and a plain socket that has had the answer. */
final class Echo {
  static final String SCRIPT = "every connection\n  C: hi\n  S: hello";

  private Echo() {}

  static Socket greeted(Listener listener) throws IOException {
    Socket socket = new Socket(listener.host(), listener.port());
    socket.getOutputStream().write("hi\r\n".getBytes(UTF_8));
    assertThat(socket.getInputStream().readNBytes(7)).hasSize(7);
    return socket;
  }
}
