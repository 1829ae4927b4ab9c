package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What text protocols send to log in: AUTH of SMTP (RFC 4954), USER and PASS and APOP of POP3 (RFC
 * 1939), LOGIN and AUTHENTICATE of IMAP (RFC 9051), PASS of FTP and IRC, AUTH of Redis; and the
 * lines with which a dialogue that has begun so goes on.
 */
public final class LoginCommands {
  private static final int MAX_LINE = 64 * 1024;

  private static final int MAX_WORDS = 1000;

  private static final int MAX_ANSWER = 16 * 1024;

  private static final String MAIL_END = "\n.\r\n";

  private static final Set<String> COMMANDS =
      Set.of(
          "AUTH",
          "AUTHENTICATE",
          "PASS",
          "ACCT",
          "APOP",
          "HELLO",
          "CONFIG",
          "ACL",
          "MIGRATE",
          "SENTINEL");

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

  private static final int MAX_LITERAL = 16;

  private static final Pattern LITERAL = Pattern.compile("\\{\\d+\\+?\\}$");

  private final Dialogue dialogue;
  private final Layer layer;
  private final TextScan scan;
  private final String text;
  private final String serverText;

  private LoginCommands(Dialogue dialogue, Layer client, Layer server) {
    this.dialogue = dialogue;
    this.layer = client;
    this.text = client.text();
    this.scan = new TextScan(text);
    this.serverText = server.text();
  }

  /** Masks what the client sent to log in. */
  public static void apply(Dialogue dialogue, Layer client, Layer server) {
    new LoginCommands(dialogue, client, server).run();
  }

  private void run() {
    int offset = 0;
    while (offset < text.length()) {
      int end = scan.lineEnd(offset);
      if (isAfterGap(offset) && isAsked(offset)) {
        layer.mask(offset, end);
      } else if (isCommand(offset, end) && mask(Words.ofLine(layer, offset, end, MAX_WORDS))) {
        end = continuation(offset, end);
      }
      offset = isMail(offset, end) ? mailEnd(end) : end + 1;
    }
  }

  /** Returns whether the command before a line may not have been kept. */
  private boolean isAfterGap(int offset) {
    List<Missing> missing = dialogue.missing(Side.CLIENT);
    return !missing.isEmpty() && missing.get(0).offset() <= offset;
  }

  /** Returns whether a mail follows, whose lines may begin as a command does. */
  private boolean isMail(int offset, int end) {
    return end - offset <= MAX_LINE
        && text.substring(offset, end).strip().equalsIgnoreCase("DATA")
        && lastAnswer(end + 1).startsWith("354");
  }

  private int mailEnd(int offset) {
    return Math.min(text.length(), scan.indexOf(MAIL_END, offset) + MAIL_END.length());
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
    boolean isSasl = isMechanism(words.upper(mechanism));
    words.maskFrom(isSasl ? mechanism + 1 : mechanism);
    // The mechanism may be one of its own, to which the server answers as to all.
    return isSasl || words.count() == mechanism + 1;
  }

  private static boolean isMechanism(String word) {
    return MECHANISM.matcher(word).matches();
  }

  /** Masks the lines with which the client goes on, and returns where the last of them ends. */
  private int continuation(int offset, int end) {
    Words words = Words.ofLine(layer, offset, end, 3);
    boolean hasMechanism = isMechanism(words.upper(1)) || isMechanism(words.upper(2));
    int lastEnd = end;
    for (int i = 0; lastEnd + 1 < text.length(); i++) {
      int start = lastEnd + 1;
      int nextEnd = scan.lineEnd(start);
      // A client that does not wait for answers can be told by the form of its lines alone.
      boolean goesOn =
          endsWithLiteral(lastEnd)
              || i < 2 && !dialogue.missing(Side.SERVER).isEmpty()
              || (peerSizeAt(start) == peerSizeAt(offset)
                  ? hasMechanism
                      && i < 2
                      && isBase64(text.substring(start, Math.min(nextEnd, start + MAX_LINE)))
                  : isAsked(start));
      if (!goesOn) {
        break;
      }
      layer.mask(start, nextEnd);
      lastEnd = nextEnd;
    }
    return lastEnd;
  }

  /** Returns whether a line says that as many bytes follow it as the number in its braces. */
  private boolean endsWithLiteral(int end) {
    return LITERAL.matcher(text.substring(Math.max(0, end - MAX_LITERAL), end).strip()).find();
  }

  private int peerSizeAt(int offset) {
    return dialogue.peerSizeAt(Side.CLIENT, offset);
  }

  /** Returns whether the last that the server had said before is that the client is to go on. */
  private boolean isAsked(int offset) {
    String line = lastAnswer(offset);
    return line.startsWith("334") || line.startsWith("+ ") || line.strip().equals("+");
  }

  /** Returns the last line that the server had sent before the client sent what is at an offset. */
  private String lastAnswer(int offset) {
    int size = peerSizeAt(offset);
    String last = serverText.substring(Math.max(0, size - MAX_ANSWER), size);
    return last.substring(last.lastIndexOf('\n', last.length() - 2) + 1);
  }

  private static boolean isBase64(String line) {
    String word = line.strip();
    return BASE64.matcher(word).matches()
        && !OTHER_COMMANDS.contains(word.toUpperCase(Locale.ROOT));
  }
}
