package dev.partyline.internal.secrets;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The values of headers, fields and elements whose name says that they are secret: {@code name:
 * value} on a line, {@code name=value} in URLs, forms and attributes, JSON, XML and the parts of a
 * multipart form.
 *
 * <p>It looks at each separator once, at the name before it and the value after it, so that a large
 * body costs little.
 */
final class NamedValues implements SecretRule {
  /** No name is longer; what is before it is not looked at. */
  private static final int MAX_NAME_LENGTH = 128;

  private static final int MAX_TAG_LENGTH = 1024;

  private static final Pattern PLURAL = Pattern.compile("(?i)[^s]s$");

  private static final int MAX_KNOWN_NAMES = 10_000;

  private final SecretRules rules;

  /** What was found of names before, because a body has the same ones again and again. */
  private final Map<String, Boolean> knownNames = new HashMap<>();

  NamedValues(SecretRules rules) {
    this.rules = rules;
  }

  private boolean isSecret(String name) {
    if (!rules.standard()) {
      return false;
    }
    if (knownNames.size() > MAX_KNOWN_NAMES) {
      knownNames.clear();
    }
    return knownNames.computeIfAbsent(name, SecretNames::isSecret);
  }

  private boolean isSecretField(String name) {
    return isSecret(name) || rules.isAdded(name, false);
  }

  private boolean isSecretHeader(String name) {
    return isSecret(name) || rules.isAdded(name, true);
  }

  @Override
  public void apply(Layer layer) {
    new Search(layer).run();
  }

  private final class Search {
    private final Layer layer;
    private final TextScan scan;

    Search(Layer layer) {
      this.layer = layer;
      this.scan = new TextScan(layer.text());
    }

    void run() {
      int offset = 0;
      while (offset < layer.size()) {
        int maskedEnd =
            switch (layer.byteAt(offset)) {
              case ':' -> colon(offset);
              case '=' -> equalsSign(offset);
              case '>' -> tagEnd(offset);
              default -> 0;
            };
        // What is masked is not searched again, or a long value would cost its square.
        offset = Math.max(offset + 1, maskedEnd);
      }
    }

    private int mask(int start, int end) {
      layer.mask(start, end);
      return end;
    }

    /** Masks a value without quotes, but for the number of things that are secret themselves. */
    private int mask(String name, int start, int end) {
      boolean isPlural = PLURAL.matcher(name).find();
      boolean isCount = isPlural && scan.numberEnd(start) >= scan.strippedEnd(end);
      return isCount || scan.isPlainWord(start, end) ? 0 : mask(start, end);
    }

    private int colon(int offset) {
      String quote = scan.quoteBefore(scan.skipWhitespaceBackwards(offset));
      if (!quote.isEmpty()) {
        return jsonField(offset, quote);
      }
      int nameEnd = scan.skipBlanksBackwards(offset);
      int start = scan.nameStart(nameEnd, MAX_NAME_LENGTH);
      String name = scan.text(start, nameEnd);
      if (name.isEmpty() || !isSecretHeader(name)) {
        return 0;
      }
      int valueStart = scan.skipBlanks(offset + 1);
      String valueQuote = scan.quoteAt(valueStart);
      if (!valueQuote.isEmpty() && scan.isAfterOpening(start)) {
        // An argument of GraphQL, or a field of JavaScript.
        return string(valueStart, valueQuote);
      }
      int valueEnd = scan.foldedLineEnd(valueStart, scan.indentation(start));
      return scan.isAtLineStart(start) ? mask(name, valueStart, valueEnd) : 0;
    }

    private int jsonField(int offset, String quote) {
      int nameEnd = scan.skipWhitespaceBackwards(offset) - quote.length();
      int start = scan.quotedNameStart(nameEnd, MAX_NAME_LENGTH);
      String name = scan.endsWith(start, quote) ? scan.text(start, nameEnd) : "";
      if (name.equals("name") || name.equals("key")) {
        return valueOfNamed(offset + 1, quote);
      }
      return isSecretField(name) ? jsonValue(name, offset + 1, quote) : 0;
    }

    /** Masks what is after {@code "name": "password"}, as lists of fields and variables have it. */
    private int valueOfNamed(int offset, String quote) {
      int start = scan.skipAfter(offset, quote);
      int end = scan.endsWith(start, quote) ? scan.stringEnd(start, quote) : start;
      if (!isSecretField(scan.text(start, end))) {
        return 0;
      }
      String value = quote + "value" + quote;
      int next = scan.skipAfter(scan.skipAfter(end + quote.length(), ","), value);
      return scan.endsWith(next, value) ? jsonValue("", scan.skipAfter(next, ":"), quote) : 0;
    }

