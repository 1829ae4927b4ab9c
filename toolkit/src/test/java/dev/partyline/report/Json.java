package dev.partyline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259) into maps, lists, texts, numbers and truth values. */
public final class Json {
  private final String text;
  private int offset;

  private Json(String text) {
    this.text = text;
  }

  public static @Nullable Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    if (json.next() != 0) {
      throw json.error("the end");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(@Nullable Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  public static List<Object> array(@Nullable Object value) {
    return (List<Object>) value;
  }

  /** Returns the next character that is no space, 0 at the end. */
  private char next() {
    while (offset < text.length() && " \t\r\n".indexOf(text.charAt(offset)) >= 0) {
      offset++;
    }
    return offset < text.length() ? text.charAt(offset) : 0;
  }

  private @Nullable Object value() {
    char first = next();
    if (first == '{') {
      Map<String, Object> members = new LinkedHashMap<>();
      for (offset++; next() != '}'; skipComma('}')) {
        String name = string();
        expect(':');
        members.put(name, value());
      }
      offset++;
      return members;
    }
    if (first == '[') {
      List<Object> items = new ArrayList<>();
      for (offset++; next() != ']'; skipComma(']')) {
        items.add(value());
      }
      offset++;
      return items;
    }
    return first == '"' ? string() : literal();
  }

  private void skipComma(char end) {
    if (next() != end) {
      expect(',');
    }
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw error("'" + wanted + "'");
    }
    offset++;
  }

  private @Nullable Object literal() {
    int start = offset;
    while (offset < text.length() && ",]} \r\n\t".indexOf(text.charAt(offset)) < 0) {
      offset++;
    }
    String word = text.substring(start, offset);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> Double.valueOf(word);
    };
  }

  private String string() {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (text.charAt(offset) != '"') {
      char unit = text.charAt(offset++);
      if (unit == '\\') {
        char code = text.charAt(offset++);
        if (code == 'u') {
          result.append((char) Integer.parseInt(text.substring(offset, offset + 4), 16));
          offset += 4;
        } else {
          int index = "bfnrt".indexOf(code);
          result.append(index < 0 ? code : "\b\f\n\r\t".charAt(index));
        }
      } else {
        result.append(unit);
      }
    }
    offset++;
    return result.toString();
  }

  private IllegalArgumentException error(String wanted) {
    int end = Math.min(text.length(), offset + 40);
    return new IllegalArgumentException(
        "JSON (" + text.substring(offset, end) + ") must have " + wanted + " at " + offset);
  }

  /** Returns a text as JSON. */
  static String quote(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      result.append(
          unit < ' ' || unit == '"' || unit == '\\' || unit > '~'
              ? String.format("\\u%04x", (int) unit)
              : String.valueOf(unit));
    }
    return result.append('"').toString();
  }
}
