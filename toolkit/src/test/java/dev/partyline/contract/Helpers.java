package dev.partyline.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that run parts of a test at the same time. */
final class Helpers implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> all = new ArrayList<>();

  void run(Task task) {
    all.add(
        threads.submit(
            () -> {
              task.run();
              return true;
            }));
  }

  /** Waits until all are done, and fails if one has failed. */
  void await() throws InterruptedException, ExecutionException, TimeoutException {
    for (Future<?> each : all) {
      each.get(100, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** The task of a thread. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }
}
