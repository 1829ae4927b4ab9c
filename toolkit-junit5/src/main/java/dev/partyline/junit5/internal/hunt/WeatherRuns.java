package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.NetworkCondition;
import dev.partyline.hunt.Shrinker;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.weather.ThreadWeather;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a test under conditions, one after the other: which they are is known when it has run
 * in clear weather. After the first that fails, smaller conditions come, until the smallest is
 * known.
 */
public final class WeatherRuns implements Iterator<WeatherRun> {
  static final int MAX_SHRINK_RUNS = 100;
  static final Duration MAX_SHRINK_TIME = Duration.ofSeconds(10);

  private final InjectionPoint injectionPoint;
  private final Function<List<Conversation>, List<NetworkCondition>> menu;
  private final List<String> only;
  private final List<String> except;
  private final ConditionOrder order;
  private final Deque<WeatherRun> remaining = new ArrayDeque<>();

  /** What was sent in clear weather, masked. */
  private List<Conversation> clear = List.of();

  /** Null as long as the test has not failed under a condition. */
  private @Nullable Shrinker shrinker;

  private long shrinkStartNanos;
  private Duration shrinkTime = Duration.ZERO;
  private boolean shrinking;

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
    this.injectionPoint = injectionPoint;
    this.menu = menu;
    this.only = only;
    this.except = except;
    this.order = order;
    remaining.add(new WeatherRun(RunKind.CLEAR, NetworkCondition.CLEAR, this));
  }

  @Override
  public boolean hasNext() {
    addShrinkRun();
    return !remaining.isEmpty();
  }

  /** Returns the next run, whose condition what this thread starts has from now on. */
  @Override
  public WeatherRun next() {
    addShrinkRun();
    WeatherRun run = remaining.poll();
    if (run == null) {
      throw new NoSuchElementException("all conditions were run");
    }
    ThreadWeather.set(run.condition().weather());
    return run;
  }

  /** Puts what the shrinker asks for before the other conditions. */
  private void addShrinkRun() {
    Shrinker current = shrinker;
    if (current == null || !shrinking) {
      return;
    }
    shrinkTime = Duration.ofNanos(Ticker.SYSTEM.nanos() - shrinkStartNanos);
    Optional<NetworkCondition> next =
        shrinkTime.compareTo(MAX_SHRINK_TIME) < 0 ? current.next() : Optional.empty();
    shrinking = false;
    if (next.isPresent()) {
      remaining.addFirst(new WeatherRun(RunKind.SHRINK, next.get(), this));
    } else if (!current.failedByChance()) {
      remaining.addFirst(new WeatherRun(RunKind.SMALLEST, current.smallest(), this));
    }
  }

  /** Called when the test has passed in clear weather. */
  void onClearRun(List<Conversation> conversations, List<Conversation> masked) {
    if (conversations.isEmpty()) {
      throw injectionPoint.configurationError(
          "had no connection of a listener, client or tap of its own: there is nothing to make"
              + " weather for");
    }
    clear = masked;
    List<NetworkCondition> conditions = menu.apply(conversations);
    checkNames(conditions.stream().map(NetworkCondition::name).toList());
    order.of(conditions).stream()
        .filter(each -> only.isEmpty() || only.contains(each.name()))
        .filter(each -> !except.contains(each.name()))
        .forEach(each -> remaining.add(new WeatherRun(RunKind.CHECK, each, this)));
  }

  private void checkNames(List<String> names) {
    List<String> unknown = new ArrayList<>(only);
    unknown.addAll(except);
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw injectionPoint.configurationError(
          "names the condition \""
              + unknown.get(0)
              + "\", which it has not; it has \""
              + String.join("\", \"", names)
              + "\"");
    }
  }

  /** Called when the test has failed under a condition: smaller ones follow, once. */
  void onCheckFailed(NetworkCondition condition) {
    order.onRun(condition, true);
    if (shrinker == null) {
      shrinker = new Shrinker(condition, MAX_SHRINK_RUNS);
      shrinkStartNanos = Ticker.SYSTEM.nanos();
      shrinking = true;
    }
  }

  /** Called when the test has passed under a condition. */
  void onCheckPassed(NetworkCondition condition) {
    order.onRun(condition, false);
  }

  /** Called with whether the test has failed under what the shrinker asked for. */
  void onShrinkRun(boolean failed) {
    Shrinker current = shrinker;
    if (current != null && !shrinking) {
      current.onResult(failed);
      shrinking = true;
    }
  }

  /** Returns what is known of the smallest condition. */
  String smallestText() {
    Shrinker current = shrinker;
    return current == null ? "" : new ShrunkText(current, clear, shrinkTime).toString();
  }
}
