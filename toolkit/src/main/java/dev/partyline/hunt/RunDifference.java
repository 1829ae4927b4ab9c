package dev.partyline.hunt;

import java.util.Optional;

/**
 * Something that a run did and no passing run has done.
 *
 * @param kind what it is
 * @param text what it is in one line, with what the passing runs did; secrets are masked
 * @param place the event of the failing run that it is about, if it is about one
 */
public record RunDifference(Kind kind, String text, Optional<EventPlace> place) {
  /** What a run did differently. */
  public enum Kind {
    /** It had an event where each passing run had another one. */
    EVENT,
    /** Two events came in an order in which no passing run had them. */
    ORDER,
    /** More time passed before an event than in any passing run, by far. */
    GAP,
    /** It had more or fewer connections. */
    CONNECTIONS,
    /** A side ended in another way. */
    END,
    /** The same bytes came in other reads. */
    PIECES
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return text;
  }
}
