package dev.partyline.internal.relay;

import static dev.partyline.internal.relay.RelayPlaybook.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Back pressure and resets in one direction, an event and its actions on a line each. */
class PumpTest {
  private static final String CONNECTED =
      """
      start              -> read client, connect
      connected          -> read server
      """;

  private static void plays(String text) {
    playsIn("", text);
  }

  private static void playsIn(String weather, String text) {
    playsAll(weather, CONNECTED + text.strip());
  }

  private static void playsUntilTheFirstSecond(String weather, String text) {
    playsAll(weather, CONNECTED.replace("connect\n", "connect, wake +1000 ms\n") + text.strip());
  }

  private static void playsAll(String weather, String all) {
    assertThat(play(weather, all)).isEqualTo(all);
  }

  @Test
  void theSourceIsNotReadWhileTheSinkTakesNothing() {
    plays(
        """
        server takes 1     ->
        client "hi!"       -> write server "h", pause client, wake +5 ms
        server takes 1     ->
        server writable    -> write server "i"
        server takes 9     ->
        server writable    -> write server "!", read client
        """);
  }

  @Test
  void aResetComesAfterWhatWasSentBefore() {
    plays(
        """
        client "hi"        -> write server "hi"
        client RST         -> RST client, RST server, close [client RST 2]
        """);
  }

  @Test
  void aResetWaitsForASinkThatHasMuchToTake() {
    plays(
        """
        client "0123" x 9000 -> write server 36000 bytes
        client RST         -> notify when server has taken all, wake +2000 ms, pause client\
         [client RST 36000]
        server writable    -> check server
        server has yet to take 0 -> RST client, RST server, close
        """);
  }

  @Test
  void aResetByAFaultWaitsUntilTheSinkHasTakenEveryByteHoweverLongThatTakes() {
    playsIn(
        "reset after 3 bytes",
        """
        client takes 2     ->
        server "hello"     -> write client "he", pause server, wake +5 ms
        +60000 ms          -> probe server, wake +10 ms
        client takes 1     ->
        client writable    -> write client "l", notify when client has taken all, read server\
         [server FAULT 5: reset after 3 bytes]
        client writable    -> check client
        client has yet to take 2 -> wake +1 ms
        +1 ms              -> check client, wake +9 ms
        client has yet to take 1 -> wake +2 ms
        +2 ms              -> check client, wake +7 ms
        client has yet to take 0 -> RST client, RST server, close
        """);
  }

  @Test
  void aResetByAFaultIsNotedIfTheSystemDoesNotTellWhatWasTaken() {
    playsIn(
        "reset after 3 bytes",
        """
        server "hello"     -> write client "hel", notify when client has taken all\
         [server FAULT 5: reset after 3 bytes]
        client writable    -> check client
        client is somewhere unknown -> wake +1 ms
        client is somewhere unknown -> wake +2 ms
        client is somewhere unknown -> RST client, RST server, close
        """);
  }

  @Test
  void aResetDoesNotWaitForEver() {
    plays(
        """
        server takes 1     ->
        client "hi"        -> write server "h", pause client, wake +5 ms
        client RST         -> [client RST 2]
        +2000 ms           -> RST client, RST server, close
        """);
  }

  @Test
  void aSinkThatStillTakesBytesPutsTheDeadlineOff() {
    plays(
        """
        server takes 1     ->
        client "hello"     -> write server "h", pause client, wake +5 ms
        client RST         -> [client RST 5]
        +1500 ms           -> wake +500 ms
        server takes 1     ->
        server writable    -> write server "e", wake +2000 ms
        +1500 ms           ->
        server takes 9     ->
        server writable    -> write server "llo", RST client, RST server, close
        """);
  }

  @Test
  void aFinBeforeAResetStillGoesToTheSink() {
    plays(
        """
        server takes 1     ->
        client "hi"        -> write server "h", pause client, wake +5 ms
        client FIN         -> [client FIN 2]
        client RST         -> [client RST 2]
        server takes 9     ->
        server writable    -> write server "i", FIN server, RST server, close
        """);
  }

