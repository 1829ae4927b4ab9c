package dev.partyline.weather;

import dev.partyline.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The words of one fault, read from left to right. */
final class FaultTokens {
  private final String text;
  private final List<String> words;
  private int at;

  private FaultTokens(String text, List<String> words) {
    this.text = text;
    this.words = words;
  }

  /** Splits a text at semicolons, then at spaces, but nowhere within quotation marks. */
  static List<FaultTokens> split(String text) {
    List<FaultTokens> all = new ArrayList<>();
    List<String> words = new ArrayList<>();
    int start = 0;
    int i = 0;
    while (i < text.length()) {
      char each = text.charAt(i);
      if (each == ';') {
        all.add(new FaultTokens(text.substring(start, i).strip(), words));
        words = new ArrayList<>();
        start = ++i;
      } else if (Character.isWhitespace(each)) {
        i++;
      } else {
        int end = each == '"' ? quoted(text, i) : plain(text, i);
        words.add(text.substring(i, end));
        i = end;
      }
    }
    all.add(new FaultTokens(text.substring(start).strip(), words));
    return all;
  }

  private static int plain(String text, int from) {
    int end = from;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && text.charAt(end) != ';'
        && text.charAt(end) != '"') {
      end++;
    }
    return end;
  }

  private static int quoted(String text, int from) {
    int end = from + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  String text() {
    return text;
  }

  boolean isDone() {
    return at == words.size();
  }

  /** Takes these words if they come next. */
  boolean take(String wanted) {
    List<String> each = List.of(wanted.split(" "));
    boolean here =
        at + each.size() <= words.size() && words.subList(at, at + each.size()).equals(each);
    at += here ? each.size() : 0;
    return here;
  }

  Duration time() {
    Long nanos = isDone() ? null : Units.nanos(words.get(at));
    if (nanos == null) {
      throw wrong("a time with its unit (ns, us, ms, s, m), such as 50ms");
    }
    at++;
    return Duration.ofNanos(nanos);
  }

  boolean isTime() {
    return !isDone() && Units.nanos(words.get(at)) != null;
  }

  boolean isQuoted() {
    return !isDone() && words.get(at).startsWith("\"");
  }

  /** Reads a number of bytes, the word for them included. */
  long bytes() {
    Long size = isDone() ? null : Units.bytes(words.get(at));
    if (size == null) {
      throw wrong("a number of bytes, such as 512 or 64KiB");
    }
    at++;
    if (!take("bytes")) {
      take("byte");
    }
    return size;
  }

  long rate() {
    String word = isDone() ? "" : words.get(at);
    Long size = word.endsWith("/s") ? Units.bytes(word.substring(0, word.length() - 2)) : null;
    if (size == null) {
      throw wrong("bytes a second, such as 100KB/s");
    }
    at++;
    return size;
  }

  double probability() {
    Double probability = isDone() ? null : Units.probability(words.get(at));
    if (probability == null) {
      throw wrong("a probability in percent, such as 1%");
    }
    at++;
    return probability;
  }

  boolean isProbability() {
    return !isDone() && words.get(at).endsWith("%");
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

  /** Reads numbers of things that are counted, with commas between them. */
  int[] counts() {
    return list().mapToInt(this::count).toArray();
  }

  private Stream<String> list() {
    return Arrays.stream(word("numbers such as 1,3").split(",", -1));
  }

  private int count(String text) {
    long number = number(text);
    if (number > Integer.MAX_VALUE) {
      at--;
      throw wrong("a number up to 2147483647");
    }
    return (int) number;
  }

  private long number(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 18) {
      at--;
      throw wrong("a number of at most 18 digits");
    }
    return Long.parseLong(text);
  }

  String word(String expected) {
    if (isDone()) {
      throw wrong(expected);
    }
    return words.get(at++);
  }

  Bytes quoted() {
    String word = isDone() ? "" : words.get(at);
    boolean closed = word.length() > 1 && word.startsWith("\"") && quoted(word, 0) == word.length();
    if (!closed || !word.endsWith("\"")) {
      throw wrong("a text in quotation marks, such as \"QUIT\\r\\n\"");
    }
    at++;
    return QuotedBytes.read(word.substring(1, word.length() - 1));
  }

  IllegalArgumentException wrong(String expected) {
    String found = isDone() ? " at its end" : ", not '" + words.get(at) + "'";
    return new IllegalArgumentException("expected " + expected + found);
  }
}
