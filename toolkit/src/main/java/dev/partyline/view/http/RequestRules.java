package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.internal.reading.FlawList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of a request beyond its framing: its target and its Host (RFC 9112, 3.2). */
final class RequestRules {
  private static final Pattern ABSOLUTE =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?@]*@)?([^/?]*).*");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~%!$&'()*+,;=-]+):[0-9]{1,5}");
  private static final Pattern HOST =
      Pattern.compile("(?:(?:\\[[0-9A-Fa-f:.vV~]+]|[A-Za-z0-9._~%!$&'()*+;=-]*)(?::[0-9]*)?)");

  private final StartLine startLine;
  private final MessageHead head;
  private final FlawList flaws;

  private RequestRules(StartLine startLine, MessageHead head, FlawList flaws) {
    this.startLine = startLine;
    this.head = head;
    this.flaws = flaws;
  }

  static void checkTarget(StartLine startLine, FlawList flaws) {
    String target = startLine.targetText();
    long offset = startLine.line().offset() + startLine.targetStart();
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (!Ascii.isUri(c)) {
        flaws.addMalformed(offset + i, Ascii.name(c) + " must not stand in a request's target");
        return;
      }
      boolean isValidEscape = c != '%' || i + 2 < target.length() && isEscape(target, i);
      if (!isValidEscape) {
        flaws.addMalformed(
            offset + i, "% in a request's target is followed by two hexadecimal digits");
        return;
      }
    }
    if (!hasForm(target, startLine.method())) {
      flaws.addMalformed(
          offset,
          startLine.method().equals("CONNECT")
              ? "the target of CONNECT is a host and a port"
              : "a request's target begins with / or a scheme, or is the * of OPTIONS");
    }
  }

  private static boolean isEscape(String target, int index) {
    return Ascii.isHex(target.charAt(index + 1)) && Ascii.isHex(target.charAt(index + 2));
  }

  private static boolean hasForm(String target, String method) {
    return switch (method) {
      case "CONNECT" -> AUTHORITY.matcher(target).matches();
      default ->
          target.isEmpty() // which is said already
              || target.startsWith("/")
              || ABSOLUTE.matcher(target).matches()
              || target.equals("*") && method.equals("OPTIONS");
    };
  }

  static void checkHost(StartLine startLine, MessageHead head, FlawList flaws) {
    new RequestRules(startLine, head, flaws).checkHost();
  }

  private void checkHost() {
    List<Http1Header> hosts = head.headers("Host");
    if (hosts.isEmpty()) {
      if (!head.isHttp10()) {
        flaws.addMalformed(
            head.endOffset(), "the headers end here without Host, which HTTP/1.1 asks for");
      }
      return;
    }
    hosts.stream()
        .skip(1)
        .forEach(
            duplicate ->
                flaws.addMalformed(duplicate.offset(), "Host must not be sent more than once"));
    Http1Header host = hosts.get(0);
    if (!HOST.matcher(host.text()).matches()) {
      flaws.addMalformed(
          host.value().offset(), "the value of Host must be a host and maybe a port");
    }
    Matcher absolute = ABSOLUTE.matcher(startLine.targetText());
    if (absolute.matches() && !isSameHost(absolute.group(1), host.text())) {
      flaws.addMalformed(
          host.value().offset(), "Host must name the same host as the request's target");
    }
  }

  private static boolean isSameHost(String authority, String host) {
    return authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
  }
}
