package dev.partyline.internal.relay;

import static dev.partyline.internal.relay.RelayPlaybook.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a relay does with what a test holds, an event and its actions on a line each. */
class HoldingTest {
  private static void plays(String text) {
    playsIn("", text);
  }

  private static void playsIn(String weather, String text) {
    assertThat(play(weather, text.strip())).isEqualTo(text.strip());
  }

  @Test
  void whatIsHeldGoesOnInOrderWhenItIsReleased() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        client "hi"        -> write server "hi"
        server "hel"       ->
        server "lo"        ->
        server FIN         -> pause server, wake +5 ms [server FIN 5]
        release server     -> wake +0 ms, write client "hel", write client "lo", FIN client,\
         wake +5 ms
        notes              -> "held from here on: bytes 0 to 2 of the server",\
         "released: bytes 0 to 4 and the FIN of the server"
        """);
  }

  @Test
  void aStepPassesOnOneChunkAndTheFinIsAStepOfItsOwn() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        server "hel"       ->
        server "lo"        ->
        server FIN         -> pause server, wake +5 ms [server FIN 5]
        step server        -> write client "hel", stepped "hel"
        step server        -> write client "lo", stepped "lo"
        step server        -> FIN client, stepped ""
        notes              -> "held from here on: bytes 0 to 2 of the server",\
         "a step passes on bytes 0 to 2 of the server",\
         "a step passes on bytes 3 to 4 of the server", "a step passes on the FIN of the server"
        """);
  }

  @Test
  void aReplyWaitsUntilTheCloseHasBeenSent() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        client "hi"        -> write server "hi"
        server "hello"     ->
        client FIN         -> FIN server, pause client, wake +5 ms [client FIN 2]
        release server     -> wake +0 ms, write client "hello", wake +5 ms
        server FIN         -> FIN client, close [server FIN 5]
        """);
  }

  @Test
  void anRstIsHeldAsWell() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        server "hello"     ->
        server RST         -> pause server [server RST 5]
        step server        -> write client "hello", stepped "hello"
        client "hi"        ->
        step server        -> RST client, RST server, close, stepped ""
        notes              -> "held from here on: bytes 0 to 4 of the server",\
         "a step passes on bytes 0 to 4 of the server", "a step passes on the RST of the server"
        """);
  }

  @Test
  void anRstAfterAFinThatHasPassedIsHeldAsWell() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        server "hello"     -> write client "hello"
        server FIN         -> FIN client, pause server, wake +5 ms [server FIN 5]
        hold server        ->
        server RST         -> [server RST 5]
        release server     -> wake +0 ms, RST client, close
        """);
  }

  @Test
  void aFinAndTheRstAfterItAreTwoSteps() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        server FIN         -> pause server, wake +5 ms [server FIN 0]
        server RST         -> [server RST 0]
        step server        -> FIN client, stepped ""
        step server        -> RST client, close, stepped ""
        """);
  }

  @Test
  void aFrozenConnectionPassesOnNothingUntilItThaws() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        freeze             ->
        client "hi"        -> wake +0 ms
        server "hello"     ->
        thaw               -> write server "hi", write client "hello"
        client "bye"       -> write server "bye"
        """);
  }

  @Test
  void whatIsHeldBeforeTheServerIsConnectedWaitsForBoth() {
    plays(
        """
        start              -> read client, connect
        hold client        ->
        client "hi"        ->
        connected          -> read server
        release client     -> write server "hi"
        """);
  }

  @Test
  void theSenderFeelsBackPressureAfter4MiB() {
    String chunk = "server \"0123456789abcdef\" x 3000 ->";
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        %s
        %s pause server, wake +5 ms
        step server        -> write client 48000 bytes, read server, stepped 48000 bytes
        """
            .formatted((chunk + "\n").repeat(87).strip(), chunk));
  }

  @Test
  void anRstOfAFrozenConnectionIsHeldAsWell() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        freeze             ->
        server "hello"     -> wake +0 ms
        client RST         -> pause client [client RST 0]
        notes              -> "held from here on: bytes 0 to 4 of the server",\
         "held from here on: the RST of the client"
        thaw               -> RST client, RST server, close
        notes              -> "held from here on: bytes 0 to 4 of the server",\
         "held from here on: the RST of the client", "released: the RST of the client",\
         "held to the end, and not passed on: bytes 0 to 4 of the server"
        """);
  }

  @Test
  void whatIsHeldToTheEndIsNamed() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        server "hello"     ->
        server FIN         -> pause server, wake +5 ms [server FIN 5]
        tap closes         -> RST client, RST server, close
        notes              -> "held from here on: bytes 0 to 4 of the server", "held to the end,\
         and not passed on: bytes 0 to 4 and the FIN of the server"
        """);
  }

  @Test
  void whatIsHeldOfAConnectionThatTheOtherSideResetsIsNamed() {
    plays(
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        server "hello"     ->
        client RST         -> RST client, RST server, close [client RST 0]
        notes              -> "held from here on: bytes 0 to 4 of the server", "held to the end,\
         and not passed on: bytes 0 to 4 of the server"
        """);
  }

  @Test
  void theEndThatAFaultMakesIsHeld() {
    playsIn(
        "reset after 3 bytes from server",
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        server "hello"     ->
        release server     -> wake +0 ms, write client "hel",\
         notify when client has taken all [server FAULT 5: reset after 3 bytes]
        """);
  }

  @Test
  void theEndThatAFaultMakesAtItsTimeIsNot() {
    playsIn(
        "cut after 20ms",
        """
        start              -> read client, connect, wake +20 ms
        connected          -> read server
        hold server        ->
        server "hello"     ->
        +20 ms             -> FIN without close_notify server,\
         FIN client [client FAULT 0: cut after 20ms]
        server FIN         -> pause server [server FIN 5]
        client FIN         -> close [client FIN 0]
        notes              -> "held from here on: bytes 0 to 4 of the server", "held to the end,\
         and not passed on: bytes 0 to 4 of the server"
        """);
  }

  @Test
  void theEndOfTheHeldSideAtItsTimeIsNotEither() {
    playsIn(
        "reset after 20ms from server",
        """
        start              -> read client, connect, wake +20 ms
        connected          -> read server
        hold server        ->
        server "hello"     ->
        +20 ms             -> wake +0 ms, RST client, RST server,\
         close [server FAULT 5: reset after 20ms]
        notes              -> "held from here on: bytes 0 to 4 of the server", "held to the end,\
         and not passed on: bytes 0 to 4 of the server"
        """);
  }

  @Test
  void theTimeOfADelayRunsWhileItIsHeld() {
    playsIn(
        "delay 20ms from server",
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        server "hello"     -> wake +20 ms
        +20 ms             -> wake +0 ms
        release server     -> write client "hello"
        """);
  }

  @Test
  void slicesAreStepsAndWaitForTheirReaderOnlyWhenTheyAreLetGo() {
    playsIn(
        "slice 2 from server",
        """
        start              -> read client, connect
        connected          -> read server
        hold server        ->
        server "hello"     ->
        step server        -> write client "he", stepped "he"
        release server     -> wake +1 ms
        +1 ms              -> check client
        client has yet to read 0 -> write client "ll", wake +1 ms
        """);
  }
}
