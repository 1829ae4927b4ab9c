package dev.partyline.view;

import java.util.Iterator;
import java.util.List;

/**
 * What the views of protocols have in common: parts in their order, flaws, and a text.
 *
 * <p>Parts and flaws print with secrets masked, as the view does, unless the conversation is
 * {@linkplain dev.partyline.wire.Conversation#exact() exact}; their methods return what was sent.
 *
 * <p>Views are immutable. No bytes make them throw, and they guess nothing: where it is unknown how
 * a side continues, the reading of that side ends with a flaw.
 *
 * @param <T> the parts, such as frames
 */
public interface ProtocolView<T> extends Iterable<T> {
  /**
   * Returns what is malformed, cut short or was not kept: of the client, then of the server, each
   * in the order of its bytes, the first 1,000 of a side. A part with a flaw is still among the
   * parts if enough of it is known.
   */
  List<Flaw> flaws();

  /** Returns an iterator over the parts of both sides, in the order in which they were complete. */
  @Override
  Iterator<T> iterator();

  /**
   * Returns a line for each part and each flaw; a flaw comes where it shows, after a {@code *}.
   * Secrets are masked, unless the conversation is exact.
   */
  @Override
  String toString();
}
