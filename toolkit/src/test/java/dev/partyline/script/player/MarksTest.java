package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
