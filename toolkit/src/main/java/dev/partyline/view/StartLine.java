package dev.partyline.view;

import java.util.regex.Pattern;

/**
 * The first line of a message: three words (RFC 9112, 3 and 4).
 *
 * @param line the line without its line end
 * @param read whether it could be read, so that headers follow
 * @param method the method of a request, or the version of a response
 * @param target the place in the line at which the target or the status begins
 * @param targetEnd the place behind it
 * @param version such as {@code HTTP/1.1}
 */
record StartLine(
    Span line, boolean read, String method, int target, int targetEnd, String version) {
  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
  private static final String SERVED = "HTTP/1.";

  private static StartLine unread(SideReader.Line line) {
    return new StartLine(new Span(line.at(), line.bytes()), false, "", 0, 0, "");
  }

  String targetText() {
    return Ascii.text(line.bytes()).substring(target, targetEnd);
  }

  static StartLine request(SideReader.Line line, SideReader heard, FlawCollector flaws) {
    String text = Ascii.text(line.bytes());
    int method = Ascii.tokenEnd(text, 0);
    if (!line.whole() && (method == text.length() || text.charAt(method) == ' ')) {
      return cutOff(line, heard, flaws);
    }
    if (method == 0 || method == text.length() || text.charAt(method) != ' ') {
      String found = method < text.length() ? Ascii.name(text.charAt(method)) : "the line's end";
      return wrong(
          line, method, "a request line begins with a method and a space, here is " + found, flaws);
    }
    int end = text.length();
    while (Ascii.isBlank(text.charAt(end - 1)) && end - 1 > method) {
      end--;
    }
    if (end < text.length()) {
      flaws.malformed(line.at() + end, "white space stands behind the request line");
    }
    int space = text.lastIndexOf(' ', end - 1);
    String version = text.substring(space + 1, end);
    if (space == method && !VERSION.matcher(version).matches()) {
      return wrong(line, end, "the request line has no version, as HTTP/0.9 had none", flaws);
    }
    if (!isOne(version)) {
      return wrong(line, space + 1, unfit(version, text), flaws);
    }
    String name = text.substring(0, method);
    if (space <= method + 1) {
      flaws.malformed(line.at() + method + 1, "the request line has no target");
      space = method + 1;
    }
    return new StartLine(new Span(line.at(), line.bytes()), true, name, method + 1, space, version);
  }

  private static String unfit(String version, String line) {
    if (line.equals("PRI * HTTP/2.0")) {
      return "this is the preface of HTTP/2, which is no HTTP/1";
    }
    return "the version (" + BodyFraming.quoted(version) + ") must be HTTP/1.0 or HTTP/1.1";
  }

  static StartLine response(SideReader.Line line, SideReader heard, FlawCollector flaws) {
    String text = Ascii.text(line.bytes());
    int common = Math.min(text.length(), SERVED.length());
    if (!text.startsWith(SERVED.substring(0, common))) {
      int at = 0;
      while (text.charAt(at) == SERVED.charAt(at)) {
        at++;
      }
      String found = Ascii.name(text.charAt(at));
      return wrong(line, at, "a status line begins with HTTP/1., and here is " + found, flaws);
    }
    if (!line.whole()) {
      return cutOff(line, heard, flaws);
    }
    if (text.length() < 12 || !isOne(text.substring(0, 8)) || text.charAt(8) != ' ') {
      return wrong(line, Math.min(8, text.length()), "a status line is version and status", flaws);
    }
    int end = 9;
    while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
      end++;
    }
    if (end != 12 || text.charAt(9) == '0' || end < text.length() && text.charAt(end) != ' ') {
      return wrong(line, 9, "the status must be three digits from 100 to 999", flaws);
    }
    if (end == text.length()) {
      flaws.malformed(line.at() + end, "no space stands behind the status");
    }
    return new StartLine(new Span(line.at(), line.bytes()), true, "", 9, 12, text.substring(0, 8));
  }

  private static boolean isOne(String version) {
    return VERSION.matcher(version).matches() && version.startsWith(SERVED);
  }

  private static StartLine cutOff(SideReader.Line line, SideReader heard, FlawCollector flaws) {
    if (line.bytes().size() >= FieldSection.MOST) {
      flaws.fatal(line.next(), "the start line has more than " + FieldSection.MOST + " bytes");
    } else {
      flaws.incomplete(line.next(), "the start line breaks off; " + heard.why(line.next()));
    }
    return unread(line);
  }

  private static StartLine wrong(SideReader.Line line, int at, String what, FlawCollector flaws) {
    flaws.fatal(line.at() + at, what);
    return unread(line);
  }
}
