package dev.partyline.view;

import dev.partyline.wire.Side;

/**
 * What is malformed or missing in what a side sent, and where. A view shows the bytes as they were
 * sent, and guesses nothing.
 *
 * @param kind whether more bytes could complete it
 * @param side who sent it
 * @param offset the offset of the byte at which the flaw shows, in what the side sent, from 0; if
 *     something is incomplete, that of the first missing byte
 * @param description the part, its value and the rule that it breaks
 */
public record Flaw(Kind kind, Side side, long offset, String description) {
  /** Whether more bytes could mend it. */
  public enum Kind {
    /** The bytes so far break no rule, but more are needed. */
    INCOMPLETE,
    /** The bytes break a rule, whatever follows. */
    MALFORMED
  }

  /** Returns the flaw as a sentence, such as {@code malformed at byte 27 of the client: …}. */
  @Override
  public String toString() {
    return (kind == Kind.MALFORMED ? "malformed" : "incomplete")
        + " at byte "
        + offset
        + " of the "
        + side
        + ": "
        + description;
  }
}
