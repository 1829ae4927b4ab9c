package dev.partyline.internal.secrets;

import java.util.Locale;
import java.util.Set;

/** Masks values; each method returns where to look on, which is 0 if nothing was masked. */
final class ValueMask {
  private static final Set<String> PLAIN_WORDS =
      Set.of("true", "false", "null", "none", "undefined");

  private static final int MAX_WORD_LENGTH = 16;

  private final Layer layer;
  private final TextScan scan;
  private final QuotedText strings;

  ValueMask(Layer layer, TextScan scan, QuotedText strings) {
    this.layer = layer;
    this.scan = scan;
    this.strings = strings;
  }

  int range(int start, int end) {
    layer.mask(start, end);
    return end;
  }

  /** Masks what is between the quote at an offset and the next. */
  int string(int offset, String quote) {
    int start = offset + quote.length();
    return range(start, strings.end(start, quote));
  }

  /**
   * Masks a value without quotes, but for words that are never secret, and for the number of things
   * that are secret themselves.
   */
  int bare(String name, int start, int end) {
    boolean isCount = isPlural(name) && numberEnd(start) >= scan.strippedEnd(end);
    return isCount || isPlainWord(start, end) ? 0 : range(start, end);
  }

  private static boolean isPlural(String name) {
    int last = name.length() - 1;
    return last > 0
        && Character.toLowerCase(name.charAt(last)) == 's'
        && Character.toLowerCase(name.charAt(last - 1)) != 's';
  }

  int number(String name, int start) {
    return bare(name, start, numberEnd(start));
  }

  private int numberEnd(int offset) {
    int end = offset;
    while (end < scan.length() && "+-.0123456789".indexOf(scan.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private boolean isPlainWord(int start, int end) {
    String value = scan.text(start, Math.min(end, start + MAX_WORD_LENGTH)).strip();
    return PLAIN_WORDS.contains(value.toLowerCase(Locale.ROOT));
  }
}
