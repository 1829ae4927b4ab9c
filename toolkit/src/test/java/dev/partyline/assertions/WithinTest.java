package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.script.EndReason;
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

  /** With -Dpartyline.patience it says so. */
  private static final String WAITED = "\n  waited    20 ms(, stretched to \\d+ ms)?\n";

  private final ManualRecorder wire = new ManualRecorder();

  private final ObservedRecording watched = new ObservedRecording(wire);

  @Test
  void waitsForWhatIsSaidLater() {
    ManualRecorder.Line line = wire.open();
    CompletableFuture<Void> peer = watched.meanwhile(() -> line.client("QU").client("IT|"));
    assertThat(watched).client().within(LONG).sentLine("QUIT");
    peer.join();
  }

  @Test
  void waitsForAConnectionToo() {
    CompletableFuture<Void> peer =
        watched.meanwhile(() -> wire.open().client("QUIT|").finish(Side.CLIENT));
    assertThat(watched).within(LONG).hasConnections(1).connection().closedBy(Side.CLIENT);
    assertThat(watched).within(LONG).client().sentExactly("QUIT\r\n").finished();
    peer.join();
  }

  @Test
  void waitsForAConnectionThatIsDerived() {
    CompletableFuture<Void> peer = watched.meanwhile(() -> wire.open().client("QUIT|"));
    assertThat(watched).client().within(LONG).sent("QUIT");
    peer.join();
  }

  @Test
  void waitsForAScriptToBeFollowed() {
    ManualRecorder.Line line = wire.open().client("QUIT|");
    CompletableFuture<Void> peer = watched.meanwhile(() -> line.server("221 bye|"));
    assertThat(watched).connection().within(LONG).follows("C: QUIT\nS: 221 bye");
    peer.join();
  }

  @Test
  void waitsForAScriptToBeFinished() {
    InMemoryListener theatre = InMemoryListener.playing("C: QUIT", "S: 221 bye");
    InMemoryListener.Seat seat = theatre.open();
    CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> seat.client("QUIT|"));
    assertThat(theatre).within(LONG).finishedScript().endedBecause(EndReason.FINISHED);
    assertThat(theatre).connection(1).within(LONG).finishedScript().server().sentLine("221 bye");
    peer.join();
  }

  @Test
  void saysHowLongItWaitedInVain() {
    wire.open().client("NOOP|");
    assertThat(messageOf(() -> assertThat(wire).within(SHORT).client().sentLine("QUIT")))
        .startsWith("the client did not send this line\n")
        .containsPattern(WAITED)
        .contains("C: NOOP");
    assertThat(messageOf(() -> assertThat(wire).within(SHORT).connection(2).isOpen()))
        .startsWith("there is no connection 2\n")
        .containsPattern(WAITED);
  }

  @Test
  void doesNotWaitForWhatCannotComeAnyMore() {
    ManualRecorder.Line line = wire.open().client("NOOP|");
    assertThat(messageOf(() -> assertThat(wire).within(LONG).client().sentExactly("QUIT\r\n")))
        .contains("first difference, byte 0")
        .doesNotContain("waited");
    assertThat(messageOf(() -> assertThat(wire).within(LONG).client().sentNothing()))
        .doesNotContain("waited");
    assertThat(messageOf(() -> assertThat(wire).within(LONG).hasConnections(0)))
        .doesNotContain("waited");
    assertThat(messageOf(() -> assertThat(wire).connection().within(LONG).follows("C: QUIT")))
        .doesNotContain("waited");
    line.finish(Side.CLIENT);
    assertThat(messageOf(() -> assertThat(wire).within(LONG).client().sentLine("QUIT")))
        .contains("client    FIN seen")
        .doesNotContain("waited");
    assertThat(messageOf(() -> assertThat(wire).within(LONG).connection().closedBy(Side.SERVER)))
        .doesNotContain("waited");
  }

  @Test
  void doesNotWaitForAScriptThatHasFailed() {
    InMemoryListener theatre = InMemoryListener.playing("C: QUIT");
    theatre.open().client("NOOP|");
    assertThat(messageOf(() -> assertThat(theatre).within(LONG).finishedScript()))
        .contains("wrong bytes")
        .doesNotContain("waited");
  }

  @Test
  void failsPromptlyWhenInterruptedAndStaysInterrupted() {
    wire.open();
    Thread.currentThread().interrupt();
    Throwable failure = catchThrowable(() -> assertThat(wire).within(LONG).client().sent("QUIT"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure)
        .hasMessageContaining("waited    until the thread was interrupted, 30 s at most");
  }

  @Test
  void refusesANegativeTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(wire).within(Duration.ofSeconds(-1)))
        .withMessage("time (PT-1S) must not be negative");
  }

  @Test
  void isLiveInsideAwaitility() {
    ManualRecorder.Line line = wire.open();
    CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> line.client("QUIT|"));
    Awaitility.await().untilAsserted(() -> assertThat(wire).client().sentLine("QUIT"));
    SideAssert client = assertThat(wire).client();
    Awaitility.await().untilAsserted(() -> client.sentExactly("QUIT\r\n"));
    peer.join();
  }

  @Test
  void passesWhenNothingMoreCame() {
    wire.open().client("QUIT|");
    assertThat(wire).client().sentNothingMoreWithin(SHORT).sentLine("QUIT");
  }

  @Test
  void failsAtTheFirstByteMore() {
    ManualRecorder.Line line = wire.open().client("DATA|");
    CompletableFuture<Void> peer = watched.meanwhile(() -> line.client("early|"));
    assertThat(messageOf(() -> assertThat(watched).client().sentNothingMoreWithin(LONG)))
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
    wire.open().client("QUIT|").finish(Side.CLIENT);
    assertThat(wire).client().sentNothingMoreWithin(LONG);
  }

  @Test
  void doesNotWatchAConnectionThatIsMissing() {
    assertThat(messageOf(() -> assertThat(wire).client().sentNothingMoreWithin(LONG)))
        .startsWith("there is no connection");
  }

  @Test
  void doesNotClaimThatNothingCameWhenInterrupted() {
    wire.open();
    Thread.currentThread().interrupt();
    Throwable failure = catchThrowable(() -> assertThat(wire).client().sentNothingMoreWithin(LONG));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure)
        .hasMessageStartingWith("the client was not watched for 30 s")
        .hasMessageContaining("waited    until the thread was interrupted");
  }

  @Test
  void watchesForTheTimeItselfWhenPatienceIsOff() {
    wire.open();
    System.setProperty("partyline.patience", "off");
    try {
      assertThat(wire).client().sentNothingMoreWithin(SHORT);
    } finally {
      System.clearProperty("partyline.patience");
    }
  }
}
