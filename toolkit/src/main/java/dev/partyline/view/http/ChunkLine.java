package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.FlawText;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.wire.Bytes;

/**
 * The line before a chunk: its size in hexadecimal digits, and extensions (RFC 9112, 7.1).
 *
 * @param size the size, or -1 if it cannot be read
 */
record ChunkLine(long size) {
  private static final ChunkLine UNREADABLE = new ChunkLine(-1);
  private static final int MAX_DIGITS = 15;

  boolean isReadable() {
    return size >= 0;
  }

  /** Reads the line as far as it was sent; malformed extensions do not make it unreadable. */
  static ChunkLine read(SideReader.RawLine line, FlawList flaws) {
    String text = Ascii.text(line.bytes());
    int end = digitsEnd(text);
    if (end == text.length() && !line.complete()) {
      return new ChunkLine(0);
    }
    // Only the CR of a line end whose LF was not sent yet.
    boolean endsWithCr = !line.complete() && end == text.length() - 1 && text.charAt(end) == '\r';
    if (end == 0 || !endsWithCr && end < text.length() && "; \t".indexOf(text.charAt(end)) < 0) {
      String actual = end < text.length() ? Ascii.name(text.charAt(end)) : "nothing";
      flaws.addFatal(
          line.offset() + end, "a chunk's size is hexadecimal digits, and here is " + actual);
      return UNREADABLE;
    }
    int cr = text.indexOf('\r');
    if (line.endsWithBareLf() || line.complete() && cr >= 0) {
      flaws.addFatal(
          cr >= 0 ? line.offset() + cr : line.nextOffset() - 1,
          "the line of a chunk must end with CRLF, and here is "
              + Ascii.name(cr >= 0 ? '\r' : '\n'));
      return UNREADABLE;
    }
    if (line.complete()) {
      checkExtensions(text, end, line.offset(), flaws);
    }
    return parseSize(line.bytes().slice(0, end), line.offset(), flaws);
  }

  private static ChunkLine parseSize(Bytes digits, long offset, FlawList flaws) {
    String significantDigits = Ascii.text(digits).replaceFirst("^0+(?=.)", "");
    if (significantDigits.length() > MAX_DIGITS) {
      flaws.addFatal(
          offset,
          "a chunk's size (" + FlawText.quoted(digits) + ") is more than 2^60, and overflows");
      return UNREADABLE;
    }
    return new ChunkLine(Long.parseLong(significantDigits, 16));
  }

  private static int digitsEnd(String text) {
    int end = 0;
    while (end < text.length() && Ascii.isHex(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Each is {@code ;name}, {@code ;name=token} or {@code ;name="…"}, blanks around all. */
  private static void checkExtensions(String text, int sizeEnd, long lineOffset, FlawList flaws) {
    int index = sizeEnd;
    while (index < text.length()) {
      int start = Ascii.skipBlanks(text, index);
      if (start == text.length() || text.charAt(start) != ';') {
        flaws.addMalformed(lineOffset + index, "a chunk's extension begins with a semicolon");
        return;
      }
      int nameStart = Ascii.skipBlanks(text, start + 1);
      int end = Ascii.tokenEnd(text, nameStart);
      int equalsSign = Ascii.skipBlanks(text, end);
      if (end > nameStart && equalsSign < text.length() && text.charAt(equalsSign) == '=') {
        int valueStart = Ascii.skipBlanks(text, equalsSign + 1);
        end = valueEnd(text, valueStart);
        nameStart = valueStart;
      }
      if (end == nameStart) {
        flaws.addMalformed(lineOffset + nameStart, "a chunk's extension lacks a name or a value");
        return;
      }
      index = end;
    }
  }

  private static int valueEnd(String text, int start) {
    if (start == text.length() || text.charAt(start) != '"') {
      return Ascii.tokenEnd(text, start);
    }
    for (int i = start + 1; i < text.length() && Ascii.isText(text.charAt(i)); i++) {
      if (text.charAt(i) == '"') {
        return i + 1;
      }
      i += text.charAt(i) == '\\' ? 1 : 0;
    }
    return start;
  }
}
