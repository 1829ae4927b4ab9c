package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The secrets that cannot be anything else where they stand again under no name, as a token does in
 * the path of a URL: they are long, and no words.
 */
final class RepeatedSecrets {
  private static final int MIN_BYTES = 8;
  private static final Pattern BRACKETS = Pattern.compile("[()<>\\[\\]]");

  private RepeatedSecrets() {}

  static List<Bytes> of(Dialogue dialogue) {
    List<Bytes> values = new ArrayList<>();
    for (Side side : Side.values()) {
      for (Bytes value : dialogue.layer(side).stream().values().sent()) {
        if (value.size() >= MIN_BYTES && isDistinctive(value)) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private static boolean isDistinctive(Bytes value) {
    String text = new String(value.toArray(), StandardCharsets.ISO_8859_1);
    String words = BRACKETS.matcher(text).replaceAll(" ");
    // The credentials of Digest have the path that is asked for (RFC 7616, 3.4).
    return !text.startsWith("/")
        && (SecretForms.isCredential(words) || SecretForms.hasOddRun(words));
  }
}
