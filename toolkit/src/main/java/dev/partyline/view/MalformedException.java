package dev.partyline.view;

/** That what is read breaks a rule, and where. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  /** The offset at which it shows, in what is read. */
  final int offset;

  MalformedException(int offset, String description) {
    super(description, null, false, false);
    this.offset = offset;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
