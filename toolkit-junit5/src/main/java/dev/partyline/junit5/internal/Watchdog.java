package dev.partyline.junit5.internal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Shows tests that run for long, or that run when the JVM exits, and ends the connections of those
 * that JUnit interrupts. There is one for a run of JUnit, with one thread at most.
 */
// JUnit closes an AutoCloseable from 5.13 on, and only if it is not told otherwise.
@SuppressWarnings("deprecation")
final class Watchdog implements AutoCloseable, Store.CloseableResource {
  private static final Namespace NAMESPACE = Namespace.create(Watchdog.class);
  private static final String DUMP_AFTER_PARAMETER = "partyline.dumpAfter";
  private static final String DEFAULT_DUMP_AFTER = "30s";

  /** JUnit interrupts a moment after it has told us. */
  private static final Duration CLOSE_DELAY = Duration.ofMillis(50);

  private static final Duration MAX_EXIT_DELAY = Duration.ofSeconds(1);

  private final String dumpAfterText;
  private final Optional<Duration> dumpAfter;
  private final Map<RunningTest, Runnable> running = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Watchdog::newThread, new DiscardPolicy());
  private final Thread shutdownHook =
      new Thread(null, this::dumpBeforeExit, "partyline-dump-before-exit", 0, false);

  private Watchdog(ExtensionContext context) {
    this.dumpAfterText =
        context.getConfigurationParameter(DUMP_AFTER_PARAMETER).orElse(DEFAULT_DUMP_AFTER).strip();
    this.dumpAfter = parseDumpAfter(dumpAfterText);
    executor.setRemoveOnCancelPolicy(true);
    try {
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The JVM exits already.
    }
  }

  /** Returns the one of the whole run. */
  static Watchdog of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Watchdog.class, type -> new Watchdog(context), Watchdog.class);
  }

  private static Thread newThread(Runnable task) {
    // It must not keep the context of the test that happens to be the first.
    Thread thread = new Thread(null, task, "partyline-watchdog", 0, false);
    thread.setDaemon(true);
    return thread;
  }

  private static Optional<Duration> parseDumpAfter(String text) {
    if (text.equals("off")) {
      return Optional.empty();
    }
    Duration duration =
        DurationReader.read(text)
            .orElseThrow(
                () ->
                    new ExtensionConfigurationException(
                        DUMP_AFTER_PARAMETER
                            + " ("
                            + text
                            + ") must be 'off', or "
                            + DurationReader.RULE));
    return Optional.of(duration);
  }

  /** Watches a test from now on. */
  void begin(RunningTest test) {
    running.put(
        test,
        dumpAfter
            .map(delay -> schedule(() -> dumpLongRunning(test), TimeoutFactor.stretch(delay)))
            .orElse(() -> {}));
  }

  /** Ends that. */
  void end(RunningTest test) {
    Runnable cancelAction = running.remove(test);
    if (cancelAction != null) {
      cancelAction.run();
    }
  }

  /** Runs a task on the thread of this, and returns what cancels it. */
  private Runnable schedule(Runnable task, Duration delay) {
    Future<?> future =
        executor.schedule(
            () -> {
              try {
                task.run();
              } catch (RuntimeException | Error e) {
                print("a test that does not end could not be shown or ended: " + e);
              }
            },
            delay.toNanos(),
            NANOSECONDS);
    return () -> future.cancel(false);
  }

  private void dumpLongRunning(RunningTest test) {
    if (isRunning(test) && test.endpoints().dumps().claim()) {
      print(TestDump.ofLongRunning(test, dumpAfterText));
    }
  }

  /** A thread that JUnit has given up may run on after the end of its test. */
  private boolean isRunning(RunningTest test) {
    return running.containsKey(test) && !test.endpoints().hasEnded();
  }

  private void dumpRunning() {
    running.keySet().stream().filter(this::isRunning).forEach(test -> print(TestDump.ofExit(test)));
  }

  /** Closes our ends of the connections of an interrupted test, again and again until it ends. */
  void closeConnections(TestEndpoints endpoints) {
    schedule(
        () -> {
          if (!endpoints.hasEnded()) {
            // First, because a close that fails must not end the others.
            closeConnections(endpoints);
            endpoints.closeConnections();
          }
        },
        CLOSE_DELAY);
  }

  /** On the other thread, because an exit must not wait for one of ours. */
  private void dumpBeforeExit() {
    try {
      executor
          .submit(this::dumpRunning)
          .get(TimeoutFactor.stretch(MAX_EXIT_DELAY).toMillis(), MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      print("the tests that were running could not be shown: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The one place that prints: what a test that hangs would report may never be reported. */
  private static void print(String text) {
    System.err.println(text);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The JVM exits: the hook runs, or has run.
    }
  }
}
