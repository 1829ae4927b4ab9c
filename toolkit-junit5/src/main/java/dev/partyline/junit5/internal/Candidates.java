package dev.partyline.junit5.internal;

import static java.util.stream.Collectors.joining;

import dev.partyline.junit5.internal.jupiter.InnerTests.InnerTest;
import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.ScriptRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tests may have made the script of a listener or client fail that several tests use.
 *
 * <p>A test notes what has failed when it begins and when it ends. So what is new was done by a
 * test that runs at that moment; only what timed out may have been left open by an earlier one.
 */
final class Candidates {
  private final Map<Integer, List<InnerTest>> atOpening = new HashMap<>();
  private final Map<Integer, List<InnerTest>> atFailure = new HashMap<>();
  private int notedConnections;

  /**
   * Notes who runs now.
   *
   * @param runs all connections
   * @param running the tests that run; asked for after the state of the connections
   */
  void note(List<ScriptRun> runs, List<InnerTest> running) {
    for (ScriptRun run : runs) {
      int connection = run.connection();
      if (connection > notedConnections) {
        atOpening.put(connection, running);
      }
      if (run.failed()) {
        atFailure.computeIfAbsent(connection, key -> candidates(run, running));
      }
      if (run.endReason().isPresent()) {
        atOpening.remove(connection);
      }
    }
    notedConnections = runs.stream().mapToInt(ScriptRun::connection).max().orElse(0);
  }

  private List<InnerTest> candidates(ScriptRun run, List<InnerTest> running) {
    if (run.endReason().filter(EndReason.TIMED_OUT::equals).isEmpty()) {
      return running;
    }
    List<InnerTest> all = new ArrayList<>(atOpening.getOrDefault(run.connection(), List.of()));
    running.stream().filter(test -> !all.contains(test)).forEach(all::add);
    return all;
  }

  /** Returns whether a test is the only one that can have done it, or has failed, and may have. */
  boolean blames(InnerTest test, boolean testFailed, int connection) {
    List<InnerTest> all = atFailure.getOrDefault(connection, List.of());
    return all.equals(List.of(test)) || (testFailed && all.contains(test));
  }

  /** Returns a row for a failure: what is known of who has done it. */
  String row(int connection) {
    List<InnerTest> all = atFailure.getOrDefault(connection, List.of());
    return switch (all.size()) {
      case 0 -> "";
      case 1 -> "  test      " + all.get(0) + "\n";
      default ->
          "  tests     "
              + all.stream().map(InnerTest::toString).collect(joining(", "))
              + ": one of them, which ran at that time; which one is not known\n";
    };
  }
}
