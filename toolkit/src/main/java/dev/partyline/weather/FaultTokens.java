package dev.partyline.weather;

import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.QuotedBytes;
import dev.partyline.internal.text.Units;
import dev.partyline.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of one fault, read from left to right. */
final class FaultTokens {
  private final String text;
  private final List<String> tokens;
  private int index;

  private FaultTokens(String text, List<String> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /** Splits a text at semicolons, then at spaces, but nowhere within quotation marks. */
  static List<FaultTokens> split(String text) {
    List<FaultTokens> parts = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    int start = 0;
    int i = 0;
    while (i < text.length()) {
      char each = text.charAt(i);
      if (each == ';') {
        parts.add(new FaultTokens(text.substring(start, i).strip(), tokens));
        tokens = new ArrayList<>();
        start = ++i;
      } else if (Character.isWhitespace(each)) {
        i++;
      } else {
        int endOffset = each == '"' ? quotedEnd(text, i) : wordEnd(text, i);
        tokens.add(text.substring(i, endOffset));
        i = endOffset;
      }
    }
    parts.add(new FaultTokens(text.substring(start).strip(), tokens));
    return parts;
  }

  private static int wordEnd(String text, int startOffset) {
    int endOffset = startOffset;
    while (endOffset < text.length()
        && !Character.isWhitespace(text.charAt(endOffset))
        && text.charAt(endOffset) != ';'
        && text.charAt(endOffset) != '"') {
      endOffset++;
    }
    return endOffset;
  }

  private static int quotedEnd(String text, int startOffset) {
    int endOffset = startOffset + 1;
    while (endOffset < text.length() && text.charAt(endOffset) != '"') {
      endOffset += text.charAt(endOffset) == '\\' ? 2 : 1;
    }
    return Math.min(endOffset + 1, text.length());
  }

  String text() {
    return text;
  }

  boolean isDone() {
    return index == tokens.size();
  }

  /** Returns whether a word comes next. */
  boolean isNext(String word) {
    return !isDone() && tokens.get(index).equals(word);
  }

  /** Consumes these words if they come next. */
  boolean accept(String wanted) {
    List<String> expected = List.of(wanted.split(" "));
    boolean matches =
        index + expected.size() <= tokens.size()
            && tokens.subList(index, index + expected.size()).equals(expected);
    index += matches ? expected.size() : 0;
    return matches;
  }

  Duration time() {
    Duration time = peekTime();
    if (time == null) {
      throw syntaxError("a time with its unit (ns, us, ms, s, m), such as 50ms");
    }
    index++;
    return time;
  }

  boolean isTime() {
    return peekTime() != null;
  }

  private @Nullable Duration peekTime() {
    return isDone() ? null : DurationText.parse(tokens.get(index));
  }

  boolean isQuoted() {
    return !isDone() && tokens.get(index).startsWith("\"");
  }

  /** Reads a number of bytes, and the word after it. */
  long bytes() {
    Long size = isDone() ? null : Units.bytes(tokens.get(index));
    if (size == null) {
      throw syntaxError("a number of bytes, such as 512 or 64KiB");
    }
    index++;
    if (!accept("bytes")) {
      accept("byte");
    }
    return size;
  }

  long rate() {
    String word = isDone() ? "" : tokens.get(index);
    Long size = word.endsWith("/s") ? Units.bytes(word.substring(0, word.length() - 2)) : null;
    if (size == null) {
      throw syntaxError("bytes a second, such as 100KB/s");
    }
    index++;
    return size;
  }

  double probability() {
    Double probability = isDone() ? null : Units.probability(tokens.get(index));
    if (probability == null) {
      throw syntaxError("a probability in percent, such as 1%");
    }
    index++;
    return probability;
  }

  boolean isProbability() {
    return !isDone() && tokens.get(index).endsWith("%");
  }

  long number() {
    return number(word("a number from 1 on"));
  }

  int count() {
    return count(word("a number from 1 on"));
  }

  /** Reads numbers with commas between them. */
  long[] numbers() {
    return list().mapToLong(this::number).toArray();
  }

  /** Reads numbers from 1 with commas between them. */
  int[] counts() {
    return list().mapToInt(this::count).toArray();
  }

  private Stream<String> list() {
    return Arrays.stream(word("numbers such as 1,3").split(",", -1));
  }

  private int count(String text) {
    long number = number(text);
    if (number > Integer.MAX_VALUE) {
      index--;
      throw syntaxError("a number up to 2147483647");
    }
    return (int) number;
  }

  private long number(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 18) {
      index--;
      throw syntaxError("a number of at most 18 digits");
    }
    return Long.parseLong(text);
  }

  String word(String expected) {
    if (isDone()) {
      throw syntaxError(expected);
    }
    return tokens.get(index++);
  }

  Bytes quoted() {
    String word = isDone() ? "" : tokens.get(index);
    boolean closed =
        word.length() > 1 && word.startsWith("\"") && quotedEnd(word, 0) == word.length();
    if (!closed || !word.endsWith("\"")) {
      throw syntaxError("a text in quotation marks, such as \"QUIT\\r\\n\"");
    }
    index++;
    return Bytes.of(QuotedBytes.read(word.substring(1, word.length() - 1)));
  }

  IllegalArgumentException syntaxError(String expected) {
    String found = isDone() ? " at its end" : ", not '" + tokens.get(index) + "'";
    return new IllegalArgumentException("expected " + expected + found);
  }
}
