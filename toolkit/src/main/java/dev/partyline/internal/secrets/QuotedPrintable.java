package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a mail whose lines are broken after an equals sign (RFC 2045, 6.7), which may be
 * within a token.
 */
final class QuotedPrintable {
  private static final Pattern NEEDED = Pattern.compile("=\\r?\\n");
  private static final String ENCODED_EQUALS_SIGN = "=3D";
  private static final String NAME = "quoted-printable";

  private static final Pattern ESCAPE = Pattern.compile("=(?:\\r?\\n|([2-7][0-9A-F]))");

  /** So much is read at once, because each escape takes memory. */
  private static final int MAX_ESCAPES = 100_000;

  private QuotedPrintable() {}

  /** Applies rules to what the lines of a layer are without their breaks. */
  static void apply(Layer layer, List<SecretRule> rules) {
    String text = layer.text();
    boolean mayBeEncoded = text.contains(ENCODED_EQUALS_SIGN) || text.contains(NAME);
    if (!mayBeEncoded || !NEEDED.matcher(text).find()) {
      return;
    }
    Layer.Builder builder = Layer.in(layer);
    Matcher escape = ESCAPE.matcher(text);
    int start = 0;
    int count = 0;
    while (escape.find()) {
      builder.add(start, escape.start());
      if (escape.group(1) != null) {
        byte[] meaning = {(byte) Integer.parseInt(escape.group(1), 16)};
        builder.addDecoded(meaning, escape.start(), escape.end());
      }
      start = escape.end();
      count++;
      if (count == MAX_ESCAPES) {
        search(builder.build(), rules);
        builder = Layer.in(layer);
        count = 0;
      }
    }
    search(builder.add(start, layer.size()).build(), rules);
  }

  private static void search(Layer joined, List<SecretRule> rules) {
    rules.forEach(rule -> rule.apply(joined));
    UnescapedText.apply(joined, rules);
  }
}
