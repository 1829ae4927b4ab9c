package dev.partyline.view;

import dev.partyline.internal.reading.ViewBuilder;
import java.util.Iterator;
import java.util.List;

/**
 * What the views of a protocol have in common: its parts in their order, what is wrong, and a text.
 *
 * <p>Views are immutable. Whatever the bytes are, they throw nothing and guess nothing: where it is
 * not known how a side goes on, the reading of that side ends with a flaw.
 *
 * @param <T> the parts, such as frames
 */
public abstract class ProtocolView<T> implements Iterable<T> {
  public final List<T> parts;
  private final List<Flaw> flaws;
  private final List<Object> items;

  @SuppressWarnings("exports")
  public ProtocolView(ViewBuilder<T> builder) {
    this.parts = builder.parts();
    this.flaws = builder.flaws();
    this.items = builder.items();
  }

  /**
   * Returns what is wrong, cut short or was not kept: of the client, then of the server, each in
   * the order of its bytes, the first 1,000 of a side. What a flaw is about is in the list too
   * where enough of it is known.
   */
  public List<Flaw> flaws() {
    return flaws;
  }

  /** Returns an iterator over the parts of both sides, in the order in which they were complete. */
  @Override
  public Iterator<T> iterator() {
    return parts.iterator();
  }

  /** Returns a line for each part, and behind a {@code *} what is wrong, where it shows. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Object item : items) {
      text.append(item instanceof Flaw ? "* " : "").append(item).append('\n');
    }
    return text.toString();
  }
}
