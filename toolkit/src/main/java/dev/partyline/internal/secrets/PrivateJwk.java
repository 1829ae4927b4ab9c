package dev.partyline.internal.secrets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The private members of a key in JSON (RFC 7518, 6): their names say nothing by themselves. */
final class PrivateJwk {
  private static final Pattern KEY_TYPE = Pattern.compile("\"kty\"\\s{0,64}+:");

  private static final Pattern MEMBER =
      Pattern.compile("\"(?:d|p|q|dp|dq|qi|k)\"\\s{0,64}+:\\s{0,64}+\"([^\"]*+)");

  private PrivateJwk() {}

  static void mask(Layer layer) {
    String text = layer.text();
    Matcher keyType = KEY_TYPE.matcher(text);
    int lastEnd = 0;
    while (keyType.find(lastEnd)) {
      int start = keyType.start();
      while (start > lastEnd && text.charAt(start) != '{') {
        start--;
      }
      int brace = text.indexOf('}', keyType.end());
      lastEnd = brace < 0 ? text.length() : brace;
      Matcher member = MEMBER.matcher(text).region(start, lastEnd);
      while (member.find()) {
        layer.mask(member.start(1), member.end(1));
      }
    }
  }
}
