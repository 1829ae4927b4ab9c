package dev.partyline.filter;

/** Decimal numbers without a sign and without leading zeros, which tcpdump would read as octal. */
final class Numbers {
  private static final int MAX_DIGITS = 10;

  private Numbers() {}

  /** Returns the number of this text; -1 if it is not a number, or above the maximum. */
  static long parse(String text, long max) {
    boolean isNumeric =
        !text.isEmpty() && text.chars().allMatch(each -> each >= '0' && each <= '9');
    if (!isNumeric || text.length() > MAX_DIGITS || (text.length() > 1 && text.startsWith("0"))) {
      return -1;
    }
    long number = Long.parseLong(text);
    return number > max ? -1 : number;
  }
}
