package dev.partyline.internal.secrets;

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
    String name = scan.text(start, nameEnd);
    boolean isName = name.equalsIgnoreCase("name") || name.equalsIgnoreCase("key");
    if (!isName && !names.isField(name)) {
      return 0;
    }
    int valueStart = scan.skipBlanks(offset + 1);
    String quote = strings.quoteAt(valueStart);
    int textStart = valueStart + quote.length();
    if (isName) {
      int end =
          quote.isEmpty()
              ? endWithoutQuote(scan, valueStart, start)
              : strings.end(textStart, quote);
      return names.isField(scan.text(textStart, end)) ? formFields.field(start, end) : 0;
    }
    if (!quote.isEmpty()) {
      int end = strings.end(textStart, quote);
      // The attribute of HTML has a key of the keyboard.
      boolean isKeyboard = name.equals("accesskey") && end - valueStart == 2;
      return isKeyboard ? end : mask.range(textStart, end);
    }
    if (nameEnd == offset && valueStart == offset + 1) {
      return mask.bare(name, valueStart, endWithoutQuote(scan, valueStart, start));
    }
    return scan.isAtLineStart(start) ? mask.bare(name, valueStart, scan.lineEnd(valueStart)) : 0;
  }

  /** Returns where the value of a form, a URL or a cookie ends whose name begins at an offset. */
  static int endWithoutQuote(TextScan scan, int offset, int nameStart) {
    boolean isInQuery = scan.endsWith(nameStart, "&") || scan.endsWith(nameStart, "?");
    String stops =
        scan.isAtLineStart(nameStart) ? "&<>" : isInQuery ? "&\"'<>#\\`" : "&;,\"'<>)#\\`";
    int end = offset;
    while (end < scan.length() && scan.charAt(end) > ' ' && stops.indexOf(scan.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
