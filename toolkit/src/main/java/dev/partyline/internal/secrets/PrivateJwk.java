package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The private members of a key in JSON (RFC 7518, 6): their names say nothing by themselves. */
final class PrivateJwk {
  private static final String KEY_TYPE = "\"kty\"";
  private static final Pattern COLON = Pattern.compile("\\s{0,64}+:");

  private static final Pattern MEMBER =
      Pattern.compile("\"(?:d|p|q|dp|dq|qi|k)\"\\s{0,64}+:\\s{0,64}+\"([^\"]*+)");

  /** No object is longer that is a key. */
  private static final int MAX_KEY = 16 * 1024;

  private PrivateJwk() {}

  /** Masks the members of all keys, and of what may become one, because its end has not come. */
  static void mask(Layer layer) {
    String text = layer.text();
    Matcher colon = COLON.matcher(text);
    int lastEnd = 0;
    int type = text.indexOf(KEY_TYPE);
    while (type >= 0) {
      if (colon.region(type + KEY_TYPE.length(), text.length()).lookingAt()) {
        int start = type;
        while (start > lastEnd && text.charAt(start) != '{') {
          start--;
        }
        int brace = text.indexOf('}', colon.end());
        lastEnd = brace < 0 ? text.length() : brace;
        members(text, start, lastEnd).forEach(each -> layer.mask(each.start(1), each.end(1)));
      }
      type = text.indexOf(KEY_TYPE, Math.max(lastEnd, type + 1));
    }
    hideUnknown(layer, text.length());
  }

  private static Stream<MatchResult> members(String text, int start, int endOffset) {
    return MEMBER.matcher(text).region(start, endOffset).results();
  }

  /**
   * Masks the members of an object that has no end before an offset, where what follows is lost.
   */
  static void hideUnknown(Layer layer, int endOffset) {
    String text = layer.text();
    int start = endOffset;
    while (start > 0 && endOffset - start < MAX_KEY && "{}".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    if (start > 0 && text.charAt(start - 1) == '{') {
      members(text, start, endOffset).forEach(each -> layer.hide(each.start(1), each.end(1)));
    }
  }
}
