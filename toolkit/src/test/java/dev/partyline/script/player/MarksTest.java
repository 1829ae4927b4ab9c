package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.Script;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MarksTest {
  private final Marks marks = new Marks();

  @Test
  void aMarkStaysSet() {
    assertThat(marks.isMarked("a")).isFalse();
    marks.mark("a");
    marks.mark("a");
    assertThat(marks.isMarked("a")).isTrue();
    marks.await("a", Duration.ZERO);
    assertThat(marks).hasToString("Marks[a]");
  }

  @Test
  void knowsWhenEachMarkWasSetFirst() {
    long start = System.nanoTime();
    marks.mark("a");
    long between = System.nanoTime();
    marks.mark("b");
    marks.mark("a");
    assertThat(marks.times().keySet()).containsExactly("a", "b");
    assertThat(marks.times().get("a") - start).isBetween(0L, between - start);
    assertThat(marks.times().get("b") - between).isNotNegative();
  }

  @Test
  void aMarkThatIsNotSetInTimeIsAFailureThatNamesTheOthers() {
    marks.mark("other");
    assertThatThrownBy(() -> marks.await("a", Duration.ofMillis(20)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("mark 'a' was not set within 20 ms; set so far: [other]");
  }

  @Test
  void aMarkWakesWhatAwaitsIt() throws Exception {
    FutureTask<Boolean> waiter =
        new FutureTask<>(
            () -> {
              marks.await("a", Duration.ofMinutes(10));
              return true;
            });
    new Thread(waiter).start();
    marks.mark("b");
    marks.mark("a");
    assertThat(waiter.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anInterruptIsAFailureAndStays() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> marks.await("a", Duration.ofMinutes(10)))
        .hasMessage("interrupted while waiting for mark 'a'");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anActionRunsOnceForEachNewMarkUntilItIsRemoved() {
    AtomicInteger runs = new AtomicInteger();
    Runnable action = runs::incrementAndGet;
    marks.addListener(action);
    marks.mark("a");
    marks.mark("a");
    marks.mark("b");
    marks.removeListener(action);
    marks.mark("c");
    assertThat(runs).hasValue(2);
  }

  private static final String TWO_BLOCKS =
      """
      connection
        C: WAIT
        await sent
        S: done
      connection
        C: SEND
        mark sent
      """;

  private static PlayerFactory server(String script, Marks marks) {
    return PlayerHarness.factory(Script.parse(script), Side.SERVER, Transport.TCP, marks);
  }

  @Test
  void anAwaitEndsAtOnceWhenTheBlockThatSetsTheMarkHasFailed() {
    AtomicInteger wakeUps = new AtomicInteger();
    marks.addListener(wakeUps::incrementAndGet);
    PlayerFactory factory = server(TWO_BLOCKS, marks);
    PlayerHarness waiting = new PlayerHarness(factory, 0).send("WAIT|");
    assertThat(waiting.endReason()).isNull();
    new PlayerHarness(factory, 0).send("OTHER|");
    assertThat(wakeUps).hasValue(1);
    waiting.play();
    assertThat(waiting.endReason()).isEqualTo(EndReason.STOPPED);
    assertThat(waiting.problem())
        .isEqualTo(
            "mark 'sent' cannot be set any more, because the connection that sets it has ended");
  }

  @Test
  void anAwaitEndsWhenTheBlockHasEndedWithoutTheMark() {
    PlayerFactory factory = server(TWO_BLOCKS, marks);
    PlayerHarness waiting = new PlayerHarness(factory, 0).send("WAIT|");
    new PlayerHarness(factory, 0).finish();
    assertThat(waiting.play().endReason()).isEqualTo(EndReason.STOPPED);
  }

  @Test
  void anAwaitWaitsForAMarkThatAnotherBlockMayStillSet() {
    PlayerFactory factory = server(TWO_BLOCKS + "connection\n  mark sent\n", marks);
    PlayerHarness waiting = new PlayerHarness(factory, 0).send("WAIT|");
    new PlayerHarness(factory, 0).send("OTHER|");
    assertThat(waiting.play().endReason()).isNull();
    new PlayerHarness(factory, 0).play();
    assertThat(waiting.play().drainOutput()).isEqualTo("done|");
  }

  @Test
  void anAwaitWaitsForAMarkOfEveryConnectionAndForOneOfTheTest() {
    PlayerFactory factory =
        server(TWO_BLOCKS.replace("connection\n  C: SEND", "every connection\n  C: SEND"), marks);
    PlayerHarness waiting = new PlayerHarness(factory, 0).send("WAIT|");
    new PlayerHarness(factory, 0).send("OTHER|");
    assertThat(waiting.play().endReason()).isNull();
    PlayerHarness ofTest =
        PlayerHarness.of(Script.parse("await go\nS: a"), Side.SERVER, Transport.TCP, marks);
    assertThat(ofTest.endReason()).isNull();
  }

  @Test
  void anAwaitWaitsForABlockOfAnotherPeerWithTheSameMarks() {
    PlayerFactory factory = server(TWO_BLOCKS, marks);
    server("C: LATER\nmark sent", marks);
    PlayerHarness waiting = new PlayerHarness(factory, 0).send("WAIT|");
    new PlayerHarness(factory, 0).send("OTHER|");
    assertThat(waiting.play().endReason()).isNull();
  }
}
