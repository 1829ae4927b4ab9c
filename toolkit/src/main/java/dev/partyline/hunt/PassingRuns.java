package dev.partyline.hunt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passing runs of a test, with which one that fails is compared. They are kept in a compact
 * form: of each read and write its side, size, time and digest, and the beginning of its bytes with
 * secrets masked. Of a connection 1,000 events are kept, of a run 200 connections, and of all runs
 * 500,000 events, those of the newest. It is safe to use from several threads.
 */
public final class PassingRuns {
  private static final int MAX_EVENTS = 500_000;
  private static final int MAX_EXAMPLES = 4;

  private final EventPool pool = new EventPool();
  private final Deque<Passed> runs = new ArrayDeque<>();

  /** The newest last, each of another shape. */
  private final Deque<Passed> examples = new ArrayDeque<>();

  private int count;
  private long eventCount;

  /**
   * One of them.
   *
   * @param ordinal which it is, from 1
   */
  record Passed(int ordinal, RunTrace trace) {
    /** A run without events takes room as well. */
    long weight() {
      return trace.eventCount() + 4L * (1 + trace.connectionCount());
    }
  }

  /** Makes it without any run. */
  public PassingRuns() {}

  /**
   * Adds a run that has passed, after those before it.
   *
   * @return which of them it is, from 1
   */
  public synchronized int add(RecordedRun run) {
    count++;
    Passed passed = new Passed(count, RunTrace.of(run, pool));
    runs.add(passed);
    eventCount += passed.weight();
    while (eventCount > MAX_EVENTS && runs.size() > 1) {
      eventCount -= runs.remove().weight();
    }
    examples.removeIf(each -> each.trace().hasShapeOf(passed.trace()));
    examples.add(passed);
    if (examples.size() > MAX_EXAMPLES) {
      examples.remove();
    }
    return count;
  }

  /** Returns how many runs have passed, those that are no longer kept among them. */
  public synchronized int count() {
    return count;
  }

  /**
   * Returns those runs, from 1, of which it is worth while to keep all that was recorded: of each
   * of the last four shapes that runs had the newest.
   */
  public synchronized Set<Integer> examples() {
    return examples.stream().map(Passed::ordinal).collect(Collectors.toUnmodifiableSet());
  }

  /** Compares a run that has failed with all of these. */
  public synchronized RunComparison compare(RecordedRun run) {
    RunTrace failing = RunTrace.of(run, pool);
    List<AlignedRun> aligned = new ArrayList<>();
    runs.forEach(each -> aligned.add(new AlignedRun(failing, each)));
    return new RunComparison(failing, aligned, examples(), count);
  }
}
