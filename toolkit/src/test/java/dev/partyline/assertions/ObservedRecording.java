package dev.partyline.assertions;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** A recording that lets another thread act once an assertion waits for it. */
final class ObservedRecording implements Recorded, Recording {
  private final ManualRecorder recorder;
  private final CountDownLatch awaitLatch = new CountDownLatch(1);

  ObservedRecording(ManualRecorder recorder) {
    this.recorder = recorder;
  }

  /** Runs an action in another thread once the assertion waits. */
  CompletableFuture<Void> runOnceAwaited(Runnable action) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            awaitLatch.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          action.run();
        });
  }

  @Override
  public List<Conversation> conversations() {
    return recorder.recording().conversations();
  }

  @Override
  public int connections() {
    return recorder.recording().connections();
  }

  @Override
  public long byteCount(Side side) {
    return recorder.recording().byteCount(side);
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration atMost) {
    return recorder.recording().await(() -> evaluate(condition), atMost);
  }

  @Override
  public boolean awaitUnwanted(BooleanSupplier condition, Duration atMost) {
    return recorder.recording().awaitUnwanted(() -> evaluate(condition), atMost);
  }

  private boolean evaluate(BooleanSupplier condition) {
    boolean holds = condition.getAsBoolean();
    awaitLatch.countDown();
    return holds;
  }
}
