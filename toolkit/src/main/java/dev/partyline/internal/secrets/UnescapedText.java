package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that strings of JSON and escaped markup stand for, in which lines and elements begin
 * that have no line ends and angle brackets before.
 */
final class UnescapedText {
  /** What begins a line or an element, or has a quote; a quote of JSON alone is found as it is. */
  private static final Pattern NEEDED =
      Pattern.compile(
          "\\\\n|\\\\u00(?:3[cC]|22|27|3[dD])|&(?:(?:amp;)?(?:lt|quot|apos)|#(?:34|39|60|[xX]27|[xX]22|[xX]3[cC]));");

  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:([nrt\"\\\\/])|u00([0-7][0-9A-Fa-f]))|&(?:(lt|gt|quot|apos|amp)|#(\\d{2,3})|#[xX]([2-7][0-9A-Fa-f]));");

  private static final String LETTERS = "nrt\"\\/";
  private static final String MEANINGS = "\n\r\t\"\\/";

  /** What is escaped in what is escaped is read too, but not deeper. */
  private static final int MAX_DEPTH = 2;

  /** So much is read at once, because each escape takes memory, and so does the text. */
  private static final int MAX_ESCAPES = 100_000;

  private static final int MAX_SIZE = 1 << 20;

  private static final byte[][] BYTES = new byte[128][];

  static {
    for (int i = 0; i < BYTES.length; i++) {
      BYTES[i] = new byte[] {(byte) i};
    }
  }

  private UnescapedText() {}

  /** Applies rules to what the escapes of a layer stand for. */
  static void apply(Layer layer, List<SecretRule> rules) {
    apply(layer, rules, 1);
  }

  private static void apply(Layer layer, List<SecretRule> rules, int depth) {
    if (depth > MAX_DEPTH || !hasEscapes(layer.text())) {
      return;
    }
    Layer.Builder builder = Layer.in(layer);
    Matcher escape = ESCAPE.matcher(layer.text());
    int start = 0;
    int count = 0;
    while (escape.find()) {
      builder.add(start, escape.start());
      builder.addDecoded(meaning(escape), escape.start(), escape.end());
      start = escape.end();
      count++;
      if (count == MAX_ESCAPES || builder.size() >= MAX_SIZE) {
        search(builder.build(), rules, depth);
        builder = Layer.in(layer);
        count = 0;
      }
    }
    search(builder.add(start, layer.size()).build(), rules, depth);
  }

  /** Looks for a character first, because a pattern takes much longer for a body without any. */
  private static boolean hasEscapes(String text) {
    return (text.indexOf('\\') >= 0 || text.indexOf('&') >= 0) && NEEDED.matcher(text).find();
  }

  private static void search(Layer unescaped, List<SecretRule> rules, int depth) {
    rules.forEach(rule -> rule.apply(unescaped));
    apply(unescaped, rules, depth + 1);
  }

  private static byte[] meaning(Matcher escape) {
    if (escape.group(1) != null) {
      return BYTES[MEANINGS.charAt(LETTERS.indexOf(escape.group(1)))];
    }
    if (escape.group(3) != null) {
      return switch (escape.group(3)) {
        case "lt" -> BYTES['<'];
        case "gt" -> BYTES['>'];
        case "quot" -> BYTES['"'];
        case "apos" -> BYTES['\''];
        default -> BYTES['&'];
      };
    }
    if (escape.group(4) != null) {
      int code = Integer.parseInt(escape.group(4));
      return BYTES[code < BYTES.length ? code : '?'];
    }
    String hex = escape.group(2) == null ? escape.group(5) : escape.group(2);
    return BYTES[Integer.parseInt(hex, 16)];
  }
}
