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

/** A wire that tells when an assertion has looked at it in vain and waits. */
final class ObservedRecording implements Recorded, Recording {
  private final ManualRecorder wire;
  private final CountDownLatch waiting = new CountDownLatch(1);

  ObservedRecording(ManualRecorder wire) {
    this.wire = wire;
  }

  /** Has another thread do something once the assertion waits. */
  CompletableFuture<Void> meanwhile(Runnable deed) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            waiting.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          deed.run();
        });
  }

  @Override
  public List<Conversation> conversations() {
    return wire.recording().conversations();
  }

  @Override
  public int connections() {
    return wire.recording().connections();
  }

  @Override
  public long count(Side side) {
    return wire.recording().count(side);
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration atMost) {
    return wire.recording().await(() -> looked(condition), atMost);
  }

  @Override
  public boolean awaitUnwanted(BooleanSupplier condition, Duration atMost) {
    return wire.recording().awaitUnwanted(() -> looked(condition), atMost);
  }

  private boolean looked(BooleanSupplier condition) {
    boolean holds = condition.getAsBoolean();
    waiting.countDown();
    return holds;
  }
}
