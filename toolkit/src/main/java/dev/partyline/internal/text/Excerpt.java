package dev.partyline.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The beginning of a list as lines. */
public final class Excerpt {
  private Excerpt() {}

  /**
   * Returns a line for each of the first items, and one that counts the others if there are any.
   */
  public static <T> List<String> of(
      List<T> items, int maxItems, Function<? super T, String> toLine) {
    List<String> lines = new ArrayList<>();
    for (T item : items.subList(0, Math.min(maxItems, items.size()))) {
      lines.add(toLine.apply(item));
    }
    if (items.size() > maxItems) {
      lines.add("… " + (items.size() - maxItems) + " more");
    }
    return lines;
  }
}
