package dev.partyline.internal.secrets;

import dev.partyline.wire.Side;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What text protocols send to log in: AUTH of SMTP (RFC 4954), USER and PASS and APOP of POP3 (RFC
 * 1939), LOGIN and AUTHENTICATE of IMAP (RFC 9051), PASS of FTP and IRC, AUTH of Redis; and the
 * lines with which a dialogue that has begun so goes on.
 */
final class LoginCommands {
  private static final int MAX_LINE = 64 * 1024;

  private static final int MAX_WORDS = 1000;

  private static final Set<String> COMMANDS =
      Set.of("AUTH", "AUTHENTICATE", "PASS", "ACCT", "APOP", "HELLO", "CONFIG", "ACL", "MIGRATE");

  private static final Set<String> TAGGED_COMMANDS = Set.of("AUTHENTICATE", "LOGIN");

  /** What a client may send after its login, and what could be mistaken for base64. */
  private static final Set<String> OTHER_COMMANDS =
      Set.of(
          "QUIT",
          "DATA",
          "RSET",
          "NOOP",
          "HELP",
          "STARTTLS",
          "STAT",
          "LIST",
          "UIDL",
          "CAPA",
          "STLS");

  private static final Pattern MECHANISM =
      Pattern.compile(
          "PLAIN|LOGIN|CRAM-MD5|DIGEST-MD5|XOAUTH2|OAUTHBEARER|NTLM|GSSAPI|EXTERNAL|ANONYMOUS"
              + "|SCRAM-[A-Z0-9-]+");

  private static final Pattern BASE64 =
      Pattern.compile("[A-Za-z0-9+/]{4,}={0,2}|[A-Za-z0-9+/]{2,}={1,2}");
  private static final Pattern LITERAL = Pattern.compile("\\{\\d+\\+?\\}$");

  private final Dialogue dialogue;
  private final Layer layer;
  private final String text;
  private final String serverText;

  private LoginCommands(Dialogue dialogue) {
    this.dialogue = dialogue;
    this.layer = Layer.whole(dialogue.stream(Side.CLIENT));
    this.text = layer.text();
    this.serverText = Layer.whole(dialogue.stream(Side.SERVER)).text();
  }

  static void apply(Dialogue dialogue) {
    new LoginCommands(dialogue).run();
  }

  private void run() {
    int offset = 0;
    while (offset < text.length()) {
      int end = lineEnd(offset);
      if (isCommand(offset, end) && mask(Words.ofLine(layer, offset, end, MAX_WORDS))) {
        end = continuation(offset, end);
      }
      offset = end + 1;
    }
  }

  private int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }

  private boolean isCommand(int offset, int end) {
    if (end == offset || end - offset > MAX_LINE || text.charAt(offset) <= ' ') {
      return false;
    }
    Words start = Words.ofLine(layer, offset, end, 2);
    return COMMANDS.contains(start.upper(0)) || TAGGED_COMMANDS.contains(start.upper(1));
  }

  /** Masks what is secret in a line, and returns whether the next lines may be secret too. */
  private static boolean mask(Words words) {
    if (RedisCommands.mask(words, false)) {
      return false;
    }
    return switch (words.upper(0)) {
      case "AUTH", "AUTHENTICATE" -> authentication(words, 1);
      case "PASS", "ACCT" -> {
        words.maskFrom(1);
        yield false;
      }
      case "APOP" -> {
        words.maskFrom(2);
        yield false;
      }
      default -> tagged(words);
    };
  }

  /** Masks what follows the tag of IMAP. */
  private static boolean tagged(Words words) {
    return switch (words.upper(1)) {
      case "AUTHENTICATE" -> authentication(words, 2);
      case "LOGIN" -> {
        words.maskFrom(3);
        yield words.count() > 2
            && words.count() < 5
            && LITERAL.matcher(words.upper(words.count() - 1)).find();
      }
      default -> false;
    };
  }

  private static boolean authentication(Words words, int mechanism) {
    boolean isSasl = MECHANISM.matcher(words.upper(mechanism)).matches();
    words.maskFrom(isSasl ? mechanism + 1 : mechanism);
    return isSasl;
  }

  /** Masks the lines with which the client goes on, and returns where the last of them ends. */
  private int continuation(int offset, int end) {
    int lastEnd = end;
    for (int i = 0; lastEnd + 1 < text.length(); i++) {
      int start = lastEnd + 1;
      int nextEnd = lineEnd(start);
      // A client that does not wait for answers can be told by the form of its lines alone.
      boolean goesOn =
          peerSizeAt(start) == peerSizeAt(offset)
              ? i < 2 && isBase64(text.substring(start, Math.min(nextEnd, start + MAX_LINE)))
              : isAsked(start);
      if (!goesOn) {
        break;
      }
      layer.mask(start, nextEnd);
      lastEnd = nextEnd;
    }
    return lastEnd;
  }

  private int peerSizeAt(int offset) {
    return dialogue.peerSizeAt(Side.CLIENT, offset);
  }

  /** Returns whether the last that the server had said before is that the client is to go on. */
  private boolean isAsked(int offset) {
    int size = peerSizeAt(offset);
    int lineStart = serverText.lastIndexOf('\n', size - 2) + 1;
    String line = serverText.substring(lineStart, Math.max(lineStart, size));
    return line.startsWith("334") || line.startsWith("+ ") || line.strip().equals("+");
  }

  private static boolean isBase64(String line) {
    String word = line.strip();
    return BASE64.matcher(word).matches()
        && !OTHER_COMMANDS.contains(word.toUpperCase(Locale.ROOT));
  }
}
