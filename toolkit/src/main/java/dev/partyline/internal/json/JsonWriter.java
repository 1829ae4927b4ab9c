package dev.partyline.internal.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * Writes JSON of ASCII characters alone: all others are escapes, so no text can turn the text
 * around it, and a lone surrogate stays what it is.
 */
public final class JsonWriter {
  private static final String ESCAPED_IN_PAGES = "<>&\"'`\\/";
  private static final String ESCAPED_IN_FILES = "\"\\";
  private static final int BUFFER_CHARS = 1 << 13;

  /** Three bytes are four characters of Base64, and only the last of them are padded. */
  private static final int BUFFER_BYTES = 3 << 13;

  private final Appendable out;
  private final String escaped;
  private long length;
  private boolean needsComma;

  /**
   * Starts JSON that may stand inside a page: no text can end an element. It is what {@link
   * #toString} returns.
   */
  public JsonWriter() {
    this(new StringBuilder(), ESCAPED_IN_PAGES);
  }

  /**
   * Starts a file of JSON; what is written throws {@link UncheckedIOException} if that cannot take
   * it.
   */
  public JsonWriter(Appendable file) {
    this(file, ESCAPED_IN_FILES);
  }

  private JsonWriter(Appendable out, String escaped) {
    this.out = out;
    this.escaped = escaped;
  }

  private void append(CharSequence text) {
    try {
      out.append(text);
      length += text.length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(char unit) {
    try {
      out.append(unit);
      length++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an object, as a value. */
  public JsonWriter beginObject() {
    return open('{');
  }

  /** Ends an object. */
  public JsonWriter endObject() {
    return close('}');
  }

  /** Begins an array, as a value. */
  public JsonWriter beginArray() {
    return open('[');
  }

  /** Ends an array. */
  public JsonWriter endArray() {
    return close(']');
  }

  private JsonWriter open(char bracket) {
    separate();
    append(bracket);
    needsComma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    append(bracket);
    needsComma = true;
    return this;
  }

  private void separate() {
    if (needsComma) {
      append(',');
    }
    needsComma = true;
  }

  /** Writes the name of the next member of an object. */
  public JsonWriter name(String name) {
    value(name);
    append(':');
    needsComma = false;
    return this;
  }

  /** Writes a text. */
  public JsonWriter value(String text) {
    separate();
    append('"');
    for (int i = 0; i < text.length(); i++) {
      appendEscaped(text.charAt(i));
    }
    append('"');
    return this;
  }

  /** Writes a text as it is read, a little at a time. */
  public JsonWriter value(Reader text) throws IOException {
    separate();
    append('"');
    char[] buffer = new char[BUFFER_CHARS];
    for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
      for (int i = 0; i < count; i++) {
        appendEscaped(buffer[i]);
      }
    }
    append('"');
    return this;
  }

  private void appendEscaped(char unit) {
    if (unit >= ' ' && unit < 0x7f && escaped.indexOf(unit) < 0) {
      append(unit);
    } else {
      append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        append(Character.forDigit(unit >> shift & 0xf, 16));
      }
    }
  }

  /** Writes a text in Base64 as it is, because that is harmless. */
  public JsonWriter base64(String text) {
    separate();
    append('"');
    append(text);
    append('"');
    return this;
  }

  /** Writes bytes in Base64 as they are read, a little at a time. */
  public JsonWriter base64(InputStream bytes) throws IOException {
    separate();
    append('"');
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = bytes.readNBytes(buffer, 0, BUFFER_BYTES);
        count > 0;
        count = bytes.readNBytes(buffer, 0, BUFFER_BYTES)) {
      byte[] part = count == BUFFER_BYTES ? buffer : Arrays.copyOf(buffer, count);
      append(Base64.getEncoder().encodeToString(part));
    }
    append('"');
    return this;
  }

  /** Writes a number with its fraction. */
  public JsonWriter value(BigDecimal number) {
    separate();
    append(number.toPlainString());
    return this;
  }

  /** Writes a whole number. */
  public JsonWriter value(long number) {
    separate();
    append(Long.toString(number));
    return this;
  }

  /** Writes a truth value. */
  public JsonWriter value(boolean truth) {
    separate();
    append(Boolean.toString(truth));
    return this;
  }

  /** Writes a member whose value is a text. */
  public JsonWriter member(String name, String text) {
    return name(name).value(text);
  }

  /** Writes a member whose value is a whole number. */
  public JsonWriter member(String name, long number) {
    return name(name).value(number);
  }

  /** Writes a member whose value is a number with its fraction. */
  public JsonWriter member(String name, BigDecimal number) {
    return name(name).value(number);
  }

  /** Writes a member whose value is a truth value. */
  public JsonWriter member(String name, boolean truth) {
    return name(name).value(truth);
  }

  /** Writes a member whose value is an array of whole numbers. */
  public JsonWriter member(String name, LongStream numbers) {
    name(name).beginArray();
    PrimitiveIterator.OfLong each = numbers.iterator();
    while (each.hasNext()) {
      value(each.nextLong());
    }
    return endArray();
  }

  /** Writes a member whose value is an array of texts. */
  public JsonWriter member(String name, List<String> texts) {
    name(name).beginArray();
    texts.forEach(this::value);
    return endArray();
  }

  /** Returns how many characters were written. */
  public long length() {
    return length;
  }

  /** Returns what was written. */
  @Override
  public String toString() {
    return out.toString();
  }
}
