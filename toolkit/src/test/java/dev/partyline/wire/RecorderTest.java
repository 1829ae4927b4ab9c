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
    AtomicInteger asked = new AtomicInteger();
    recording.await(() -> asked.incrementAndGet() < 0, Duration.ofMillis(100));
    assertThat(asked).hasValue(1);
  }

  @Test
  void everyKindOfEventWakes() throws Exception {
    ConversationRecorder track = open();
    CountDownLatch waits = new CountDownLatch(1);
    FutureTask<Boolean> waiter =
        new FutureTask<>(
            () ->
                recording.await(
                    () -> {
                      waits.countDown();
                      Conversation now = track.snapshot();
                      return now.events().size() == 3
                          && !now.isOpen()
                          && recording.connections() == 2;
                    },
                    LONG));
    new Thread(waiter).start();
    waits.await();
    track.sent(Side.CLIENT, Bytes.utf8("x").toBuffer());
    track.finished(Side.CLIENT);
    track.reset(Side.SERVER);
    track.closed();
    open();
    assertThat(waiter.get(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Two threads hand a ball to and fro: a wake-up that is lost stops the game. */
  @Test
  void noWakeUpIsLost() throws Exception {
    ConversationRecorder track = open();
    int rounds = 20_000;
    FutureTask<Boolean> other =
        new FutureTask<>(
            () -> {
              for (int i = 1; i <= rounds; i++) {
                long wanted = i;
                if (!recording.await(() -> recording.count(Side.CLIENT) >= wanted, LONG)) {
                  return false;
                }
                track.sent(Side.SERVER, Bytes.utf8("b").toBuffer());
              }
              return true;
            });
    new Thread(other).start();
    for (int i = 1; i <= rounds; i++) {
      long wanted = i;
      track.sent(Side.CLIENT, Bytes.utf8("a").toBuffer());
      assertThat(recording.await(() -> recording.count(Side.SERVER) >= wanted, LONG)).isTrue();
    }
    assertThat(other.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFloodOfOtherEventsDoesNotPutTheDeadlineOff() throws Exception {
    ConversationRecorder track = open();
    Thread flood =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                recorder.signal();
              }
            });
    flood.start();
    try {
      assertThat(recording.await(() -> track.snapshot().number() < 0, Duration.ofMillis(50)))
          .isFalse();
    } finally {
      flood.interrupt();
      flood.join();
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStays() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    FutureTask<Boolean> waiter =
        new FutureTask<>(
            () -> {
              boolean held =
                  recording.await(
                      () -> {
                        waits.countDown();
                        return false;
                      },
                      LONG);
              return !held && Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(waiter);
    thread.start();
    waits.await();
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
