package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.TextScan;

/**
 * The fields of JSON of which one has the name and another the value, as in {@code "name":
 * "password", "value": "…"}, in either order, as lists of settings and variables have it.
 */
final class PairedFields {
  private final TextScan scan;
  private final QuotedText strings;

  private String secretName = "";
  private int secretNameEnd;
  private int valueStart = -1;

  PairedFields(TextScan scan, QuotedText strings) {
    this.scan = scan;
    this.strings = strings;
  }

  /** Returns whether what a field has is the name of another one. */
  static boolean isName(String field) {
    return field.equalsIgnoreCase("name") || field.equalsIgnoreCase("key") || isPath(field);
  }

  /** Returns whether a field has the path of what a patch sets (RFC 6902). */
  static boolean isPath(String field) {
    return field.equals("path");
  }

  /** Returns whether a field says of which type a value is, as a credential of Keycloak has it. */
  static boolean isType(String field) {
    return field.equalsIgnoreCase("type");
  }

  static boolean isValue(String field) {
    return field.equalsIgnoreCase("value");
  }

  /** Returns the name that was before a value in the same object, or an empty text. */
  String value(int offset) {
    boolean isAfterName = !secretName.isEmpty() && isSameObject(secretNameEnd, offset);
    String name = isAfterName ? secretName : "";
    secretName = "";
    valueStart = name.isEmpty() ? offset : -1;
    return name;
  }

  /** Returns where the value begins that was before a name in the same object, or -1. */
  int name(String name, int offset, int endOffset) {
    int start = valueStart;
    valueStart = -1;
    boolean isAfterValue = start >= 0 && isSameObject(valueEnd(start), offset);
    secretName = isAfterValue ? "" : name;
    secretNameEnd = endOffset;
    return isAfterValue ? start : -1;
  }

  private int valueEnd(int offset) {
    int start = scan.skipWhitespace(offset);
    String quote = strings.quoteAt(start);
    return quote.isEmpty() ? start : strings.end(start + quote.length(), quote);
  }

  private boolean isSameObject(int from, int to) {
    for (int i = from; i < to; i++) {
      if ("{}".indexOf(scan.charAt(i)) >= 0) {
        return false;
      }
    }
    return from <= to;
  }
}
