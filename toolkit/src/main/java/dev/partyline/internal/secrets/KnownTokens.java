package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens that show by their form, whatever is around them. */
final class KnownTokens implements SecretRule {
  /**
   * JSON Web Tokens (RFC 7519), encrypted or not, the tokens that services give a form of their
   * own, what follows the channel of a webhook of Slack, and the name of a scheme (RFC 7617, RFC
   * 6750), also where Kubernetes has it in a protocol of WebSocket.
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "eyJ[\\w-]{8,}+\\.(?:eyJ[\\w-]++\\.[\\w-]*+|[\\w-]*+(?:\\.[\\w-]++){3})"
              + "|(?:gh[oprsu]_|github_pat_|gl(?:pat|oas|dt|rt|ft|ptt|cbt|imt|soat|ffct|agent)-|xox[a-eoprs]-"
              + "|xapp-|[rs]k_(?:live|test)_|whsec_|ya29\\.|AIza|GOCSPX-|hv[bsr]\\.|pypi-AgE"
              + "|do[opr]_v1_|dckr_[op]at_|shp(?:at|ca|pa|ss)_)[\\w-]{16,}+"
              + "|(?:npm|hf)_[A-Za-z0-9]{16,}+"
              + "|api_org_[A-Za-z0-9]{16,}+|GR1348941[\\w-]{16,}+|ABSK[A-Za-z0-9+/]{40,}+={0,2}"
              + "|(?:pi|seti)_[A-Za-z0-9]{8,}+_secret_[A-Za-z0-9]{8,}+"
              + "|(?:sk|sess)-(?=[a-z-]{0,64}+[A-Z0-9])[\\w-]{20,}+"
              + "|SG\\.[\\w-]{16,}+\\.[\\w-]{16,}+"
              + "|A[KS]IA[A-Z0-9]{16}(?!\\w)"
              + "|s\\.(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}(?![\\w(]|\\.\\w)"
              + "|bot\\d{6,12}:[\\w-]{30,}+"
              + "|(?:(?i:basic|bearer) {1,4}"
              + "(?!(?i:realm|error|scope|charset|resource|authorization|\\w++_)\\w*+=)"
              + "|services\\\\?/T\\w{8,}+\\\\?/B\\w{8,}+\\\\?/"
              + "|base64url\\.bearer\\.authorization\\.k8s\\.io\\.)"
              + "([A-Za-z0-9+/=._~-]{8,}+)");

  /** A token of Telegram, which a number of digits and a colon are before. */
  private static final Pattern AFTER_NUMBER = Pattern.compile(":[\\w-]{30,}+");

  /** What Google refreshes a token by; JSON may have a backslash before each slash. */
  private static final Pattern REFRESH = Pattern.compile("1(?:\\\\?/){2}0[\\w-]{16,}+");

  private static final String JWT_BEGIN = "eyJ";

  private static final int MIN_DIGITS = 6;
  private static final int MAX_DIGITS = 12;

  private static final int LETTERS = 128;

  private static final byte NO_LETTER = 0;
  private static final byte IN_WORD = 1;
  private static final byte BEGINS_TOKEN = 2;
  private static final byte DIGIT = 3;

  /** What each byte is in this, because it is looked up for each byte of a body. */
  private static final byte[] KINDS = new byte[256];

  /** Which letters a token begins with: the second in the row of the first. */
  private static final boolean[][] BEGINNINGS = new boolean[LETTERS][LETTERS];

  static {
    for (char first = 0; first < LETTERS; first++) {
      if (canBegin(String.valueOf(first))) {
        KINDS[first] = BEGINS_TOKEN;
        for (char second = 0; second < LETTERS; second++) {
          BEGINNINGS[first][second] = canBegin("" + first + second);
        }
      } else {
        boolean isLetter = Character.isLetter(first);
        KINDS[first] = isLetter ? IN_WORD : Character.isDigit(first) ? DIGIT : NO_LETTER;
      }
    }
  }

  /** Returns whether more text could make a token of this. */
  @SuppressWarnings("JdkObsolete") // What else hitEnd() is for is a text that goes on.
  private static boolean canBegin(String text) {
    Matcher matcher = TOKEN.matcher(text);
    return matcher.lookingAt() || matcher.hitEnd();
  }

  /** Looks only where a word begins, because an expression is slow where nothing begins like it. */
  @Override
  public void apply(Layer layer) {
    String text = layer.text();
    Matcher matcher = TOKEN.matcher(text);
    Matcher afterNumber = AFTER_NUMBER.matcher(text);
    Matcher refresh = REFRESH.matcher(text);
    int headerEnd = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      byte kind = KINDS[text.charAt(i)];
      if (kind == BEGINS_TOKEN
          && !inWord
          && hasBeginning(text, i)
          && (i >= headerEnd || !text.startsWith(JWT_BEGIN, i))) {
        if (matcher.region(i, text.length()).lookingAt()) {
          mask(layer, matcher);
          i = matcher.end() - 1;
        } else if (text.startsWith(JWT_BEGIN, i)) {
          // Where a header is none, what is within it is none either.
          headerEnd = headerEnd(text, i);
        }
      } else if (kind == DIGIT && !inWord) {
        int start = i;
        i = digitsEnd(text, start) - 1;
        if (isNumber(text, start, i + 1) && afterNumber.region(i + 1, text.length()).lookingAt()) {
          layer.mask(start, afterNumber.end());
          i = afterNumber.end() - 1;
        } else if (refresh.region(start, text.length()).lookingAt()) {
          layer.mask(start, refresh.end());
          i = refresh.end() - 1;
        }
      }
      inWord = kind != NO_LETTER;
    }
  }

  private static int headerEnd(String text, int offset) {
    int end = offset;
    while (end < text.length() && isInHeader(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isInHeader(char c) {
    return c == '-' || c == '_' || c < LETTERS && Character.isLetterOrDigit(c);
  }

  private static int digitsEnd(String text, int offset) {
    int end = offset;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static boolean isNumber(String text, int start, int end) {
    int digits = end - start;
    return digits >= MIN_DIGITS
        && digits <= MAX_DIGITS
        && end < text.length()
        && text.charAt(end) == ':';
  }

  private static boolean hasBeginning(String text, int offset) {
    if (offset + 1 >= text.length()) {
      return false;
    }
    char second = text.charAt(offset + 1);
    return second < LETTERS && BEGINNINGS[text.charAt(offset)][second];
  }

  private static void mask(Layer layer, Matcher token) {
    boolean hasScheme = token.group(1) != null;
    // What follows the name of a scheme may be a word of a sentence.
    if (!hasScheme || SecretForms.isCredential(token.group(1))) {
      layer.mask(token.start(hasScheme ? 1 : 0), token.end());
    }
  }
}
