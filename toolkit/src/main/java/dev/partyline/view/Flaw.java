package dev.partyline.view;

import dev.partyline.wire.Side;

/**
 * What is malformed, missing or not decoded in what a side sent, and where. A view shows the bytes
 * as they were sent, and guesses nothing.
 *
 * @param kind whether more bytes could complete it, or another program decode it
 * @param side who sent it
 * @param offset the offset of the byte at which the flaw shows, in what the side sent, from 0; if
 *     something is incomplete, that of the first missing byte
 * @param description the part, its value and the rule that it breaks
 */
public record Flaw(Kind kind, Side side, long offset, String description) {
  /** What could mend it. */
  public enum Kind {
    /** The bytes so far break no rule, but more are needed. */
    INCOMPLETE,
    /** The bytes break a rule, whatever follows. */
    MALFORMED,
    /** The bytes may break no rule; the view does not decode them, or not all. */
    UNDECODED
  }

  /** Returns the flaw as a sentence, such as {@code malformed at byte 27 of the client: …}. */
  @Override
  public String toString() {
    String word =
        switch (kind) {
          case INCOMPLETE -> "incomplete";
          case MALFORMED -> "malformed";
          case UNDECODED -> "not decoded";
        };
    return word + " at byte " + offset + " of the " + side + ": " + description;
  }
}
