package dev.partyline.internal.reading;

import dev.partyline.view.Flaw;
import java.util.List;

/**
 * What a view of a protocol shows.
 *
 * @param parts the parts, in the order in which they were complete
 * @param flaws the flaws of the client, then those of the server
 * @param items parts and flaws in one order
 */
public record ViewContent<T>(List<T> parts, List<Flaw> flaws, List<Object> items) {
  /** Returns a line for each part and each flaw. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Object item : items) {
      text.append(item instanceof Flaw ? "* " : "").append(item).append('\n');
    }
    return text.toString();
  }
}
