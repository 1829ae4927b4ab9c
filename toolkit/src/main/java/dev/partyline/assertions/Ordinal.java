package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;

/**
 * Which of several things is asserted: the one with a number, or the only one.
 *
 * @param number counted from 1; 0 stands for the only one
 */
record Ordinal(int number) {
  static final Ordinal ONLY = new Ordinal(0);

  /** Returns the ordinal of a number of 1 or more. */
  static Ordinal of(int number) {
    return new Ordinal(ArgumentChecks.atLeast("number", number, 1));
  }

  int index() {
    return isOnly() ? 0 : number - 1;
  }

  private boolean isOnly() {
    return number == ONLY.number;
  }

  /** Returns whether exactly one of so many things is meant. */
  boolean isIn(int count) {
    return index() < count && !isAmbiguous(count);
  }

  /** Returns whether there are several where only one may be; more of them cannot change that. */
  boolean isAmbiguous(int count) {
    return isOnly() && count > 1;
  }

  /** Returns the thing as it is called in a sentence, such as {@code the request}. */
  String name(String thing) {
    return isOnly() ? "the " + thing : thing + " " + number;
  }

  /** Returns what is expected instead of a number of things. */
  String expected(String thing) {
    return isOnly() ? "1 " + thing : thing + " " + number;
  }

  /** Returns why it is not among so many things. */
  String problem(String thing, int count) {
    return isAmbiguous(count)
        ? "there are " + count + " " + thing + "s: say which with " + thing + "(n)"
        : "there is no " + (isOnly() ? thing : thing + " " + number);
  }
}
