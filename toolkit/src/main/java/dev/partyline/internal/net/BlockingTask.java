package dev.partyline.internal.net;

import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.ThreadText;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task on the loop whose caller waits for it, and gets the exception that it throws. */
final class BlockingTask implements Runnable {
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private final Runnable task;
  private final Thread loopThread;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  BlockingTask(Runnable task, Thread loopThread) {
    this.task = task;
    this.loopThread = loopThread;
  }

  @Override
  public void run() {
    try {
      task.run();
    } catch (Throwable e) {
      failure = e;
    } finally {
      done.countDown();
    }
  }

  /**
   * Waits until the task is done. An interrupt does not end the wait, so that closing completes.
   */
  void await() {
    boolean interrupted = false;
    long timeoutNanos = TimeoutFactor.stretch(MAX_WAIT).toNanos();
    long start = System.nanoTime();
    while (done.getCount() > 0) {
      try {
        if (!done.await(timeoutNanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS)) {
          throw new AssertionError(
              "the loop did not answer within "
                  + DurationText.words(MAX_WAIT)
                  + "; it is "
                  + ThreadText.describe(loopThread));
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrownFailure = failure;
    if (thrownFailure instanceof RuntimeException e) {
      throw e;
    }
    if (thrownFailure instanceof Error e) {
      throw e;
    }
  }
}
