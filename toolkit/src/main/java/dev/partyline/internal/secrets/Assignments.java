package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;

/** The values of {@code name=value}, as URLs, forms, cookies, attributes and settings have it. */
final class Assignments {
  private final TextScan scan;
  private final QuotedText strings;
  private final NamedSecrets names;
  private final ValueMask mask;
  private final FormFields formFields;

  Assignments(
      TextScan scan,
      QuotedText strings,
      NamedSecrets names,
      ValueMask mask,
      FormFields formFields) {
    this.scan = scan;
    this.strings = strings;
    this.names = names;
    this.mask = mask;
    this.formFields = formFields;
  }

  /** Masks what belongs to the name before an equals sign, and returns where to look on. */
  int equalsSign(int offset) {
    int nameEnd = scan.skipBlanksBackwards(offset);
    int start = scan.nameStart(nameEnd, NamedSecrets.MAX_NAME_LENGTH);
    if (start == nameEnd) {
      return 0;
    }
    String text = scan.text(start, nameEnd);
    String name = isInQuery(scan, start) ? names.ofQuery(text) : text;
    boolean isName = name.equalsIgnoreCase("name") || name.equalsIgnoreCase("key");
    boolean isType = name.equalsIgnoreCase("type");
    if (!isName && !isType && !names.isField(name)) {
      return 0;
    }
    int valueStart = scan.skipBlanks(offset + 1);
    String quote = strings.quoteAt(valueStart);
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
    boolean isLine = scan.isAtLineStart(start);
    int lineEnd = isLine ? scan.lineEnd(valueStart) : 0;
    if (nameEnd == offset && valueStart == offset + 1) {
      int end = endWithoutQuote(scan, valueStart, start);
      boolean isProse = end < lineEnd && !names.isAdded(name) && isProse(valueStart, lineEnd);
      return isProse ? 0 : queryValue(name, start, valueStart, end);
    }
    return isLine ? mask.value(name, valueStart, lineEnd, Place.ASSIGNMENT) : 0;
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
