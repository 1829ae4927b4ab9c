package dev.partyline.hunt;

import dev.partyline.internal.text.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a connection of a failing run stops being what it was in passing runs.
 *
 * @param number which event of the connection it is, from 1
 * @param actual what happened there; empty if nothing did
 * @param nanos when that was, on the clock of the run
 * @param others what happened there in how many of the passing runs that were the same so far; the
 *     key is empty where nothing did
 * @param total how many passing runs had the connection
 */
record Divergence(
    int number,
    Optional<TracedEvent> actual,
    long nanos,
    Map<Optional<TracedEvent>, Integer> others,
    int total) {
  private static final int MAX_SHOWN = 3;
  private static final String NOTHING = "nothing more";

  /** Returns it in words, after the name of the connection. */
  String describe() {
    List<Map.Entry<Optional<TracedEvent>, Integer>> sorted = new ArrayList<>(others.entrySet());
    sorted.sort(
        Comparator.comparing(
            Map.Entry<Optional<TracedEvent>, Integer>::getValue, Comparator.reverseOrder()));
    int from = commonChars(sorted.get(0).getKey());
    List<String> texts = new ArrayList<>();
    for (Map.Entry<Optional<TracedEvent>, Integer> each :
        sorted.subList(0, Math.min(MAX_SHOWN, sorted.size()))) {
      String count =
          texts.isEmpty()
              ? Quantity.of(each.getValue(), "passing run") + " had"
              : each.getValue() + "";
      texts.add(count + " " + each.getKey().map(event -> event.describe(from)).orElse(NOTHING));
    }
    int shown = sorted.stream().limit(MAX_SHOWN).mapToInt(Map.Entry::getValue).sum();
    int same = others.values().stream().mapToInt(Integer::intValue).sum();
    return texts.get(0)
        + " there"
        + (texts.size() > 1 ? ", " + String.join(", ", texts.subList(1, texts.size())) : "")
        + (same > shown ? ", " + (same - shown) + " others" : "")
        + (total > same ? " (" + (total - same) + " were different before)" : "")
        + ", this one had "
        + actual.map(event -> event.describe(from)).orElse(NOTHING);
  }

  /** Returns where two texts begin to differ, which must be seen. */
  private int commonChars(Optional<TracedEvent> other) {
    String one = actual.map(TracedEvent::text).orElse("");
    String two = other.map(TracedEvent::text).orElse("");
    int common = 0;
    while (common < Math.min(one.length(), two.length())
        && one.charAt(common) == two.charAt(common)) {
      common++;
    }
    return common;
  }
}
