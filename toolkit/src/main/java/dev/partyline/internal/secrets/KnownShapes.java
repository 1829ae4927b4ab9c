package dev.partyline.internal.secrets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets that show by themselves: keys in PEM, passwords in URLs, and tokens of known forms. */
final class KnownShapes implements SecretRule {
  private static final String PEM_BEGIN = "-----BEGIN ";
  private static final String PEM_END = "-----END ";
  private static final String PEM_KEY = "PRIVATE KEY";
  private static final String PEM_DASHES = "-----";
  private static final int MAX_PEM_LABEL = 64;

  /**
   * JSON Web Tokens (RFC 7519), encrypted or not, the tokens that services give a form of their
   * own, and what follows the name of a scheme (RFC 7617, RFC 6750).
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "eyJ[\\w-]{8,2048}+\\.(?:eyJ[\\w-]++\\.[\\w-]*+|[\\w-]*+(?:\\.[\\w-]++){3})"
              + "|(?:gh[oprsu]_|github_pat_|gl(?:pat|oas|dt|rt|ptt|cbt|soat|ffct)-|xox[abeoprs]-"
              + "|xapp-|[rs]k_(?:live|test)_|whsec_|ya29\\.|AIza|GOCSPX-|hv[bsr]\\.|pypi-AgE"
              + "|do[opr]_v1_|dckr_pat_|shp(?:at|ca|pa|ss)_)[\\w-]{16,}+"
              + "|(?:npm|hf)_[A-Za-z0-9]{16,}+"
              + "|sk-(?=[a-z-]{0,64}+[A-Z0-9])[\\w-]{20,}+"
              + "|SG\\.[\\w-]{16,}+\\.[\\w-]{16,}+"
              + "|A[KS]IA[A-Z0-9]{16}(?!\\w)"
              + "|s\\.(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}(?![\\w.(])"
              + "|(?:bot)?\\d{6,12}:[\\w-]{30,}+"
              + "|(?i:basic|bearer) {1,4}"
              + "(?!(?i:realm|error|scope|charset|resource|authorization|\\w++_)\\w*+=)"
              + "([A-Za-z0-9+/=._~-]{8,}+)");

  private static final Pattern PORT = Pattern.compile("\\d{0,5}");

  private static final String FIRST_LETTERS = "bdeghnprswxyABGS0123456789";

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
    tokens(layer, text);
    PrivateJwk.mask(layer);
  }

  /** Looks only where a word begins, because an expression is slow where nothing begins like it. */
  private static void tokens(Layer layer, String text) {
    Matcher matcher = TOKEN.matcher(text);
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isFirst = !inWord && FIRST_LETTERS.indexOf(c) >= 0;
      inWord = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (isFirst && matcher.region(i, text.length()).lookingAt()) {
        token(layer, matcher);
        i = matcher.end() - 1;
      }
    }
  }

  private static void token(Layer layer, Matcher token) {
    boolean hasScheme = token.group(1) != null;
    // What follows the name of a scheme may be a word of a sentence.
    if (!hasScheme || SecretForms.isCredential(token.group(1))) {
      layer.mask(token.start(hasScheme ? 1 : 0), token.end());
    }
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
    if (colon < 0) {
      return;
    }
    if (at < 0 && isCut(text, offset, colon, i)
        || colon < at && !SecretForms.isOrdinary(text.substring(colon + 1, at))) {
      layer.mask(colon + 1, at < 0 ? i : at);
    }
  }

  /** Returns whether the rest of a password, with its {@code @}, may not have come yet. */
  private static boolean isCut(String text, int offset, int colon, int endOffset) {
    return endOffset == text.length()
        && colon > offset
        && text.charAt(offset) != '['
        && !PORT.matcher(text.substring(colon + 1)).matches();
  }
}
