package dev.partyline.loopback;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.partyline.weather.Weather;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a test holds of a listener and a client that have a weather. */
@SuppressWarnings("try")
@Timeout(60)
class HoldingEndpointsTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @ParameterizedTest
  @EnumSource(Transport.class)
  void what_a_listener_sends_and_receives_is_held(Transport transport) {
    String script =
        transport == Transport.UDP ? "C| PING\nS| PONG\nC| QUIT" : "C: PING\nS: PONG\nC: QUIT";
    try (Listener listener = Listener.playing(script).over(transport).in(Weather.clear()).start();
        Client client = Client.to(listener.address()).over(transport).start()) {
      listener.weather().hold(Side.CLIENT);
      send(client, transport, "PING");
      listener.weather().awaitHeld(Side.CLIENT, SOON);
      assertThat(listener).client().sentNothing();
      listener.weather().hold(Side.SERVER);
      listener.weather().release(Side.CLIENT);
      listener.weather().awaitHeld(Side.SERVER, SOON);
      assertThat(client).server().sentNothing();
      assertThat(listener.weather().step(Side.SERVER).utf8()).startsWith("PONG");
      assertThat(client).within(SOON).server().sent("PONG");
      send(client, transport, "QUIT");
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  private static void send(Client client, Transport transport, String text) {
    if (transport == Transport.UDP) {
      client.send(text);
    } else {
      client.sendLine(text);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void what_a_client_sends_is_held(Transport transport) {
    String script = transport == Transport.UDP ? "C| PING\nS| PONG" : "C: PING\nS: PONG";
    try (Listener listener = Listener.playing(script).over(transport).start();
        Client client = Client.to(listener.address()).over(transport).in(Weather.clear()).start()) {
      client.weather().freeze();
      send(client, transport, "PING");
      client.weather().awaitHeld(Side.CLIENT, SOON);
      assertThat(listener.recording().byteCount(Side.CLIENT)).isZero();
      client.weather().thaw();
      assertThat(client).within(SOON).server().sent("PONG");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void what_a_listener_that_closes_holds_is_named(Transport transport) {
    String script = transport == Transport.UDP ? "C| PING\nS| PONG" : "C: PING\nS: PONG";
    try (Listener listener = Listener.playing(script).over(transport).in(Weather.clear()).start();
        Client client = Client.to(listener.address()).over(transport).start()) {
      listener.weather().hold(Side.SERVER);
      send(client, transport, "PING");
      listener.weather().awaitHeld(Side.SERVER, SOON);
      listener.close();
      assertThat(listener.recording().conversations().get(0).notes())
          .extracting(Note::text)
          .anyMatch(text -> text.startsWith("held to the end, and not passed on: "));
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void nothing_is_held_of_what_is_closed(Transport transport) {
    try (Listener listener = Listener.silent().over(transport).in(Weather.clear()).start();
        Client client = Client.to(listener.address()).over(transport).in(Weather.clear()).start()) {
      client.close();
      listener.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> client.weather().hold(Side.CLIENT))
          .withMessageStartingWith(client + " is closed");
      assertThatIllegalStateException()
          .isThrownBy(() -> listener.weather().freeze())
          .withMessageStartingWith(listener + " is closed");
    }
  }

  @Test
  void nothing_is_held_where_there_is_no_weather() {
    try (Listener listener = Listener.silent().start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> listener.weather().hold(Side.SERVER))
          .withMessageStartingWith("Listener{")
          .withMessageContaining("was started without a weather")
          .withMessageContaining("in(Weather.clear())");
    }
  }
}
