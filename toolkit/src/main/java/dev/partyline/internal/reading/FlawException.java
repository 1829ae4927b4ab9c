package dev.partyline.internal.reading;

/** That what is read breaks a rule, and where. */
public final class FlawException extends Exception {
  private static final long serialVersionUID = 1;

  /** The offset at which it shows, in what is read. */
  public final int offset;

  public FlawException(int offset, String description) {
    super(description, null, false, false);
    this.offset = offset;
  }

  public String description() {
    return String.valueOf(getMessage());
  }
}
