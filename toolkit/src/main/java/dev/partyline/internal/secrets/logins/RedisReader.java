package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.logins.Words.Word;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Goes over what a side of Redis sent: lines, and values of RESP with all that is in them. */
final class RedisReader {
  private static final String LINES = "+-:,#(_";
  private static final String STRINGS = "$=!";
  private static final String ARRAYS = "*%~>|";
  private static final String ATTRIBUTES = "|";
  private static final int MAX_DIGITS = 9;

  /** The format of a verbatim string, such as {@code txt:}, which is not part of its text. */
  private static final int FORMAT_BYTES = 4;

  private final Layer layer;
  private final String text;
  private final TextScan scan;
  private final String types;
  private int offset;

  /**
   * A line, or a value.
   *
   * @param type its first character
   * @param arrays what is directly in each array of it, the outer before the inner; of a value that
   *     is no array the value by itself; of another line nothing
   */
  record RedisMessage(char type, int offset, int endOffset, List<Words> arrays) {
    boolean isLine() {
      return arrays.isEmpty();
    }

    /** Returns what is directly in the array, or the value by itself. */
    Words words() {
      return arrays.get(0);
    }
  }

  private record PartialWords(List<Word> words, long size) {
    PartialWords(long size) {
      this(new ArrayList<>(), size);
    }

    boolean isWhole() {
      return words.size() >= size;
    }
  }

  private RedisReader(Layer layer, String types) {
    this.layer = layer;
    this.text = layer.text();
    this.scan = new TextScan(text);
    this.types = types;
  }

  static RedisReader ofCommands(Layer client) {
    return new RedisReader(client, "*");
  }

  static RedisReader ofReplies(Layer server) {
    return new RedisReader(server, LINES + STRINGS + ARRAYS);
  }

  boolean hasNext() {
    return offset < text.length();
  }

  RedisMessage next() {
    int start = offset;
    char type = text.charAt(start);
    List<Words> arrays = new ArrayList<>();
    if (has(types, type)) {
      PartialWords whole = new PartialWords(1);
      Deque<PartialWords> open = new ArrayDeque<>(List.of(whole));
      while (!open.isEmpty() && hasNext() && value(open, arrays)) {
        while (!open.isEmpty() && open.getFirst().isWhole()) {
          open.pop();
        }
      }
      if (arrays.isEmpty() && offset > start) {
        arrays.add(new Words(layer, whole.words));
      }
    }
    if (offset == start) {
      offset = scan.lineEnd(start) + 1;
    }
    offset = Math.min(offset, text.length());
    return new RedisMessage(type, start, offset, arrays);
  }

  /** Adds a value to the innermost array; returns whether there is one. */
  private boolean value(Deque<PartialWords> open, List<Words> arrays) {
    char type = text.charAt(offset);
    int lineEnd = scan.lineEnd(offset);
    if (has(LINES, type)) {
      open.getFirst()
          .words
          .add(word(offset + 1, scan.endsWith(lineEnd, "\r") ? lineEnd - 1 : lineEnd));
      offset = lineEnd + 1;
      return true;
    }
    int number = number(offset + 1, lineEnd);
    if (number < -1 || !has(STRINGS, type) && !has(ARRAYS, type)) {
      return false;
    }
    if (has(STRINGS, type)) {
      open.getFirst().words.add(string(type, lineEnd, number));
      return true;
    }
    if (!has(ATTRIBUTES, type)) {
      open.getFirst().words.add(new Word(offset, offset, ""));
    }
    PartialWords array = new PartialWords(has("%|", type) ? 2L * number : number);
    open.push(array);
    arrays.add(new Words(layer, array.words));
    offset = lineEnd + 1;
    return true;
  }

  private Word string(char type, int lineEnd, int size) {
    int start = Math.min(text.length(), lineEnd + 1);
    int end = (int) Math.min(text.length(), (long) start + Math.max(0, size));
    offset = end;
    if (size >= 0) {
      offset = scan.startsWith(offset, "\r") ? offset + 1 : offset;
      offset = scan.startsWith(offset, "\n") ? offset + 1 : offset;
    }
    boolean hasFormat = type == '=' && scan.startsWith(start + FORMAT_BYTES - 1, ":");
    return word(hasFormat ? Math.min(end, start + FORMAT_BYTES) : start, end);
  }

  private Word word(int start, int end) {
    int wordStart = Math.min(start, end);
    return new Word(wordStart, end, text.substring(wordStart, end));
  }

  /** Returns the number on the rest of a line, which is -1 for nothing, or -2 if there is none. */
  private int number(int start, int lineEnd) {
    int end = scan.endsWith(lineEnd, "\r") ? lineEnd - 1 : lineEnd;
    if (end <= start || end - start > MAX_DIGITS) {
      return -2;
    }
    int number = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return text.substring(start, end).equals("-1") ? -1 : -2;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  private static boolean has(String types, char type) {
    return types.indexOf(type) >= 0;
  }
}
