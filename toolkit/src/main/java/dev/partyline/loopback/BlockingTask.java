package dev.partyline.loopback;

import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task on the loop that somebody waits for; what it throws is thrown to them. */
final class BlockingTask implements Runnable {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Runnable task;
  private final Thread loop;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable Throwable problem;

  BlockingTask(Runnable task, Thread loop) {
    this.task = task;
    this.loop = loop;
  }

  @Override
  public void run() {
    try {
      task.run();
    } catch (Throwable e) {
      problem = e;
    } finally {
      done.countDown();
    }
  }

  /** An interrupt does not cut the wait short: what was to be closed must be closed. */
  void await() {
    boolean interrupted = false;
    long patience = TimeoutFactor.stretch(LONGEST).toNanos();
    long start = System.nanoTime();
    while (done.getCount() > 0) {
      try {
        if (!done.await(patience - (System.nanoTime() - start), TimeUnit.NANOSECONDS)) {
          throw new AssertionError(
              "the loop did not answer within "
                  + Addresses.time(LONGEST)
                  + "; it is "
                  + HandlerThreads.whereabouts(loop));
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = problem;
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }
}
