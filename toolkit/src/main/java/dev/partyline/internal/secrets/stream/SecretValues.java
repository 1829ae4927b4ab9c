package dev.partyline.internal.secrets.stream;

import dev.partyline.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secrets that were found, and their parts, because a test may know a token without its scheme.
 */
public final class SecretValues {
  /** A shorter one may stand anywhere by chance. */
  private static final int MIN_BYTES = 6;

  private static final int MAX_BYTES = 8 * 1024;
  private static final int MAX_VALUES = 1000;

  private static final Pattern WORDS = Pattern.compile("[\\x00-\\x20\"',;]+");

  /** What separates words, and the name that a word begins with from the rest of it. */
  private static final Pattern NAMES =
      Pattern.compile("[\\x00-\\x20\"',;]+(?:[\\w-]++=)?+|^[\\w-]++=");

  private static final Pattern NAMES_AND_WORDS = Pattern.compile("[\\x00-\\x20\"',;:&=]+");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{8,}+={0,2}");

  /** What SASL separates by zeros and ones, and what UTF-8 may be. */
  private static final Pattern TEXT = Pattern.compile("[\\x00\\x01\\x20-\\x7e\\xa0-\\xff]+");

  private final Set<Bytes> all = new LinkedHashSet<>();

  /** Those that were sent as they are, and not in base64. */
  private final Set<Bytes> sent = new LinkedHashSet<>();

  public void add(byte[] bytes, int offset, int endOffset) {
    int size = endOffset - offset;
    if (size < MIN_BYTES || size > MAX_BYTES || all.size() >= MAX_VALUES) {
      return;
    }
    sent.add(Bytes.copyOf(bytes, offset, endOffset));
    String text = new String(bytes, offset, size, StandardCharsets.ISO_8859_1);
    addParts(text, WORDS, sent);
    addParts(text, NAMES, sent);
    // A name may stand before the secret, and a secret may have such a character in it.
    addParts(text, NAMES_AND_WORDS, sent);
    all.addAll(sent);
    for (String word : WORDS.split(text, -1)) {
      if (BASE64.matcher(word).matches()) {
        addDecoded(word);
      }
    }
  }

  /** Adds the words of a text in base64, such as the password of Basic and of SASL's PLAIN. */
  private void addDecoded(String base64) {
    try {
      byte[] decoded = Base64.getDecoder().decode(base64);
      String text = new String(decoded, StandardCharsets.ISO_8859_1);
      if (TEXT.matcher(text).matches()) {
        addParts(text, NAMES_AND_WORDS, all);
      }
    } catch (IllegalArgumentException e) {
      // It looks like base64, and is none.
    }
  }

  private void addParts(String text, Pattern separators, Set<Bytes> values) {
    for (String part : separators.split(text, -1)) {
      if (part.length() >= MIN_BYTES && all.size() < MAX_VALUES) {
        values.add(Bytes.of(part.getBytes(StandardCharsets.ISO_8859_1)));
      }
    }
  }

  public void addAll(SecretValues other) {
    all.addAll(other.all);
    sent.addAll(other.sent);
  }

  public Set<Bytes> all() {
    return all;
  }

  /** Returns those that were sent as they are, and their parts. */
  public Set<Bytes> sent() {
    return sent;
  }
}
