package dev.partyline.junit5;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Runs tests that hang until they are interrupted, or shown. If the machine is so slow that this
 * may have come before they hung, it runs them again with a longer time.
 */
final class HangingRun {
  private static final Duration MAX_TIME = Duration.ofMinutes(1);

  /** Whether each test hung within a time after it had begun. */
  private static final Queue<Predicate<Duration>> PROBES = new ConcurrentLinkedQueue<>();

  private HangingRun() {}

  /** Says that a test that begins now, or later, hangs once it has connected. */
  static void expectConnection(Recorded server) {
    expectConnection(server, Duration.ZERO);
  }

  /** Says the same of a test that began so long before its server was started. */
  static void expectConnection(Recorded server, Duration delay) {
    Recording recording = server.recording();
    PROBES.add(time -> hasConnectedWithin(time.minus(delay), recording));
  }

  /** Says that a test that began so long ago hangs now. */
  static void hangNow(Duration delay) {
    PROBES.add(time -> delay.compareTo(time) < 0);
  }

  /** Returns whether all was sent within a time after the server was started. */
  private static boolean hasConnectedWithin(Duration time, Recording recording) {
    if (recording.connections() == 0) {
      return false;
    }
    Conversation conversation = recording.conversations().get(0);
    long lastNanos =
        conversation.events().stream()
            .filter(event -> event instanceof Event.Sent)
            .mapToLong(Event::nanos)
            .max()
            .orElse(0);
    return conversation.openedAtNanos() + lastNanos < time.toNanos();
  }

  /**
   * Runs test classes of one test that hangs each.
   *
   * @param firstTimeOut the time-out of all their methods if the machine is fast
   */
  static TestRun of(Map<String, String> configuration, Duration firstTimeOut, Class<?>... types) {
    Map<String, String> all = new TreeMap<>(configuration);
    return of(
        types.length,
        firstTimeOut,
        timeOut -> {
          all.put("junit.jupiter.execution.timeout.default", timeOut.toMillis() + " ms");
          return TestRun.of(all, types);
        });
  }

  /**
   * Runs tests that hang.
   *
   * @param run gets after which time something is done to them
   */
  static <T> T of(int tests, Duration firstTime, Function<Duration, T> run) {
    Duration time = firstTime;
    while (true) {
      PROBES.clear();
      T result = run.apply(time);
      if (haveHungWithin(time, tests) || time.compareTo(MAX_TIME) >= 0) {
        return result;
      }
      time = time.multipliedBy(4);
    }
  }

  private static boolean haveHungWithin(Duration time, int tests) {
    return PROBES.size() == tests && PROBES.stream().allMatch(each -> each.test(time));
  }
}
