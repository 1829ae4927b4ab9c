package dev.partyline.internal.relay;

import static dev.partyline.internal.relay.RelayPlaybook.play;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import org.junit.jupiter.api.Test;

/** What a relay decides, an event and its actions on a line each. */
class RelayCoreTest {
  private static void plays(String text) {
    assertThat(play(text.strip())).isEqualTo(text.strip());
  }

  private static void playsIn(String weather, String text, Side... tlsSides) {
    assertThat(play(weather, text.strip(), tlsSides)).isEqualTo(text.strip());
  }

  @Test
  void bytesGoToTheOtherSideAndTheEndAfterThem() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        client "hi"        -> write server "hi"
        server "hello"     -> write client "hello"
        client FIN         -> FIN server, pause client, wake +5 ms [client FIN 2]
        server "bye"       -> write client "bye"
        server FIN         -> FIN client, close [server FIN 8]
        """);
  }

  @Test
  void whatTheClientSendsBeforeTheServerIsConnectedWaits() {
    plays(
        """
        start              -> read client, connect
        client "he"        ->
        client "llo"       ->
        client FIN         -> pause client, wake +5 ms [client FIN 5]
        connected          -> write server "hello", FIN server, read server
        """);
  }

  @Test
  void anEarlyClientFeelsBackPressureAfter64KiB() {
    plays(
        """
        start              -> read client, connect
        client "0123" x 9000 ->
        client "0123" x 9000 -> pause client, wake +5 ms
        connected          -> write server 72000 bytes, read client, read server
        """);
  }

  @Test
  void aServerThatRefusesResetsTheClient() {
    plays(
        """
        start              -> read client, connect
        refused            -> RST client, RST server, close\
         [server REFUSED 0: cannot connect to 127.0.0.1:2: Connection refused]
        """);
  }

  @Test
  void aUnixSocketWithAFullBacklogIsTriedAgain() {
    plays(
        """
        start              -> read client, connect
        backlog full       -> wake +2 ms
        +2 ms              -> connect
        connected          -> read server
        """);
  }

  @Test
  void aBacklogThatStaysFullIsTriedMoreAndMoreRarely() {
    plays(
        """
        start              -> read client, connect
        backlog full       -> wake +2 ms
        +2 ms              -> connect
        backlog full       -> wake +4 ms
        +4 ms              -> connect
        backlog full       -> wake +8 ms
        """);
  }

  @Test
  void aTapThatClosesBeforeTheServerHasAnsweredSaysSo() {
    plays(
        """
        start              -> read client, connect
        +1500 ms           ->
        tap closes         -> RST client, RST server, close\
         [server TIMED_OUT 0: no answer to the connect to 127.0.0.1:2 for 1500 ms]
        """);
  }

  @Test
  void aTapThatClosesEndsBothSidesByFin() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        tap closes         -> close_notify, close
        """);
  }

  @Test
  void aTapThatClosesResetsBothSidesIfBytesAreLost() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        server takes 1     ->
        client "hi"        -> write server "h", pause client, wake +5 ms
        tap closes         -> RST client, RST server, close
        """);
  }

  @Test
  void aFaultDelaysBytesAndTheEnd() {
    playsIn(
        "delay 50ms",
        """
        start              -> read client, connect
        connected          -> read server
        client "hi"        -> wake +50 ms
        client FIN         -> pause client, wake +5 ms [client FIN 2]
        +5 ms              -> probe client, wake +10 ms
        +45 ms             -> probe client, write server "hi", FIN server, wake +20 ms
        """);
  }

  @Test
  void aFaultDelaysTheConnect() {
    playsIn(
        "connect delay 30ms",
        """
        start              -> read client, wake +30 ms
        client "hi"        ->
        +30 ms             -> connect
        connected          -> write server "hi", read server
        """);
  }

  @Test
  void aFaultCutsBothDirections() {
    playsIn(
        "cut after 3 bytes",
        """
        start              -> read client, connect
        connected          -> read server
        server "hello"     -> write client "hel", FIN without close_notify client, FIN server\
         [server FAULT 5: cut after 3 bytes]
        """);
  }

  @Test
  void aConnectionWhoseSidesAreBothResetIsClosedThoughAFaultHoldsTheRst() {
    playsIn(
        "delay 50ms",
        """
        start              -> read client, connect
        connected          -> read server
        client RST         -> pause client, wake +50 ms [client RST 0]
        server RST         -> pause server, close [server RST 0]
        """);
  }

  @Test
  void aSourceWhoseSinkWasResetIsReadToItsEndThoughMuchIsHeld() {
    playsIn(
        "delay 50ms from server",
        """
        start              -> read client, connect
        connected          -> read server
        server "01234567" x 60000 -> wake +50 ms
        server "01234567" x 60000 ->
        server "01234567" x 60000 ->
        server "01234567" x 60000 ->
        server "01234567" x 60000 ->
        server "01234567" x 60000 ->
        server "01234567" x 60000 ->
        server "01234567" x 60000 ->
        server "01234567" x 60000 -> pause server, wake +5 ms
        client RST pending -> read server
        """);
  }
}
