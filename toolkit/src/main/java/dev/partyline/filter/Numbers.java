package dev.partyline.filter;

/** Decimal numbers without a sign and without leading zeros, which tcpdump would read as octal. */
final class Numbers {
  private static final int DIGITS = 9;

  private Numbers() {}

  /** Returns the number of this text; -1 if it is none, or above the most. */
  static int read(String text, int most) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(each -> each >= '0' && each <= '9');
    if (!digits || text.length() > DIGITS || (text.length() > 1 && text.startsWith("0"))) {
      return -1;
    }
    int number = Integer.parseInt(text);
    return number > most ? -1 : number;
  }
}
