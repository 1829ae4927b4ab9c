package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait that nothing wakes would outlast the time limit. */
@Timeout(60)
class RecorderTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Recorder recorder = new Recorder(Ticker.SYSTEM);
  private final Recording recording = recorder.recording();

  private ConversationRecorder open() {
    return recorder.open(Transport.TCP, "a", "b");
  }

  @Test
  void whatAlreadyHoldsIsNotWaitedFor() {
    assertThat(recording.await(() -> true, Duration.ZERO)).isTrue();
  }

  @Test
  void whatNeverHoldsIsFalseAtTheDeadline() {
    long start = System.nanoTime();
    assertThat(recording.await(() -> false, Duration.ofMillis(50))).isFalse();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000L);
  }

  @Test
  void theConditionIsAskedAgainOnlyWhenSomethingHappened() {
    AtomicInteger calls = new AtomicInteger();
    recording.await(() -> calls.incrementAndGet() < 0, Duration.ofMillis(100));
    assertThat(calls).hasValue(1);
  }

  @Test
  void everyKindOfEventWakes() throws Exception {
    ConversationRecorder connection = open();
    CountDownLatch waitStarted = new CountDownLatch(1);
    FutureTask<Boolean> waiter =
        new FutureTask<>(
            () ->
                recording.await(
                    () -> {
                      waitStarted.countDown();
                      Conversation snapshot = connection.snapshot();
                      return snapshot.events().size() == 3
                          && !snapshot.isOpen()
                          && recording.connections() == 2;
                    },
                    LONG));
    new Thread(waiter).start();
    waitStarted.await();
    connection.recordSent(Side.CLIENT, Bytes.utf8("x").toBuffer());
    connection.recordFin(Side.CLIENT);
    connection.recordRst(Side.SERVER);
    connection.recordClosed();
    open();
    assertThat(waiter.get(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Two threads wait for each other in turn: if a wake-up is lost, neither goes on. */
  @Test
  void noWakeUpIsLost() throws Exception {
    ConversationRecorder connection = open();
    int rounds = 20_000;
    FutureTask<Boolean> other =
        new FutureTask<>(
            () -> {
              for (int i = 1; i <= rounds; i++) {
                long expectedBytes = i;
                if (!recording.await(
                    () -> recording.byteCount(Side.CLIENT) >= expectedBytes, LONG)) {
                  return false;
                }
                connection.recordSent(Side.SERVER, Bytes.utf8("b").toBuffer());
              }
              return true;
            });
    new Thread(other).start();
    for (int i = 1; i <= rounds; i++) {
      long expectedBytes = i;
      connection.recordSent(Side.CLIENT, Bytes.utf8("a").toBuffer());
      assertThat(recording.await(() -> recording.byteCount(Side.SERVER) >= expectedBytes, LONG))
          .isTrue();
    }
    assertThat(other.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFloodOfOtherEventsDoesNotPutTheDeadlineOff() throws Exception {
    ConversationRecorder connection = open();
    Thread flood =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                recorder.signal();
              }
            });
    flood.start();
    try {
      assertThat(recording.await(() -> connection.snapshot().number() < 0, Duration.ofMillis(50)))
          .isFalse();
    } finally {
      flood.interrupt();
      flood.join();
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStays() throws Exception {
    CountDownLatch waitStarted = new CountDownLatch(1);
    FutureTask<Boolean> waiter =
        new FutureTask<>(
            () -> {
              boolean result =
                  recording.await(
                      () -> {
                        waitStarted.countDown();
                        return false;
                      },
                      LONG);
              return !result && Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(waiter);
    thread.start();
    waitStarted.await();
    thread.interrupt();
    assertThat(waiter.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aConditionThatFailsLeavesTheRecordingAsItWas() {
    assertThatThrownBy(
            () ->
                recording.await(
                    () -> {
                      throw new IllegalStateException("boom");
                    },
                    LONG))
        .hasMessage("boom");
    assertThat(recording.await(() -> true, LONG)).isTrue();
  }
}
