package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.FlawText;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.view.Span;
import dev.partyline.wire.Bytes;
import java.util.regex.Pattern;

/**
 * The first line of a message: three words (RFC 9112, 3 and 4).
 *
 * @param line the line without its line end
 * @param readable whether it could be read, so that headers follow
 * @param method the method of a request, or the version of a response
 * @param targetStart the index in the line of the target or the status
 * @param targetEnd the index after it
 * @param version such as {@code HTTP/1.1}
 */
record StartLine(
    Span line, boolean readable, String method, int targetStart, int targetEnd, String version) {
  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
  private static final String STATUS_LINE_PREFIX = "HTTP/1.";
  private static final String TLS_RECORD =
      "this is a TLS record, not HTTP/1: let a tap decrypt it, or read it with TlsMessages.of";

  private static StartLine unreadable(SideReader.RawLine line) {
    return new StartLine(new Span(line.offset(), line.bytes()), false, "", 0, 0, "");
  }

  String targetText() {
    return Ascii.text(line.bytes()).substring(targetStart, targetEnd);
  }

  static StartLine request(SideReader.RawLine line, SideReader input, FlawList flaws) {
    String text = Ascii.text(line.bytes());
    if (isTlsRecord(text)) {
      return malformed(line, 0, TLS_RECORD, flaws);
    }
    int methodEnd = Ascii.tokenEnd(text, 0);
    if (!line.complete() && (methodEnd == text.length() || text.charAt(methodEnd) == ' ')) {
      return truncated(line, input, flaws);
    }
    if (methodEnd == 0 || methodEnd == text.length() || text.charAt(methodEnd) != ' ') {
      String actual =
          methodEnd < text.length() ? Ascii.name(text.charAt(methodEnd)) : "the line's end";
      return malformed(
          line,
          methodEnd,
          "a request line begins with a method and a space, here is " + actual,
          flaws);
    }
    int end = text.length();
    while (Ascii.isBlank(text.charAt(end - 1)) && end - 1 > methodEnd) {
      end--;
    }
    if (end < text.length()) {
      flaws.addMalformed(line.offset() + end, "white space follows the request line");
    }
    int space = text.lastIndexOf(' ', end - 1);
    String version = text.substring(space + 1, end);
    if (space == methodEnd && !VERSION.matcher(version).matches()) {
      return malformed(line, end, "the request line has no version, as HTTP/0.9 had none", flaws);
    }
    if (!isHttp1(version)) {
      return malformed(line, space + 1, versionProblem(line.bytes(), space + 1, end), flaws);
    }
    String methodName = text.substring(0, methodEnd);
    if (space <= methodEnd + 1) {
      flaws.addMalformed(line.offset() + methodEnd + 1, "the request line has no target");
      space = methodEnd + 1;
    }
    return new StartLine(
        new Span(line.offset(), line.bytes()), true, methodName, methodEnd + 1, space, version);
  }

  private static String versionProblem(Bytes line, int start, int end) {
    if (Ascii.text(line).equals("PRI * HTTP/2.0")) {
      return "this is the preface of HTTP/2, not HTTP/1: read it with Http2.of";
    }
    return "the version ("
        + FlawText.quoted(line.slice(start, end))
        + ") must be HTTP/1.0 or HTTP/1.1";
  }

  static StartLine response(SideReader.RawLine line, SideReader input, FlawList flaws) {
    String text = Ascii.text(line.bytes());
    if (isTlsRecord(text)) {
      return malformed(line, 0, TLS_RECORD, flaws);
    }
    int common = Math.min(text.length(), STATUS_LINE_PREFIX.length());
    if (!text.startsWith(STATUS_LINE_PREFIX.substring(0, common))) {
      int index = 0;
      while (text.charAt(index) == STATUS_LINE_PREFIX.charAt(index)) {
        index++;
      }
      String actual = Ascii.name(text.charAt(index));
      return malformed(
          line, index, "a status line begins with HTTP/1., and here is " + actual, flaws);
    }
    if (!line.complete()) {
      return truncated(line, input, flaws);
    }
    if (text.length() < 12 || !isHttp1(text.substring(0, 8)) || text.charAt(8) != ' ') {
      return malformed(
          line, Math.min(8, text.length()), "a status line is version and status", flaws);
    }
    int end = 9;
    while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
      end++;
    }
    if (end != 12 || text.charAt(9) == '0' || end < text.length() && text.charAt(end) != ' ') {
      return malformed(line, 9, "the status must be three digits from 100 to 999", flaws);
    }
    if (end == text.length()) {
      flaws.addMalformed(line.offset() + end, "no space follows the status");
    }
    return new StartLine(
        new Span(line.offset(), line.bytes()), true, "", 9, 12, text.substring(0, 8));
  }

  /** Returns whether it begins as a handshake or an alert of TLS does (RFC 8446, 5.1). */
  private static boolean isTlsRecord(String text) {
    return text.startsWith("\u0016\u0003") || text.startsWith("\u0015\u0003");
  }

  private static boolean isHttp1(String version) {
    return VERSION.matcher(version).matches() && version.startsWith(STATUS_LINE_PREFIX);
  }

  private static StartLine truncated(SideReader.RawLine line, SideReader input, FlawList flaws) {
    if (line.bytes().size() >= FieldSection.MAX_SECTION_BYTES) {
      flaws.addFatal(
          line.nextOffset(),
          "the start line has more than " + FieldSection.MAX_SECTION_BYTES + " bytes");
    } else {
      flaws.addIncomplete(
          line.nextOffset(),
          "the start line breaks off; " + input.missingReason(line.nextOffset()));
    }
    return unreadable(line);
  }

  private static StartLine malformed(
      SideReader.RawLine line, int index, String description, FlawList flaws) {
    flaws.addFatal(line.offset() + index, description);
    return unreadable(line);
  }
}
