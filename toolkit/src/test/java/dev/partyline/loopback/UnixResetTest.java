package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.ScriptException;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Unix domain socket has no RST: what asks for one is refused, or is the FIN that it is. */
@Timeout(60)
class UnixResetTest {
  @Test
  void a_listener_that_would_reset_cannot_be_made() {
    ListenerSpec spec = Listener.playing("C: hi\nS! reset\n");
    assertThatThrownBy(() -> spec.over(Transport.UNIX))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("a Unix domain socket has no RST; expected 'close' over it");
  }

  @Test
  void a_client_that_would_reset_cannot_be_made() {
    try (Listener server = Listener.silent().over(Transport.UNIX).start()) {
      assertThatThrownBy(() -> Client.to(server.address()).playing("C: hi\nC! reset\n"))
          .isInstanceOf(ScriptException.class)
          .hasMessageContaining("a Unix domain socket has no RST");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reset after 5 bytes", "reset after 5s", "reset after \"x\"", "reset first 1"})
  void a_tap_refuses_faults_that_reset(String fault) {
    try (Listener server = Listener.silent().over(Transport.UNIX).start()) {
      TapSpec spec = Tap.to(server).in(Weather.parse(fault));
      assertThatThrownBy(spec::start)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("fault (" + fault + ") cannot act on ")
          .hasMessageContaining("a Unix domain socket has no RST; use 'cut after");
      try (Tap tap = Tap.to(server).start()) {
        Fault parsed = Fault.parse(fault);
        assertThatThrownBy(() -> tap.inject(parsed)).hasMessageContaining("has no RST");
      }
      // Over TCP the client can be reset.
      spec.over(Transport.TCP).start().close();
    }
  }

  @Test
  void a_handler_that_resets_ends_the_stream_and_the_ledger_says_so() throws IOException {
    try (Listener listener =
            Listener.handling(
                    connection -> {
                      connection.send("bye");
                      connection.reset();
                    })
                .over(Transport.UNIX)
                .start();
        SocketChannel client = SocketChannel.open(listener.address())) {
      ByteBuffer in = ByteBuffer.allocate(10);
      while (client.read(in) >= 0) {
        // Reads to the end.
      }
      assertThat(in.position()).isEqualTo(3);
      assertThat(
              listener
                  .recording()
                  .await(
                      () -> !listener.recording().conversations().get(0).ledger().isEmpty(),
                      Duration.ofSeconds(30)))
          .isTrue();
      assertThat(listener.recording().conversations().get(0).ledger())
          .filteredOn(termination -> termination.side() == Side.SERVER)
          .singleElement()
          .extracting(Termination::kind)
          .isEqualTo(Termination.Kind.FIN);
    }
  }
}
