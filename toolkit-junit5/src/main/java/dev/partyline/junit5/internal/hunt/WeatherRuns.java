package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.ConditionResult;
import dev.partyline.hunt.Conditions;
import dev.partyline.hunt.NetworkCondition;
import dev.partyline.hunt.Shrinker;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a test under conditions. After the first that fails, smaller conditions come, until
 * the smallest is known.
 */
public final class WeatherRuns extends ConditionRuns {
  static final int MAX_SHRINK_RUNS = 100;
  static final Duration MAX_SHRINK_TIME = Duration.ofSeconds(10);

  /** It has failed more often than not, but one run more may pass. */
  private static final int MAX_SMALLEST_RUNS = 3;

  private final Function<List<Conversation>, List<NetworkCondition>> menu;
  private final List<String> only;
  private final List<String> except;
  private final ConditionOrder order;

  /** What was sent in clear weather, masked. */
  private List<Conversation> clear = List.of();

  /** Of the first condition that did not fail by chance; null before. */
  private @Nullable Shrinker shrinker;

  private long shrinkStartNanos;
  private Duration shrinkTime = Duration.ZERO;
  private int smallestRuns;

  /**
   * Makes the runs of a test.
   *
   * @param menu returns all conditions for what was sent in clear weather
   * @param only the names of those that are run; empty for all
   * @param except the names of those that are not
   * @param order which of them the run asks for, and in which order
   */
  public WeatherRuns(
      InjectionPoint injectionPoint,
      Function<List<Conversation>, List<NetworkCondition>> menu,
      List<String> only,
      List<String> except,
      ConditionOrder order) {
    super(injectionPoint);
    this.menu = menu;
    this.only = only;
    this.except = except;
    this.order = order;
  }

  @Override
  void addRuns(List<Conversation> conversations, List<Conversation> masked) {
    clear = masked;
    List<NetworkCondition> conditions = menu.apply(conversations);
    checkNames(conditions.stream().map(NetworkCondition::name).toList());
    order.of(conditions).stream()
        .filter(each -> only.isEmpty() || only.contains(each.name()))
        .filter(each -> !except.contains(each.name()))
        .forEach(each -> add(RunKind.CHECK, each));
  }

  /** Another test may have a condition that this one has not: to leave it out is no mistake. */
  private void checkNames(List<String> names) {
    List<String> unknown = new ArrayList<>(only);
    unknown.addAll(except);
    unknown.removeAll(names);
    unknown.removeIf(name -> !only.contains(name) && Conditions.names().contains(name));
    if (!unknown.isEmpty()) {
      throw injectionPoint.configurationError(
          "names the condition \""
              + unknown.get(0)
              + "\", which it has not; it has \""
              + String.join("\", \"", names)
              + "\"");
    }
  }

  @Override
  void onEnd(WeatherRun run) {
    Shrinker current = shrinker;
    boolean failed = run.result() == ConditionResult.FAILED;
    // What fails though nothing was done to its connections does not fail by the condition.
    boolean failedByIt = failed && run.isMet();
    switch (run.kind()) {
      case CHECK -> {
        if (run.result() != ConditionResult.ABORTED) {
          order.onRun(run.condition(), failed);
        }
        if (failedByIt && current == null) {
          shrinkStartNanos = Ticker.SYSTEM.nanos();
          Shrinker started = new Shrinker(run.condition(), MAX_SHRINK_RUNS);
          shrinker = started;
          addShrinkRun(started);
        }
      }
      case SHRINK -> {
        if (current != null) {
          current.onResult(failedByIt);
          addShrinkRun(current);
        }
      }
      case CLEAR_AGAIN -> {
        if (current != null && !failed) {
          smallestRuns = 1;
          addFirst(RunKind.SMALLEST, current.smallest());
        }
      }
      case SMALLEST -> {
        if (!failed) {
          runSmallestAgain(run.condition());
        }
      }
      default -> {}
    }
  }

  private void runSmallestAgain(NetworkCondition condition) {
    if (smallestRuns < MAX_SMALLEST_RUNS) {
      smallestRuns++;
      addFirst(RunKind.SMALLEST, condition);
    } else {
      failedByChance();
    }
  }

  /** It says nothing of the conditions after it: the next that fails is made smaller. */
  private void failedByChance() {
    shrinker = null;
  }

  /** Puts what the shrinker asks for before the other conditions. */
  private void addShrinkRun(Shrinker current) {
    shrinkTime = Duration.ofNanos(Ticker.SYSTEM.nanos() - shrinkStartNanos);
    Optional<NetworkCondition> next =
        shrinkTime.compareTo(MAX_SHRINK_TIME) < 0 ? current.next() : Optional.empty();
    if (next.isPresent()) {
      addFirst(RunKind.SHRINK, next.get());
    } else if (current.failedByChance()) {
      failedByChance();
    } else {
      addFirst(RunKind.CLEAR_AGAIN, NetworkCondition.CLEAR);
    }
  }

  @Override
  Throwable failure(WeatherRun run, Throwable failure) {
    if (run.kind() == RunKind.SMALLEST && run.isMet()) {
      failure.addSuppressed(new ConditionNote(smallestText()));
    } else if (run.kind() != RunKind.CLEAR) {
      failure.addSuppressed(ConditionNote.of(run.condition(), run.isMet()));
    }
    return failure;
  }

  @Override
  Optional<String> note(WeatherRun run) {
    return Optional.ofNullable(
        switch (run.kind()) {
          case CHECK -> noEffect(run);
          case SHRINK -> shrinkNote(run);
          case CLEAR_AGAIN ->
              run.result() == ConditionResult.FAILED
                  ? "no condition is called the smallest: it fails when it is run again, in clear"
                      + " weather too"
                  : null;
          case SMALLEST ->
              smallestRuns < MAX_SMALLEST_RUNS
                  ? null
                  : "no condition is called the smallest: under "
                      + run.condition()
                      + " it failed while that was searched for, and then passed "
                      + MAX_SMALLEST_RUNS
                      + " times";
          default -> null;
        });
  }

  private @Nullable String shrinkNote(WeatherRun run) {
    Shrinker current = shrinker;
    if (current == null || current.runs() > 1 || run.result() == ConditionResult.ABORTED) {
      return noEffect(run);
    }
    if (run.result() != ConditionResult.FAILED) {
      return "it failed by chance: run again under " + run.condition() + ", it has passed";
    }
    return run.isMet()
        ? null
        : "no condition is called the smallest: it fails when it is run again, though nothing was"
            + " done to its connections";
  }

  private static @Nullable String noEffect(WeatherRun run) {
    return run.result() == ConditionResult.NOT_MET
        ? "the condition " + run.condition() + " had no effect"
        : null;
  }

  private String smallestText() {
    Shrinker current = shrinker;
    return current == null ? "" : new ShrunkText(current, clear, shrinkTime).toString();
  }
}
