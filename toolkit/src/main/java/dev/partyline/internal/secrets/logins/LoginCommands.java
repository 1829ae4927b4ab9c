package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import dev.partyline.internal.secrets.stream.FrameReader;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What text protocols send to log in: AUTH of SMTP (RFC 4954), USER and PASS and APOP of POP3 (RFC
 * 1939), LOGIN and AUTHENTICATE of IMAP (RFC 9051), PASS of FTP and IRC, AUTH of Redis; and the
 * lines with which a dialogue that has begun so goes on.
 */
public final class LoginCommands {
  /** A longer line is not DATA with blanks, and base64 can be told by its beginning. */
  private static final int MAX_START = 1024;

  private static final int MAX_ANSWER = 16 * 1024;

  /** How many lines a client goes on with, each with a number of bytes on a line before. */
  private static final int MAX_ANSWERS = 4;

  /** The end of a mail; some servers take it with LF alone. */
  private static final Pattern MAIL_END = Pattern.compile("\\n\\.\\r?\\n");

  /** A part of a mail, after which a command follows without a line end (RFC 3030, 2). */
  private static final Pattern MAIL_PART = Pattern.compile("(?i)BDAT (\\d{1,9})(?: LAST)?\\s*");

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

  /** Where the part of a mail ends that is being sent. */
  private int partEnd = -1;

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
      int end = lineEnd(offset);
      if (isAfterGap(offset) && isAsked(offset)) {
        layer.mask(offset, end);
      } else if (isCommand(offset, end)
          && mask(Words.ofLine(layer, offset, end, Integer.MAX_VALUE))) {
        end = continuation(offset, end);
      }
      int next = offset < partEnd && end == partEnd ? end : end + 1;
      offset = isMail(offset, end) ? mailEnd(end) : next;
    }
  }

  /** Returns whether the command before a line may not have been kept. */
  private boolean isAfterGap(int offset) {
    List<Missing> missing = dialogue.missing(Side.CLIENT);
    return !missing.isEmpty() && missing.get(0).offset() <= offset;
  }

  private int lineEnd(int offset) {
    int end = scan.lineEnd(offset);
    if (offset < partEnd) {
      return Math.min(end, partEnd);
    }
    Matcher part = MAIL_PART.matcher(text).region(offset, end);
    if (part.matches()) {
      FrameReader data = new FrameReader(end + 1, text.length(), dialogue.missing(Side.CLIENT));
      partEnd = data.payload(Long.parseLong(part.group(1))).endOffset();
    }
    return end;
  }

  private String start(int offset, int end) {
    return text.substring(offset, Math.min(end, offset + MAX_START));
  }

  /** Returns whether a mail follows, whose lines may begin as a command does. */
  private boolean isMail(int offset, int end) {
    return start(offset, end).strip().equalsIgnoreCase("DATA")
        && lastAnswer(end + 1).startsWith("354");
  }

  /** Returns where a mail ends, or where it may have ended because bytes are missing. */
  private int mailEnd(int offset) {
    Matcher mailEnd = MAIL_END.matcher(text);
    int end = mailEnd.find(Math.min(offset, text.length())) ? mailEnd.end() : text.length();
    for (Missing gap : dialogue.missing(Side.CLIENT)) {
      if (gap.offset() > offset) {
        return Math.min(end, gap.offset());
      }
    }
    return end;
  }

  private boolean isCommand(int offset, int end) {
    Words start = Words.ofLine(layer, offset, end, 2);
    if (end > offset && text.charAt(offset) <= ' ') {
      return RedisCommands.LOGINS.contains(start.upper(0));
    }
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
          endsWithLiteral(text, lastEnd)
              || i < MAX_ANSWERS && !dialogue.missing(Side.SERVER).isEmpty()
              || (peerSizeAt(start) == peerSizeAt(offset)
                  ? hasMechanism && i < 2 && isBase64(start(start, nextEnd))
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
  private static boolean endsWithLiteral(String text, int end) {
    int start = Math.max(0, end - MAX_LITERAL);
    return end > start && LITERAL.matcher(text.substring(start, end).strip()).find();
  }

  private int peerSizeAt(int offset) {
    return dialogue.peerSizeAt(Side.CLIENT, offset);
  }

  /**
   * Returns whether the last that the server had said before is that the client is to go on; in
   * ManageSieve (RFC 5804, 2.1) it says so by a string, which may be on the line after its length.
   */
  private boolean isAsked(int offset) {
    String line = lastAnswer(offset);
    return line.startsWith("334")
        || line.startsWith("+ ")
        || line.startsWith("\"")
        || line.strip().equals("+")
        || endsWithLiteral(serverText, lastAnswerStart(offset) - 1);
  }

  /** Returns the last line that the server had sent before the client sent what is at an offset. */
  private String lastAnswer(int offset) {
    return serverText.substring(lastAnswerStart(offset), peerSizeAt(offset));
  }

  private int lastAnswerStart(int offset) {
    int size = peerSizeAt(offset);
    int start = Math.max(0, size - 1);
    while (start > 0 && size - start < MAX_ANSWER && serverText.charAt(start - 1) != '\n') {
      start--;
    }
    return start;
  }

  private static boolean isBase64(String line) {
    String quoted = line.strip();
    boolean isQuoted = quoted.length() > 1 && quoted.startsWith("\"") && quoted.endsWith("\"");
    String word = isQuoted ? quoted.substring(1, quoted.length() - 1) : quoted;
    return BASE64.matcher(word).matches()
        && !OTHER_COMMANDS.contains(word.toUpperCase(Locale.ROOT));
  }
}
