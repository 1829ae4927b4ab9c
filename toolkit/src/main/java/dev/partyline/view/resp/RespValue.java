package dev.partyline.view.resp;

import dev.partyline.wire.Bytes;
import java.util.List;

/**
 * A value, which may contain others.
 *
 * @param kind its kind
 * @param isNull whether it is a null, in RESP2's way or in RESP3's
 * @param content its text or bytes, without marks, lengths and line ends; empty for a list
 * @param items the items of a list, in the order in which they were sent; keys and values of a map
 *     alternate
 */
public record RespValue(Kind kind, boolean isNull, Bytes content, List<RespValue> items) {
  /** The kinds of values, by their first byte. */
  public enum Kind {
    /** {@code +}: a short text. */
    SIMPLE_STRING('+'),
    /** {@code -}: a short text about an error. */
    ERROR('-'),
    /** {@code :}: a whole number. */
    INTEGER(':'),
    /** {@code $}: bytes, or a null of RESP2. */
    BULK_STRING('$'),
    /** {@code *}: a list, or a null of RESP2; each command is one. */
    ARRAY('*'),
    /** {@code _}: the null of RESP3. */
    NULL('_'),
    /** {@code #}: {@code t} or {@code f}. */
    BOOLEAN('#'),
    /** {@code ,}: a number with a fraction, {@code inf} or {@code nan}. */
    DOUBLE(','),
    /** {@code (}: a whole number of any size. */
    BIG_NUMBER('('),
    /** {@code !}: bytes about an error. */
    BULK_ERROR('!'),
    /** {@code =}: bytes after their format, such as {@code txt:}. */
    VERBATIM_STRING('='),
    /** {@code %}: keys and values, one after the other. */
    MAP('%'),
    /** {@code |}: keys and values about the value after it. */
    ATTRIBUTE('|'),
    /** {@code ~}: a list in no order. */
    SET('~'),
    /** {@code >}: a list that answers no command. */
    PUSH('>'),
    /** A command as a person types it, a line of words. */
    INLINE('\0');

    private final char firstByte;

    Kind(char firstByte) {
      this.firstByte = firstByte;
    }

    /** Returns the kind, or INLINE if the byte begins no other. */
    static Kind of(int firstByte) {
      for (Kind kind : values()) {
        if (kind.firstByte == firstByte) {
          return kind;
        }
      }
      return INLINE;
    }

    boolean isBulk() {
      return this == BULK_STRING || this == BULK_ERROR || this == VERBATIM_STRING;
    }

    boolean isList() {
      return this == ARRAY || this == SET || this == PUSH || isMap();
    }

    boolean isMap() {
      return this == MAP || this == ATTRIBUTE;
    }
  }

  /** Returns the content as text, malformed UTF-8 replaced by U+FFFD. */
  public String text() {
    return content.utf8();
  }

  /** Returns it as redis-cli prints it, in one line. */
  @Override
  public String toString() {
    return RespPrinter.of(this);
  }
}