    /** Masks a string, a number, or the strings of an array. */
    private int jsonValue(String name, int offset, String quote) {
      int start = scan.skipWhitespace(offset);
      if (scan.startsWith(start, quote)) {
        return string(start, quote);
      }
      if (!scan.startsWith(start, "[")) {
        return mask(name, start, scan.numberEnd(start));
      }
      int next = start;
      while (scan.isInArray(next) || scan.startsWith(next, quote)) {
        next = scan.startsWith(next, quote) ? string(next, quote) + quote.length() : next + 1;
      }
      return next;
    }

    /** Masks what is between the quote at an offset and the next. */
    private int string(int offset, String quote) {
      int start = offset + quote.length();
      return mask(start, scan.stringEnd(start, quote));
    }

    private int equalsSign(int offset) {
      int nameEnd = scan.skipBlanksBackwards(offset);
      int start = scan.nameStart(nameEnd, MAX_NAME_LENGTH);
      String name = scan.text(start, nameEnd);
      int valueStart = scan.skipBlanks(offset + 1);
      String quote = scan.quoteAt(valueStart);
      if (name.equalsIgnoreCase("name") || name.equalsIgnoreCase("key")) {
        int nameOfField = valueStart + quote.length();
        int end =
            quote.isEmpty() ? scan.valueEnd(valueStart, start) : scan.stringEnd(nameOfField, quote);
        return isSecretField(scan.text(nameOfField, end)) ? formField(start, end) : 0;
      }
      if (start == nameEnd || !isSecretField(name)) {
        return 0;
      }
      if (!quote.isEmpty()) {
        int valueEnd = scan.stringEnd(valueStart + quote.length(), quote);
        // The attribute of HTML has a key of the keyboard.
        boolean isKeyboard = name.equals("accesskey") && valueEnd - valueStart == 2;
        return isKeyboard ? valueEnd : mask(valueStart + quote.length(), valueEnd);
      }
      if (nameEnd == offset && valueStart == offset + 1) {
        return mask(name, valueStart, scan.valueEnd(valueStart, start));
      }
      return scan.isAtLineStart(start) ? mask(name, valueStart, scan.lineEnd(valueStart)) : 0;
    }

    /** Masks what belongs to {@code name="…"}: a part of a multipart form, or a field of a page. */
    private int formField(int nameStart, int nameEnd) {
      if (scan.lineHas(nameStart, "content-disposition", MAX_TAG_LENGTH)) {
        int bodyStart = scan.blankLineEnd(nameEnd);
        return mask(bodyStart, scan.partEnd(bodyStart, scan.boundary(nameStart, MAX_TAG_LENGTH)));
      }
      int tagStart = scan.tagStart(nameStart, MAX_TAG_LENGTH);
      int tagEnd = tagStart < 0 ? -1 : scan.tagEnd(nameEnd, MAX_TAG_LENGTH);
      if (tagEnd < 0) {
        return nameEnd;
      }
      for (String attribute : new String[] {"value", "content"}) {
        int valueStart = scan.attributeValue(tagStart, tagEnd, attribute);
        if (valueStart >= 0) {
          String quote = scan.quoteAt(valueStart);
          if (quote.isEmpty()) {
            mask(valueStart, scan.valueEnd(valueStart, valueStart));
          } else {
            string(valueStart, quote);
          }
          return nameEnd;
        }
      }
      return scan.endsWith(tagEnd, "/") ? nameEnd : Math.max(nameEnd, element(tagEnd + 1));
    }

    private int tagEnd(int offset) {
      int tagStart = scan.tagStart(offset, MAX_TAG_LENGTH);
      if (tagStart < 0 || scan.endsWith(offset, "/") || scan.startsWith(tagStart + 1, "/")) {
        return 0;
      }
      String tag = scan.text(tagStart + 1, offset);
      String name = tag.split("\\s", 2)[0];
      // XMPP authenticates by elements whose names say nothing (RFC 6120, 6).
      return isSecretField(name.substring(name.indexOf(':') + 1)) || tag.contains("xmpp-sasl")
          ? element(offset + 1)
          : 0;
    }

    private int element(int offset) {
      int start = scan.elementStart(offset);
      int end = scan.elementEnd(start);
      return scan.isElementEnd(end) ? mask(start, end) : 0;
    }
  }
}