  @Test
  void aSinkThatNeverTakesTheEndOfTlsDoesNotKeepAResetConnectionOpen() {
    plays(
        """
        client FIN         -> FIN server, pause client, wake +5 ms [client FIN 0]
        server takes no close_notify ->
        client RST         -> [client RST 0]
        +2000 ms           -> RST client, RST server, close
        """);
  }

  @Test
  void aResetThatWasNotReadInTimeIsRecorded() {
    plays(
        """
        server takes 1     ->
        client "hi"        -> write server "h", pause client, wake +5 ms
        client RST pending ->
        +2000 ms           -> RST client, RST server, close [client RST 2]
        """);
  }

  @Test
  void aSinkThatIsGoneTakesNothingAndTheOtherDirectionGoesOn() {
    plays(
        """
        server gone        ->
        client "hi"        ->
        server "bye"       -> write client "bye"
        server RST         -> RST client, RST server, close [server RST 3]
        """);
  }

  @Test
  void aVanishedPeerIsNoReset() {
    plays(
        """
        client vanishes    -> RST client, RST server, close [client TIMED_OUT 0: no answer any more]
        """);
  }

  @Test
  void theEndIsSentWithoutACloseNotifyIfTheSourceHasSentNone() {
    plays(
        """
        client FIN without close_notify -> FIN without close_notify server, pause client, wake +5 ms\
         [client FIN 0: without a close_notify]
        """);
  }

  @Test
  void aSideThatHasSentItsFinIsProbedForAResetEverMoreRarely() {
    plays(
        """
        client FIN         -> FIN server, pause client, wake +5 ms [client FIN 0]
        +5 ms              -> probe client, wake +10 ms
        +10 ms             -> probe client, wake +20 ms
        client RST         -> RST server, close [client RST 0]
        """);
  }

  @Test
  void faultsHoldBackNoMoreThan4MiB() {
    playsIn(
        "delay 1s",
        """
        client "01234567" x 60000 -> wake +1000 ms
        client "01234567" x 60000 ->
        client "01234567" x 60000 ->
        client "01234567" x 60000 ->
        client "01234567" x 60000 ->
        client "01234567" x 60000 ->
        client "01234567" x 60000 ->
        client "01234567" x 60000 ->
        client "01234567" x 60000 -> pause client, wake +5 ms
        """);
  }

  @Test
  void aSliceThatTheSinkDoesNotGetIsNoHit() {
    playsIn(
        "slice at 1,3,4 pause 0ms",
        """
        server takes 2     ->
        client "hello"     -> write server "h", write server "e", pause client, wake +5 ms
        client "!"         ->
        server RST         -> RST client, RST server, close [server RST 0]
        report             -> slice hit connection #1 at byte 1 from the client
        """);
  }

  @Test
  void aCutByTimeDoesNotWaitForASinkThatTakesNothing() {
    playsUntilTheFirstSecond(
        "cut after 1s from server",
        """
        client takes 2     ->
        server "hello"     -> write client "he", pause server, wake +5 ms
        +999 ms            -> probe server, wake +1 ms
        +1 ms              -> wake +0 ms, FIN without close_notify client, FIN server, read server,\
         wake +9 ms [server FAULT 5: cut after 1s]
        """);
  }

  @Test
  void aResetByTimeDoesNotWaitForASinkThatTakesNothing() {
    playsUntilTheFirstSecond(
        "reset after 1s from server",
        """
        client takes 2     ->
        server "hello"     -> write client "he", pause server, wake +5 ms
        +999 ms            -> probe server, wake +1 ms
        +1 ms              -> wake +0 ms, RST client, RST server, close [server FAULT 5: reset after 1s]
        """);
  }

  @Test
  void aResetByTimeDoesNotWaitForADelay() {
    playsUntilTheFirstSecond(
        "reset after 1s from server; delay 5s; corrupt 0% from server",
        """
        +900 ms            ->
        server "hello"     ->
        +100 ms            -> wake +0 ms, RST client, RST server, close [server FAULT 5: reset after 1s]
        """);
  }
}
