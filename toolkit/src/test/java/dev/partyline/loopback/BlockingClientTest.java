package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BlockingClientTest {
  @Test
  void it_sends_and_receives_like_telnet() {
    Handler greeter =
        connection -> {
          connection.sendLine("220 ready");
          connection.sendLine("250 hello " + connection.readLine().substring(5));
          connection.send(Bytes.hex("00 ff 01"));
        };
    try (Listener listener = Listener.handling(greeter).start();
        Client client = Client.to(listener.address()).start()) {
      client.expectLine("220 ready");
      client.sendLine("EHLO me");
      assertThat(client.readLine()).isEqualTo("250 hello me");
      assertThat(client.read(3)).isEqualTo(Bytes.hex("00ff01"));
      assertThat(client.readToEnd().isEmpty()).isTrue();
    }
  }

  @Test
  void what_differs_is_shown_beside_what_was_expected() {
    try (Listener listener =
            Listener.handling(
                    connection -> {
                      connection.sendLine("250 NO");
                      connection.readLine();
                    })
                .start();
        Client client = Client.to(listener.address()).start()) {
      assertThatThrownBy(() -> client.expectLine("250 OK"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("at offset 4")
          .hasMessageContaining("\n  expected: 250 OK\\r\\n\n  received: 250 NO\\r\\n\n")
          .hasMessageContaining("\n                ^\n")
          .hasMessageContaining("the server is open, silent for");
      // Bytes that were not as expected can still be read.
      client.expectLine("250 NO");
      client.sendLine("");
    }
  }

  @Test
  void a_wait_ends_at_the_deadline_and_shows_what_was_received() {
    try (Listener listener =
            Listener.handling(
                    connection -> {
                      connection.send("half a li");
                      connection.readLine();
                    })
                .start();
        Client client = Client.to(listener.address()).deadline(Duration.ofMillis(100)).start()) {
      client.recording().awaitBytes(Side.SERVER, 9, Duration.ofSeconds(20));
      client.drainInput();
      assertThatThrownBy(client::readLine)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith(
              "timed out after 100 ms while waiting for a line\n  received: half a li\n");
      client.sendLine("");
    }
  }

  @Test
  void a_wait_ends_when_the_peer_ends() {
    try (Listener listener = Listener.handling(connection -> connection.send("a")).start();
        Client client = Client.to(listener.address()).start()) {
      assertThatThrownBy(() -> client.expectLine("abc"))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("waited for \"abc\\r\\n\", but the server has sent a FIN");
    }
    Handler rude =
        connection -> {
          connection.readLine();
          connection.reset();
        };
    try (Listener listener = Listener.handling(rude).start();
        Client client = Client.to(listener.address()).start()) {
      client.sendLine("");
      assertThatThrownBy(client::readToEnd)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("waited for the peer's FIN, but the server has sent an RST");
    }
  }

  @Test
  void its_text_shows_its_state() {
    try (Listener listener = Listener.silent().start()) {
      assertThat(Client.to(listener.address()))
          .hasToString("Client{to tcp 127.0.0.1:" + listener.port() + ", not started}");
      Client client = Client.to(listener.address()).start();
      assertThat(client.toString())
          .startsWith("Client{tcp 127.0.0.1:" + listener.port() + " from 127.0.0.1:");
      client.close();
      client.close();
      assertThat(client.toString()).endsWith(", closed}");
      assertThatThrownBy(() -> client.send("x")).isInstanceOf(LoopbackException.class);
    }
  }

  @Test
  void one_that_plays_a_script_has_no_blocking_methods() {
    try (Listener listener = Listener.silent().start();
        Client client = Client.to(listener.address()).playing("C: a\n").start()) {
      assertThatThrownBy(() -> client.send("x")).isInstanceOf(IllegalStateException.class);
    }
  }
}
