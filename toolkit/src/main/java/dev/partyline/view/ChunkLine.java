package dev.partyline.view;

/**
 * The line ahead of a chunk: its size in hexadecimal digits, and extensions (RFC 9112, 7.1).
 *
 * @param size the size, or -1 if it cannot be read
 */
record ChunkLine(long size) {
  private static final ChunkLine UNREADABLE = new ChunkLine(-1);
  private static final int MOST_DIGITS = 15;

  boolean isRead() {
    return size >= 0;
  }

  /** Reads it as far as it came; what is wrong with extensions alone is no hindrance. */
  static ChunkLine read(SideReader.Line line, FlawCollector flaws) {
    String text = Ascii.text(line.bytes());
    int end = digitsEnd(text);
    if (end == text.length() && !line.whole()) {
      return new ChunkLine(0);
    }
    // Only the CR of a line end whose LF has not come.
    boolean cut = !line.whole() && end == text.length() - 1 && text.charAt(end) == '\r';
    if (end == 0 || !cut && end < text.length() && "; \t".indexOf(text.charAt(end)) < 0) {
      String found = end < text.length() ? Ascii.name(text.charAt(end)) : "nothing";
      flaws.fatal(line.at() + end, "a chunk's size is hexadecimal digits, and here is " + found);
      return UNREADABLE;
    }
    int cr = text.indexOf('\r');
    if (line.isBare() || line.whole() && cr >= 0) {
      flaws.fatal(
          cr >= 0 ? line.at() + cr : line.next() - 1,
          "the line of a chunk must end with CRLF, and here is "
              + Ascii.name(cr >= 0 ? '\r' : '\n'));
      return UNREADABLE;
    }
    if (line.whole()) {
      extensions(text, end, line.at(), flaws);
    }
    return size(text.substring(0, end), line.at(), flaws);
  }

  private static ChunkLine size(String digits, long at, FlawCollector flaws) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    if (significant.length() > MOST_DIGITS) {
      flaws.fatal(
          at,
          "a chunk's size (" + BodyFraming.quoted(digits) + ") is more than 2^60, and overflows");
      return UNREADABLE;
    }
    return new ChunkLine(Long.parseLong(significant, 16));
  }

  private static int digitsEnd(String text) {
    int end = 0;
    while (end < text.length() && Ascii.isHex(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Each is {@code ;name}, {@code ;name=token} or {@code ;name="…"}, blanks around all. */
  private static void extensions(String text, int from, long line, FlawCollector flaws) {
    int at = from;
    while (at < text.length()) {
      int start = Ascii.skipBlanks(text, at);
      if (start == text.length() || text.charAt(start) != ';') {
        flaws.malformed(line + at, "a chunk's extension begins with a semicolon");
        return;
      }
      int name = Ascii.skipBlanks(text, start + 1);
      int end = Ascii.tokenEnd(text, name);
      int equals = Ascii.skipBlanks(text, end);
      if (end > name && equals < text.length() && text.charAt(equals) == '=') {
        int value = Ascii.skipBlanks(text, equals + 1);
        end = valueEnd(text, value);
        name = value;
      }
      if (end == name) {
        flaws.malformed(line + name, "a chunk's extension lacks a name or a value");
        return;
      }
      at = end;
    }
  }

  private static int valueEnd(String text, int from) {
    if (from == text.length() || text.charAt(from) != '"') {
      return Ascii.tokenEnd(text, from);
    }
    for (int i = from + 1; i < text.length() && Ascii.isText(text.charAt(i)); i++) {
      if (text.charAt(i) == '"') {
        return i + 1;
      }
      i += text.charAt(i) == '\\' ? 1 : 0;
    }
    return from;
  }
}
