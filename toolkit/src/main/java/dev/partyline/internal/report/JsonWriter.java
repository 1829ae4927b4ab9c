package dev.partyline.internal.report;

import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * Writes JSON that may stand inside a page: of all it is given, only letters, digits and harmless
 * marks of ASCII are written as they are. So no text can end an element, or turn the text around
 * it.
 */
public final class JsonWriter {
  private static final String ESCAPED = "<>&\"'`\\/";
  private final StringBuilder out = new StringBuilder();
  private boolean needsComma;

  /** Starts without any text. */
  public JsonWriter() {}

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
    out.append(bracket);
    needsComma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.append(bracket);
    needsComma = true;
    return this;
  }

  private void separate() {
    if (needsComma) {
      out.append(',');
    }
    needsComma = true;
  }

  /** Writes the name of the next member of an object. */
  public JsonWriter name(String name) {
    value(name);
    out.append(':');
    needsComma = false;
    return this;
  }

  /** Writes a text. */
  public JsonWriter value(String text) {
    separate();
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= ' ' && unit < 0x7f && ESCAPED.indexOf(unit) < 0) {
        out.append(unit);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit(unit >> shift & 0xf, 16));
        }
      }
    }
    out.append('"');
    return this;
  }

  /** Writes a text in Base64 as it is, because that is harmless. */
  public JsonWriter base64(String text) {
    separate();
    out.append('"').append(text).append('"');
    return this;
  }

  /** Writes a whole number. */
  public JsonWriter value(long number) {
    separate();
    out.append(number);
    return this;
  }

  /** Writes a truth value. */
  public JsonWriter value(boolean truth) {
    separate();
    out.append(truth);
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
  public int length() {
    return out.length();
  }

  /** Returns what was written. */
  @Override
  public String toString() {
    return out.toString();
  }
}
