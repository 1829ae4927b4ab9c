package dev.partyline.view;

import dev.partyline.wire.Side;

/**
 * What is wrong with what was said, and where: a view shows it as it stands there, and guesses
 * nothing.
 *
 * @param kind whether more may still come that makes it whole
 * @param side who said it
 * @param offset the offset in what the side sent of the byte at which it shows, from 0; for
 *     something that is incomplete, of the first byte that is missing
 * @param description what is wrong there, naming the part, its value and the rule that it broke
 */
public record Flaw(Kind kind, Side side, long offset, String description) {
  /** Whether it was cut short, or is wrong whatever comes. */
  public enum Kind {
    /** What came so far breaks no rule, and more is needed. */
    INCOMPLETE,
    /** It breaks a rule, whatever comes after it. */
    MALFORMED
  }

  /** Returns it as a sentence, such as {@code malformed at byte 27 of the client: …}. */
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
