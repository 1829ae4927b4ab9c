package dev.partyline.internal.reading;

import dev.partyline.view.Flaw;
import dev.partyline.wire.Side;

/** A flaw that ends the reading of a message or of a side. */
public final class FlawException extends Exception {
  private static final long serialVersionUID = 1;

  private final Flaw.Kind kind;
  private final long offset;

  /** Creates one of what is malformed, with the offset in what is read. */
  public FlawException(long offset, String description) {
    this(Flaw.Kind.MALFORMED, offset, description);
  }

  public FlawException(Flaw flaw) {
    this(flaw.kind(), flaw.offset(), flaw.description());
  }

  private FlawException(Flaw.Kind kind, long offset, String description) {
    super(description, null, false, false);
    this.kind = kind;
    this.offset = offset;
  }

  /** Returns the offset in what is read. */
  public long offset() {
    return offset;
  }

  public String description() {
    return String.valueOf(getMessage());
  }

  /** Returns the flaw, if its offset is one in what the side sent. */
  public Flaw flaw(Side side) {
    return new Flaw(kind, side, offset, description());
  }
}
