package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults that act at a bad moment, fail, or call their own tap. */
@Timeout(60)
class TapFaultMisuseTest {
  private static final Duration SOON = ofSeconds(30);

  @Test
  void a_reset_during_the_connect_to_the_server_reaches_the_client_at_once() throws IOException {
    try (Listener server = Listener.silent().start();
        Tap tap = tapWithConnectDelay(server);
        Socket client = halfClosed(tap)) {
      tap.inject(Fault.cutAfter(ofMillis(5), CloseType.RST));
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      tap.recording().awaitClosed(SOON);
      assertThat(server.recording().connections()).isZero();
    }
  }

  @Test
  void a_cut_during_the_connect_to_the_server_reaches_the_client_at_once() throws IOException {
    try (Listener server = Listener.silent().start();
        Tap tap = tapWithConnectDelay(server);
        Socket client = halfClosed(tap)) {
      tap.inject(Fault.cutAfter(ofMillis(5), CloseType.FIN));
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void time_is_up_although_the_connect_to_the_server_has_not_started_yet() throws IOException {
    Fault soon = Fault.cutAfter(ofMillis(5), CloseType.RST);
    Fault late = Fault.connectDelay(Duration.ofMinutes(10));
    try (Listener server = Listener.silent().start();
        Tap tap = Tap.to(server).in(Weather.of(soon, late)).start();
        Socket client = new Socket(tap.host(), tap.port())) {
      client.setSoTimeout((int) SOON.toMillis());
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void time_is_up_although_the_server_never_answers() throws IOException {
    Weather soon = Weather.of(Fault.cutAfter(ofMillis(5), CloseType.FIN));
    try (Listener unresponsive = Listener.neverAccepting().start();
        Tap tap = Tap.to(unresponsive).in(soon).start();
        Socket client = new Socket(tap.host(), tap.port())) {
      client.setSoTimeout((int) SOON.toMillis());
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static Tap tapWithConnectDelay(Listener server) {
    return Tap.to(server).in(Weather.of(Fault.connectDelay(Duration.ofMinutes(10)))).start();
  }

  private static Socket halfClosed(Tap tap) throws IOException {
    Socket client = new Socket(tap.host(), tap.port());
    client.setSoTimeout((int) SOON.toMillis());
    client.getOutputStream().write("hello".getBytes(US_ASCII));
    client.shutdownOutput();
    tap.recording().awaitBytes(Side.CLIENT, 5, SOON);
    return client;
  }

  @Test
  void a_fault_cannot_close_its_own_tap() throws IOException {
    assertThat(failureOfMisuse(Tap::close))
        .contains("close() of Tap{")
        .contains("was called by a fault");
  }

  @Test
  void a_fault_cannot_have_its_own_tap_drain_its_input() throws IOException {
    assertThat(failureOfMisuse(Tap::drainInput))
        .contains("drainInput() of Tap{")
        .contains("leave it to the test");
  }

  private static String failureOfMisuse(Consumer<Tap> misuse) throws IOException {
    AtomicReference<Tap> own = new AtomicReference<>();
    Fault fault =
        Fault.of(
            "meddler",
            context ->
                input -> {
                  misuse.accept(own.get());
                  return new Verdict.Pass(input.size());
                });
    try (Listener server = Listener.silent().start()) {
      Tap tap = Tap.to(server).in(Weather.of(fault)).start();
      own.set(tap);
      try (Socket client = new Socket(tap.host(), tap.port())) {
        client.setSoTimeout((int) SOON.toMillis());
        client.getOutputStream().write(1);
        assertThatThrownBy(() -> client.getInputStream().read())
            .isInstanceOf(SocketException.class);
      }
      Throwable thrown = catchThrowable(tap::close);
      assertThat(thrown).isInstanceOf(AssertionError.class);
      return String.valueOf(thrown.getMessage());
    }
  }

  @Test
  void a_fault_that_cannot_start_resets_its_client_and_is_in_the_ledger() throws IOException {
    Fault broken =
        Fault.of(
            "broken",
            context -> {
              throw new IllegalStateException("out of order");
            });
    try (Listener server = Listener.silent().start()) {
      Tap tap = Tap.to(server).in(Weather.of(broken)).start();
      try (Socket client = new Socket(tap.host(), tap.port())) {
        client.setSoTimeout((int) SOON.toMillis());
        assertThatThrownBy(() -> client.getInputStream().read())
            .isInstanceOf(SocketException.class);
      }
      tap.recording().awaitClosed(SOON);
      assertThat(tap.recording().conversations().get(0).ledger())
          .singleElement()
          .satisfies(termination -> assertThat(termination.cause()).contains("out of order"));
      assertThatThrownBy(tap::close).isInstanceOf(AssertionError.class);
    }
  }
}
