package dev.partyline.internal.relay;

import static dev.partyline.internal.relay.RelayPlaybook.play;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import org.junit.jupiter.api.Test;

/** What a relay decides that uses TLS: an event and its actions on a line each. */
class RelayTlsTest {
  private static void plays(String text, Side... tlsSides) {
    assertThat(play("", text.strip(), tlsSides)).isEqualTo(text.strip());
  }

  @Test
  void tlsWithTheServerWaitsForTheHelloOfTheClient() {
    plays(
        """
        start              -> start TLS with client, read client, connect
        connected          -> wake +5 ms
        client secured     -> start TLS with server, read server
        client "hi"        ->
        server secured     -> write server "hi"
        """,
        Side.CLIENT,
        Side.SERVER);
  }

  @Test
  void tlsThatFailsWithTheServerResetsTheClient() {
    plays(
        """
        start              -> read client, connect
        connected          -> start TLS with server, read server
        server TLS fails   -> RST client, RST server, close\
         [server REFUSED 0: TLS with the server failed: bad record]
        """,
        Side.SERVER);
  }

  @Test
  void tlsThatFailsWithTheClientResetsTheServerAlone() {
    plays(
        """
        start              -> start TLS with client, read client, connect
        connected          -> read server
        client TLS fails   -> RST server, close\
         [server FIN 0: TLS with the client failed: bad record]
        """,
        Side.CLIENT);
  }

  @Test
  void a_server_in_its_handshake_is_told_at_once_that_the_client_was_reset() {
    plays(
        """
        start              -> read client, connect
        connected          -> start TLS with server, read server
        client RST         -> RST client, RST server, close [client RST 0]
        """,
        Side.SERVER);
  }

  @Test
  void a_server_in_its_handshake_is_told_at_once_of_a_reset_after_the_fin() {
    plays(
        """
        start              -> read client, connect
        connected          -> start TLS with server, read server
        client FIN         -> pause client, wake +5 ms [client FIN 0]
        client RST         -> RST client, RST server, close [client RST 0]
        """,
        Side.SERVER);
  }

  @Test
  void bytes_before_the_reset_wait_for_the_handshake_of_the_server() {
    plays(
        """
        start              -> read client, connect
        connected          -> start TLS with server, read server
        client "hi"        ->
        client RST         -> wake +2000 ms, pause client [client RST 2]
        server secured     -> write server "hi", RST client, RST server, close
        """,
        Side.SERVER);
  }

  @Test
  void a_reset_in_the_handshake_of_the_client_is_told_as_such() {
    plays(
        """
        start              -> start TLS with client, read client, connect
        connected          -> wake +5 ms
        client RST         -> RST client, RST server, close\
         [client RST 0: in the TLS handshake]
        """,
        Side.CLIENT,
        Side.SERVER);
  }

  @Test
  void a_server_that_resets_before_its_handshake_resets_the_client_in_its_own() {
    plays(
        """
        start              -> start TLS with client, read client, connect
        connected          -> wake +5 ms
        +5 ms              -> probe server, wake +10 ms
        server RST pending -> RST client, RST server, close [server RST 0]
        """,
        Side.CLIENT,
        Side.SERVER);
  }
}
