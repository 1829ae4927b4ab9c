package dev.partyline.internal.secrets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets that show by themselves: keys in PEM, passwords in URLs, and tokens of known forms. */
final class KnownShapes implements SecretRule {
  private static final String PEM_BEGIN = "-----BEGIN ";
  private static final String PEM_END = "-----END ";
  private static final String PEM_KEY = "PRIVATE KEY-----";
  private static final int MAX_PEM_LABEL = 64;

  /**
   * JSON Web Tokens (RFC 7519), the tokens of GitHub, GitLab, Slack, Stripe and Google, and what
   * follows the name of a scheme (RFC 7617, RFC 6750).
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "eyJ[\\w-]{8,}+\\.eyJ[\\w-]++\\.[\\w-]*+"
              + "|(?:gh[oprsu]_|github_pat_|glpat-|xox[abeoprs]-|[rs]k_(?:live|test)_|ya29\\.)"
              + "[\\w-]{16,}+"
              + "|(?i:basic|bearer) ([A-Za-z0-9+/=._~-]{8,}+)(?![\"'])");

  private static final String FIRST_LETTERS = "eghxrsyBb";

  private static final Pattern NO_WORD = Pattern.compile("[0-9=_]|[a-z][A-Z]");

  @Override
  public void apply(Layer layer) {
    String text = layer.text();
    for (int i = text.indexOf("://"); i >= 0; i = text.indexOf("://", i + 3)) {
      userInfo(layer, text, i + 3);
    }
    for (int i = text.indexOf(PEM_BEGIN); i >= 0; i = text.indexOf(PEM_BEGIN, i + 1)) {
      i = pemKey(layer, text, i);
    }
    tokens(layer, text);
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
    if (!hasScheme || NO_WORD.matcher(token.group(1)).find()) {
      layer.mask(token.start(hasScheme ? 1 : 0), token.end());
    }
  }

  /** Masks a private key in PEM (RFC 7468), and returns where to look on. */
  private static int pemKey(Layer layer, String text, int offset) {
    int label = offset + PEM_BEGIN.length();
    int labelEnd =
        text.substring(label, Math.min(text.length(), label + MAX_PEM_LABEL)).indexOf(PEM_KEY);
    if (labelEnd < 0) {
      return label;
    }
    int start = label + labelEnd + PEM_KEY.length();
    int end = text.indexOf(PEM_END, start);
    int keyEnd = end < 0 ? text.length() : end;
    layer.mask(start, keyEnd);
    return keyEnd;
  }

  /** Masks the password before the {@code @} of a URL. */
  private static void userInfo(Layer layer, String text, int offset) {
    int colon = -1;
    for (int i = offset; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '@') {
        layer.mask(colon < 0 ? i : colon + 1, i);
        return;
      }
      if (c <= ' ' || "/?#\"'<>".indexOf(c) >= 0) {
        return;
      }
      if (c == ':' && colon < 0) {
        colon = i;
      }
    }
  }
}
