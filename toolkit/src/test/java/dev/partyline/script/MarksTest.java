package dev.partyline.script;

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
  private final Marks board = new Marks();

  @Test
  void aMarkStaysSet() {
    assertThat(board.isMarked("a")).isFalse();
    board.mark("a");
    board.mark("a");
    assertThat(board.isMarked("a")).isTrue();
    board.await("a", Duration.ZERO);
    assertThat(board).hasToString("Board[a]");
  }

  @Test
  void aMarkThatIsNotSetInTimeIsAFailureThatNamesTheOthers() {
    board.mark("other");
    assertThatThrownBy(() -> board.await("a", Duration.ofMillis(20)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("mark 'a' was not set within 20ms; set so far: [other]");
  }

  @Test
  void aMarkWakesThoseWhoAwaitIt() throws Exception {
    FutureTask<Boolean> waiter =
        new FutureTask<>(
            () -> {
              board.await("a", Duration.ofMinutes(10));
              return true;
            });
    new Thread(waiter).start();
    board.mark("b");
    board.mark("a");
    assertThat(waiter.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anInterruptIsAFailureAndStays() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> board.await("a", Duration.ofMinutes(10)))
        .hasMessage("interrupted while waiting for mark 'a'");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anActionRunsOnceForEachNewMarkAsLongAsItWatches() {
    AtomicInteger seen = new AtomicInteger();
    Runnable action = seen::incrementAndGet;
    board.watch(action);
    board.mark("a");
    board.mark("a");
    board.mark("b");
    board.unwatch(action);
    board.mark("c");
    assertThat(seen).hasValue(2);
  }
}
