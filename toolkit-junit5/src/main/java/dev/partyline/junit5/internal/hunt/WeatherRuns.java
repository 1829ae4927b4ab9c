package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.Condition;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.weather.ThreadWeather;
import dev.partyline.wire.Conversation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;

/**
 * The conditions under which a test is run, one after the other: which they are is known when it
 * has run in clear weather.
 */
public final class WeatherRuns implements Iterator<WeatherRun> {
  private final InjectionPoint injectionPoint;
  private final Function<List<Conversation>, List<Condition>> menu;
  private final List<String> only;
  private final List<String> except;
  private final Queue<Condition> remaining = new ArrayDeque<>(List.of(Condition.CLEAR));

  /**
   * Makes the runs of a test.
   *
   * @param menu returns all conditions for what was sent in clear weather
   * @param only the names of those that are run; empty for all
   * @param except the names of those that are not
   */
  public WeatherRuns(
      InjectionPoint injectionPoint,
      Function<List<Conversation>, List<Condition>> menu,
      List<String> only,
      List<String> except) {
    this.injectionPoint = injectionPoint;
    this.menu = menu;
    this.only = only;
    this.except = except;
  }

  @Override
  public boolean hasNext() {
    return !remaining.isEmpty();
  }

  /** Returns the next run, whose condition what this thread starts has from now on. */
  @Override
  public WeatherRun next() {
    Condition condition = remaining.poll();
    if (condition == null) {
      throw new NoSuchElementException("all conditions were run");
    }
    ThreadWeather.set(condition.weather());
    return new WeatherRun(condition, this);
  }

  /** Called when the test has passed in clear weather, with what was recorded. */
  void onClearRun(List<Conversation> conversations) {
    if (conversations.isEmpty()) {
      throw injectionPoint.configurationError(
          "had no connection of a listener, client or tap of its own: there is nothing to make"
              + " weather for");
    }
    List<Condition> conditions = menu.apply(conversations);
    List<String> names = conditions.stream().map(Condition::name).toList();
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
    conditions.stream()
        .filter(each -> only.isEmpty() || only.contains(each.name()))
        .filter(each -> !except.contains(each.name()))
        .forEach(remaining::add);
  }
}
