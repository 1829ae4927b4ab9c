package dev.partyline.view;

/** That what is read breaks a rule, and where. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  /** The offset at which it shows, in what is read. */
  final int at;

  MalformedException(int at, String what) {
    super(what, null, false, false);
    this.at = at;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
