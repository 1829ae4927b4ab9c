package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.PassingRuns;
import dev.partyline.hunt.ProcessorLoad;
import dev.partyline.hunt.RecordedRun;
import dev.partyline.hunt.RunComparison;
import dev.partyline.junit5.internal.EarlierRuns;
import dev.partyline.report.ComparedRun;
import dev.partyline.report.ReportSection;
import dev.partyline.report.TestReport;
import dev.partyline.wire.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The runs of a test that is run until it fails, one after the other. */
public final class RepeatedRuns implements Iterator<RepeatedRun>, EarlierRuns {
  /** What is kept of a connection of a run that may be shown beside the one that fails. */
  private static final long MAX_CONVERSATION_BYTES = 64 << 10;

  private final ExtensionContext template;
  private final int maxRuns;
  private final Duration maxTime;
  private final int stress;
  private final PassingRuns passing = new PassingRuns();

  /** What can be shown of those passing runs that may be the nearest. */
  private final Map<Integer, Shown> shown = new HashMap<>();

  private @Nullable ProcessorLoad load;
  private @Nullable PassedSoFar ended;
  private long startNanos;
  private int started;
  private int aborted;
  private boolean failed;

  /** What can be shown of a run. */
  private record Shown(String name, List<ReportSection> sections) {}

  /** A run that has ended, and passes if nothing else fails it. */
  private record PassedSoFar(RecordedRun run, List<ReportSection> sections) {}

  /**
   * Makes them.
   *
   * @param template the context of the test as a whole
   * @param maxRuns how many runs there are at most
   * @param maxTime after which time no further run begins
   * @param stress how many threads keep processors busy meanwhile
   */
  public RepeatedRuns(ExtensionContext template, int maxRuns, Duration maxTime, int stress) {
    this.template = template;
    this.maxRuns = maxRuns;
    this.maxTime = maxTime;
    this.stress = stress;
  }

  @Override
  public synchronized boolean hasNext() {
    return !failed && started < maxRuns && (started == 0 || time().compareTo(maxTime) < 0);
  }

  private Duration time() {
    return Duration.ofNanos(Ticker.SYSTEM.nanos() - startNanos);
  }

  @Override
  public synchronized RepeatedRun next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there is no further run");
    }
    if (started == 0) {
      startNanos = Ticker.SYSTEM.nanos();
      load = ProcessorLoad.start(stress);
    }
    started++;
    return new RepeatedRun(name(), this);
  }

  private String name() {
    return "run " + started + " of " + maxRuns;
  }

  /** Ends the load, and says how many runs have passed if none has failed. */
  public synchronized void end() {
    ProcessorLoad current = load;
    if (current != null) {
      current.close();
    }
    if (!failed && started > 0) {
      template.publishReportEntry("partyline", summary());
    }
  }

  private String summary() {
    int passed = started - aborted;
    String time = String.format(Locale.ROOT, "%.1f s", time().toMillis() / 1e3);
    return passed
        + (started < maxRuns ? " of " + maxRuns : "")
        + (passed == 1 && started == maxRuns ? " run" : " runs")
        + " in "
        + time
        + " passed"
        + (aborted > 0 ? ", " + aborted + " aborted" : "");
  }

  @Override
  public synchronized void onPassed(RecordedRun run, List<ReportSection> sections) {
    ended = new PassedSoFar(run, sections);
  }

  /** Called when a run has passed, whatever came after its endpoints were closed. */
  synchronized void onPassed() {
    PassedSoFar current = ended;
    if (current == null) {
      return;
    }
    int ordinal = passing.add(current.run());
    shown.keySet().retainAll(passing.examples());
    shown.put(
        ordinal,
        new Shown(
            name(),
            current.sections().stream()
                .map(section -> section.truncatedTo(MAX_CONVERSATION_BYTES))
                .toList()));
    ended = null;
  }

  synchronized void onAborted() {
    aborted++;
    ended = null;
  }

  synchronized void onFailed() {
    failed = true;
    ended = null;
  }

  @Override
  public synchronized String compare(RecordedRun run) {
    return name() + ": " + passing.compare(run);
  }

  @Override
  public synchronized TestReport addTo(TestReport report, RecordedRun run) {
    RunComparison comparison = passing.compare(run);
    OptionalInt nearest = comparison.nearest();
    Shown other = nearest.isPresent() ? shown.get(nearest.getAsInt()) : null;
    return other == null
        ? report
        : report.comparedWith(new ComparedRun(other.name(), other.sections(), comparison));
  }
}
