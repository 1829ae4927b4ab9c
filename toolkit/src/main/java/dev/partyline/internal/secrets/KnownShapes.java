package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import java.util.regex.Pattern;

/** Secrets that show by what is around them: keys in PEM and JSON, and passwords in URLs. */
final class KnownShapes implements SecretRule {
  private static final String PEM_BEGIN = "-----BEGIN ";
  private static final String PEM_END = "-----END ";
  private static final String PEM_KEY = "PRIVATE KEY";
  private static final String PEM_DASHES = "-----";
  private static final int MAX_PEM_LABEL = 64;

  private static final Pattern PORT = Pattern.compile("\\d{0,5}");

  @Override
  public void apply(Layer layer) {
    String text = layer.text();
    // JSON may have a backslash before each slash.
    for (String slashes : new String[] {"://", ":\\/\\/"}) {
      for (int i = text.indexOf(slashes); i >= 0; i = text.indexOf(slashes, i + 1)) {
        userInfo(layer, text, i + slashes.length());
      }
    }
    for (int i = text.indexOf(PEM_BEGIN); i >= 0; i = text.indexOf(PEM_BEGIN, i + 1)) {
      i = pemKey(layer, text, i);
    }
    PrivateJwk.mask(layer);
  }

  /** Masks a private key in PEM (RFC 7468), and returns where to look on. */
  private static int pemKey(Layer layer, String text, int offset) {
    int label = offset + PEM_BEGIN.length();
    String line = text.substring(label, Math.min(text.length(), label + MAX_PEM_LABEL));
    int labelEnd = line.indexOf(PEM_DASHES);
    if (labelEnd < 0 || !line.substring(0, labelEnd).contains(PEM_KEY)) {
      return label;
    }
    int start = label + labelEnd + PEM_DASHES.length();
    if ("\"'<`".indexOf(start < text.length() ? text.charAt(start) : ' ') >= 0) {
      // A program has the line by itself.
      return start;
    }
    int end = text.indexOf(PEM_END, start);
    int keyEnd = end < 0 ? text.length() : end;
    layer.mask(start, keyEnd);
    return keyEnd;
  }

  /** Masks the password before the last {@code @} of the authority of a URL. */
  private static void userInfo(Layer layer, String text, int offset) {
    int colon = -1;
    int at = -1;
    int i = offset;
    while (i < text.length() && text.charAt(i) > ' ' && "/?#\"'<>\\".indexOf(text.charAt(i)) < 0) {
      at = text.charAt(i) == '@' ? i : at;
      colon = text.charAt(i) == ':' && colon < 0 ? i : colon;
      i++;
    }
    boolean mayHavePassword = colon >= 0 && at < 0 && !isHost(text, offset, colon, i);
    if (mayHavePassword && i < text.length()) {
      at = rawPasswordEnd(text, i);
    }
    boolean hasPassword = colon >= 0 && colon < at;
    if (hasPassword
        ? !SecretForms.isOrdinary(text.substring(colon + 1, at))
        : mayHavePassword && i == text.length()) {
      layer.mask(colon + 1, hasPassword ? at : i);
    }
  }

  /**
   * Returns where a password ends that has a character that should be encoded, or -1 if what begins
   * there is none.
   */
  private static int rawPasswordEnd(String text, int offset) {
    int i = offset;
    while (i < text.length() && text.charAt(i) > ' ' && "<>\\@".indexOf(text.charAt(i)) < 0) {
      boolean isQuote = text.charAt(i) == '"' || text.charAt(i) == '\'';
      if (text.startsWith("://", i) || isQuote && !isLetter(text, i + 1)) {
        return -1;
      }
      i++;
    }
    return i < text.length() && text.charAt(i) == '@' ? i : -1;
  }

  private static boolean isLetter(String text, int offset) {
    return offset < text.length() && Character.isLetterOrDigit(text.charAt(offset));
  }

  /** Returns whether what has a colon is the address of a host, with its port. */
  private static boolean isHost(String text, int offset, int colon, int endOffset) {
    return text.charAt(offset) == '['
        || PORT.matcher(text.substring(colon + 1, endOffset)).matches();
  }
}
