package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.script.player.EndReason;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Patience;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WithinTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  /** With -Dpartyline.patience the time is stretched. */
  private static final String WAITED = "\n  waited    20 ms(, stretched to \\d+ ms)?\n";

  private final ManualRecorder recorder = new ManualRecorder();

  private final ObservedRecording recording = new ObservedRecording(recorder);

  @Test
  void waitsForWhatIsSentLater() {
    ConversationBuilder connection = recorder.open();
    CompletableFuture<Void> peer =
        recording.runOnceAwaited(() -> connection.client("QU").client("IT|"));
    assertThat(recording).client().within(LONG).sentLine("QUIT");
    peer.join();
  }

  @Test
  void waitsForAConnectionToo() {
    CompletableFuture<Void> peer =
        recording.runOnceAwaited(() -> recorder.open().client("QUIT|").fin(Side.CLIENT));
    assertThat(recording).within(LONG).hasConnections(1).connection().closedBy(Side.CLIENT);
    assertThat(recording).within(LONG).client().sentExactly("QUIT\r\n").sentFin();
    peer.join();
  }

  @Test
  void waitsForAConnectionThatIsDerived() {
    CompletableFuture<Void> peer = recording.runOnceAwaited(() -> recorder.open().client("QUIT|"));
    assertThat(recording).client().within(LONG).sent("QUIT");
    peer.join();
  }

  @Test
  void waitsForAScriptToBeFollowed() {
    ConversationBuilder connection = recorder.open().client("QUIT|");
    CompletableFuture<Void> peer = recording.runOnceAwaited(() -> connection.server("221 bye|"));
    assertThat(recording).connection().within(LONG).follows("C: QUIT\nS: 221 bye");
    peer.join();
  }

  @Test
  void waitsForAScriptToBeFinished() {
    InMemoryListener listener = InMemoryListener.playing("C: QUIT", "S: 221 bye");
    InMemoryListener.Connection connection = listener.open();
    CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> connection.client("QUIT|"));
    assertThat(listener).within(LONG).finishedScript().endedBecause(EndReason.FINISHED);
    assertThat(listener).connection(1).within(LONG).finishedScript().server().sentLine("221 bye");
    peer.join();
  }

  @Test
  void saysHowLongItWaited() {
    recorder.open().client("NOOP|");
    assertThat(messageOf(() -> assertThat(recorder).within(SHORT).client().sentLine("QUIT")))
        .startsWith("the client did not send this line\n")
        .containsPattern(WAITED)
        .contains("C: NOOP");
    assertThat(messageOf(() -> assertThat(recorder).within(SHORT).connection(2).isOpen()))
        .startsWith("there is no connection 2\n")
        .containsPattern(WAITED);
  }

  @Test
  void doesNotWaitForWhatCannotComeAnyMore() {
    ConversationBuilder connection = recorder.open().client("NOOP|");
    assertThat(messageOf(() -> assertThat(recorder).within(LONG).client().sentExactly("QUIT\r\n")))
        .contains("first difference, byte 0")
        .doesNotContain("waited");
    assertThat(messageOf(() -> assertThat(recorder).within(LONG).client().sentNothing()))
        .doesNotContain("waited");
    assertThat(messageOf(() -> assertThat(recorder).within(LONG).hasConnections(0)))
        .doesNotContain("waited");
    assertThat(messageOf(() -> assertThat(recorder).connection().within(LONG).follows("C: QUIT")))
        .doesNotContain("waited");
    connection.fin(Side.CLIENT);
    assertThat(messageOf(() -> assertThat(recorder).within(LONG).client().sentLine("QUIT")))
        .contains("client    FIN seen")
        .doesNotContain("waited");
    assertThat(
            messageOf(() -> assertThat(recorder).within(LONG).connection().closedBy(Side.SERVER)))
        .doesNotContain("waited");
  }

  @Test
  void doesNotWaitForAScriptThatHasFailed() {
    InMemoryListener listener = InMemoryListener.playing("C: QUIT");
    listener.open().client("NOOP|");
    assertThat(messageOf(() -> assertThat(listener).within(LONG).finishedScript()))
        .contains("wrong bytes")
        .doesNotContain("waited");
  }

  @Test
  void failsPromptlyWhenInterruptedAndStaysInterrupted() {
    recorder.open();
    Thread.currentThread().interrupt();
    Throwable failure =
        catchThrowable(() -> assertThat(recorder).within(LONG).client().sent("QUIT"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure)
        .hasMessageContaining("waited    until the thread was interrupted, 30 s at most");
  }

  @Test
  void refusesANegativeTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).within(Duration.ofSeconds(-1)))
        .withMessage("time (PT-1S) must not be negative");
  }

  @Test
  void isLiveInsideAwaitility() {
    ConversationBuilder connection = recorder.open();
    CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> connection.client("QUIT|"));
    Awaitility.await().untilAsserted(() -> assertThat(recorder).client().sentLine("QUIT"));
    SideAssert client = assertThat(recorder).client();
    Awaitility.await().untilAsserted(() -> client.sentExactly("QUIT\r\n"));
    peer.join();
  }

  @Test
  void passesWhenNothingMoreCame() {
    recorder.open().client("QUIT|");
    assertThat(recorder).client().sentNothingMoreWithin(SHORT).sentLine("QUIT");
  }

  @Test
  void failsAtTheFirstByteMore() {
    ConversationBuilder connection = recorder.open().client("DATA|");
    CompletableFuture<Void> peer = recording.runOnceAwaited(() -> connection.client("early|"));
    assertThat(messageOf(() -> assertThat(recording).client().sentNothingMoreWithin(LONG)))
        .startsWith(
            """
            the client sent more within 30 s
              expected  nothing more
              received  early\\r\\n
                        from byte 6 of what the client sent
              client    open, 13 bytes so far\
            """)
        .contains("C: DATA\n  C: early")
        .doesNotContain("waited");
    peer.join();
  }

  @Test
  void doesNotWatchASideThatHasEnded() {
    recorder.open().client("QUIT|").fin(Side.CLIENT);
    assertThat(recorder).client().sentNothingMoreWithin(LONG);
  }

  @Test
  void doesNotWatchAConnectionThatIsMissing() {
    assertThat(messageOf(() -> assertThat(recorder).client().sentNothingMoreWithin(LONG)))
        .startsWith("there is no connection");
  }

  @Test
  void doesNotClaimThatNothingCameWhenInterrupted() {
    recorder.open();
    Thread.currentThread().interrupt();
    Throwable failure =
        catchThrowable(() -> assertThat(recorder).client().sentNothingMoreWithin(LONG));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure)
        .hasMessageStartingWith("the client was not watched for 30 s")
        .hasMessageContaining("waited    until the thread was interrupted");
  }

  @Test
  void watchesForTheTimeItselfWhenPatienceIsOff() {
    recorder.open();
    try (Patience off = Patience.of("off")) {
      assertThat(off).isNotNull();
      assertThat(recorder).client().sentNothingMoreWithin(SHORT);
    }
  }
}
