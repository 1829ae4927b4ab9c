package dev.partyline.samples.listeners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Connection;
import dev.partyline.loopback.Handler;
import dev.partyline.loopback.Listener;
import dev.partyline.view.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** What the other end sees, and what the ledger says, when one end ends a connection. */
class EndingConnectionsTest {
  private static String read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), UTF_8);
  }

  @Test
  void afterAHalfCloseTheOtherEndMayStillSend() throws IOException {
    Handler handler =
        connection -> {
          connection.sendLine("your name?");
          connection.shutdownOutput();
          assertThat(connection.readToEnd().utf8()).isEqualTo("Alice\r\n");
        };
    Listener listener = Listener.handling(handler).start();
    try (Socket socket = new Socket(listener.host(), listener.port())) {
      assertThat(read(socket)).isEqualTo("your name?\r\n");
      socket.getOutputStream().write("Alice\r\n".getBytes(UTF_8));
    }
    listener.recording().awaitClosed(ofSeconds(5));
    listener.close();
    assertThat(Ledger.text(listener.recording()).lines())
        .satisfiesExactly(
            opening -> assertThat(opening).contains("#1 opened by 127.0.0.1:", " over TCP"),
            first -> assertThat(first).endsWith("#1 server FIN after 12 bytes"),
            second -> assertThat(second).endsWith("#1 client FIN after 7 bytes"));
  }

  @Test
  void aResetIsAnExceptionAtTheOtherEnd() throws IOException {
    try (Listener listener = Listener.handling(Connection::reset).start();
        Socket socket = new Socket(listener.host(), listener.port())) {
      assertThatThrownBy(() -> read(socket)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aListenerThatIsClosedEndsItsConnections() throws IOException {
    Listener listener = Listener.handling(Connection::readLine).start();
    try (Socket socket = new Socket(listener.host(), listener.port())) {
      listener.close();
      assertThat(read(socket)).isEmpty();
      assertThat(Ledger.text(listener.recording())).contains("server FIN after 0 bytes: closed by");
      assertThatThrownBy(() -> Client.to(listener.address()).start())
          .hasMessageContaining("Connection refused");
    }
  }
}
