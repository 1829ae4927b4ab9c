package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.Locale;
import java.util.Set;

/** The values of {@code name=value}, as URLs, forms, cookies, attributes and settings have it. */
final class Assignments {
  /** Attributes that have the name of a field; forms of XMPP call it a variable (XEP-0004). */
  private static final Set<String> NAMES = Set.of("name", "key", "var");

  /** What ends the character set and the language of an extended parameter (RFC 8187). */
  private static final String LANGUAGE_END = "''";

  private static final int MAX_LANGUAGE = 32;

  private final TextScan scan;
  private final QuotedText strings;
  private final NamedSecrets names;
  private final ValueMask mask;
  private final FormFields formFields;
  private final JsonFields jsonFields;

  Assignments(
      TextScan scan,
      QuotedText strings,
      NamedSecrets names,
      ValueMask mask,
      FormFields formFields,
      JsonFields jsonFields) {
    this.scan = scan;
    this.strings = strings;
    this.names = names;
    this.mask = mask;
    this.formFields = formFields;
    this.jsonFields = jsonFields;
  }

  /** Masks what belongs to the name before an equals sign, and returns where to look on. */
  int equalsSign(int offset) {
    int nameEnd = nameEnd(offset);
    int start = scan.nameStart(nameEnd, NamedSecrets.MAX_NAME_LENGTH);
    if (start == nameEnd) {
      return 0;
    }
    if (scan.endsWith(nameEnd, "]") && !strings.quoteBefore(nameEnd - 1).isEmpty()) {
      return subscript(nameEnd - 1, offset + 1);
    }
    String text = scan.text(start, nameEnd);
    String name = isInQuery(scan, start) ? names.ofQuery(text) : text;
    boolean isName = NAMES.contains(name.toLowerCase(Locale.ROOT));
    boolean isType = name.equalsIgnoreCase("type");
    if (!isName && !isType && !names.isField(name)) {
      return 0;
    }
    int valueStart = valueStart(offset);
    String quote = strings.literalQuoteAt(valueStart);
    int textStart = valueStart + quote.length();
    if (isType && scan.startsWithIgnoringCase(textStart, "password")) {
      return formFields.password(textStart);
    }
    if (isName) {
      int end =
          quote.isEmpty()
              ? endWithoutQuote(scan, valueStart, start, valueStart + NamedSecrets.MAX_NAME_LENGTH)
              : strings.end(textStart, quote);
      String field = scan.text(textStart, end);
      return names.isField(field) ? formFields.field(field, start, end) : 0;
    }
    if (!quote.isEmpty()) {
      int end = strings.end(textStart, quote);
      // The attribute of HTML has a key of the keyboard.
      boolean isKeyboard = name.equalsIgnoreCase("accesskey") && end - valueStart == 2;
      return isKeyboard ? end : mask.value(name, textStart, end, Place.QUOTED);
    }
    if (scan.startsWith(valueStart, "[") && isArray(valueStart)) {
      return jsonFields.array(
          name, valueStart, strings.quoteAt(scan.skipWhitespace(valueStart + 1)));
    }
    boolean isLine = scan.isAtLineStart(start);
    int lineEnd = isLine ? scan.lineEnd(valueStart) : 0;
    if (scan.endsWith(start, ";") && scan.startsWith(valueStart, "{")) {
      // ODBC has braces around what may have a semicolon.
      int end = valueStart + 1;
      while (end < scan.length() && scan.charAt(end) >= ' ' && scan.charAt(end) != '}') {
        end++;
      }
      return mask.value(name, valueStart + 1, end, Place.AMONG_WORDS);
    }
    if (nameEnd == offset && valueStart == offset + 1) {
      int end = endWithoutQuote(scan, valueStart, start);
      boolean isProse = end < lineEnd && !names.isAdded(name) && isProse(valueStart, lineEnd);
      return isProse ? 0 : queryValue(name, start, valueStart, end);
    }
    if (isLine) {
      return mask.value(name, valueStart, lineEnd, Place.ASSIGNMENT);
    }
    return names.isTelling(name) ? mask.word(name, valueStart) : 0;
  }

  /** Returns where the name before an equals sign ends, which may be one of several characters. */
  private int nameEnd(int offset) {
    boolean isLonger = offset > 0 && "?:+*".indexOf(scan.charAt(offset - 1)) >= 0;
    return scan.skipBlanksBackwards(isLonger ? offset - 1 : offset);
  }

  private int valueStart(int offset) {
    int start = scan.skipBlanks(offset + 1);
    if (!scan.endsWith(offset, "*")) {
      return start;
    }
    int end = Math.min(scan.length(), start + MAX_LANGUAGE);
    int language = scan.text(start, end).indexOf(LANGUAGE_END);
    return language < 0 ? start : start + language + LANGUAGE_END.length();
  }

  private boolean isArray(int offset) {
    return !strings.quoteAt(scan.skipWhitespace(offset + 1)).isEmpty();
  }

  /** Masks a string that is assigned to what is called so in brackets. */
  private int subscript(int quoteEnd, int offset) {
    String quote = strings.quoteBefore(quoteEnd);
    String name = strings.nameBefore(quoteEnd - quote.length(), quote);
    int start = scan.skipBlanks(offset);
    String valueQuote = strings.literalQuoteAt(start);
    return valueQuote.isEmpty() || !names.isField(name) ? 0 : mask.string(name, start, valueQuote);
  }

  private boolean isProse(int start, int end) {
    return end - start <= ValueMask.MAX_ORDINARY_LENGTH
        && SecretForms.isOrdinary(scan.text(start, end).strip());
  }

  private static boolean isInQuery(TextScan scan, int nameStart) {
    return scan.endsWith(nameStart, "&") || scan.endsWith(nameStart, "?");
  }

  /** Masks a value of a form or a query, in which a token opens something. */
  private int queryValue(String name, int nameStart, int start, int end) {
    boolean isQuery =
        isInQuery(scan, nameStart)
            || scan.endsWith(nameStart, "#")
            || scan.isAtLineStart(nameStart) && !scan.startsWith(end, " ");
    boolean isOpening = isQuery && names.isToken(name);
    // An argument of a call has a comma after it.
    Place place = scan.endsWith(end, ",") ? Place.FIELD : Place.QUOTED;
    return mask.value(isOpening ? NamedSecrets.ALWAYS_SECRET : name, start, end, place);
  }

  /** Returns where the value of a form, a URL or a cookie ends whose name begins at an offset. */
  static int endWithoutQuote(TextScan scan, int offset, int nameStart) {
    return endWithoutQuote(scan, offset, nameStart, scan.length());
  }

  private static int endWithoutQuote(TextScan scan, int offset, int nameStart, int limit) {
    int last = Math.min(limit, scan.length());
    String stops =
        scan.isAtLineStart(nameStart)
            ? "&<>"
            : isInQuery(scan, nameStart) ? "&\"'<>#\\`" : "&;,\"'<>)#\\`";
    int end = offset;
    while (end < last && scan.charAt(end) > ' ' && stops.indexOf(scan.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
