package dev.partyline.hunt;

import dev.partyline.internal.text.ArgumentChecks;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads that keep processors busy until this is closed, because many races are the machine's:
 * they happen only where a thread has to wait for its turn.
 */
public final class ProcessorLoad implements AutoCloseable {
  /** The most threads that it has. */
  public static final int MAX_THREADS = 1_000;

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  private ProcessorLoad(int threadCount) {
    for (int i = 1; i <= threadCount; i++) {
      Thread thread = new Thread(this::load, "partyline-load-" + i);
      // A JVM that ends does not wait for them.
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /**
   * Starts the threads.
   *
   * @param threadCount how many, from 0 to 1,000; one keeps one processor busy
   * @throws IllegalArgumentException if it is less or more
   */
  public static ProcessorLoad start(int threadCount) {
    return new ProcessorLoad(ArgumentChecks.inRange("threadCount", threadCount, 0, MAX_THREADS));
  }

  private void load() {
    while (!closed) {
      // Nothing is what takes a processor and nothing else.
    }
  }

  /** Returns how many of the threads are running. */
  public int running() {
    return (int) threads.stream().filter(Thread::isAlive).count();
  }

  /** Ends the threads, and waits until they have ended; an interrupt does not end the wait. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (Thread each : threads) {
      boolean joined = false;
      while (!joined) {
        try {
          each.join();
          joined = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how many threads it has. */
  @Override
  public String toString() {
    return "ProcessorLoad{" + threads.size() + " threads}";
  }
}
