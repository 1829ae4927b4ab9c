package dev.partyline.script.transcript;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to mask in failures and files: an asterisk is written for each byte of a secret.
 *
 * <p>Line ends stay. The recording itself, and so every assertion, has the real bytes.
 */
public final class Redaction {
  private static final byte MASK = '*';

  /** Commands of SMTP and POP3 that could be mistaken for base64. */
  private static final String COMMAND =
      "(?:QUIT|DATA|RSET|NOOP|HELP|STARTTLS|STAT|LIST|UIDL|CAPA|STLS)\\b";

  private static final Pattern STATEMENT = Pattern.compile("( *(?:\\[\\+[0-9.]+] )?[CS][:|] )(.*)");

  private static final Redaction NONE = new Redaction(List.of());
  private static final Redaction STANDARD =
      NONE.headers("Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie")
          .pattern("(?imd)^(?:AUTH|PASS)[ \\t]+(.*)")
          // What SMTP's AUTH LOGIN and AUTH PLAIN send on lines of their own, in base64.
          .pattern(
              "(?imd)^AUTH.*\\x0a(?!"
                  + COMMAND
                  + ")([a-z0-9+/=]{4,})\\x0d?$"
                  + "(?:\\x0a(?!"
                  + COMMAND
                  + ")([a-z0-9+/=]{4,})\\x0d?$)?")
          // AUTH as the clients of Redis send it: an array of strings, each with its length.
          .pattern(
              "(?id)\\$4\\x0d\\x0aAUTH\\x0d\\x0a\\$\\d+\\x0d\\x0a(.*)"
                  + "(?:\\x0a\\$\\d+\\x0d\\x0a(.*))?");

  private final List<Pattern> rules;

  private Redaction(List<Pattern> rules) {
    this.rules = rules;
  }

  /**
   * Returns the default: the values of the headers {@code Authorization}, {@code
   * Proxy-Authorization}, {@code Cookie} and {@code Set-Cookie}, and what follows the commands
   * {@code AUTH} and {@code PASS}.
   */
  public static Redaction standard() {
    return STANDARD;
  }

  /** Returns the redaction that masks nothing. */
  public static Redaction none() {
    return NONE;
  }

  /** Returns this redaction that also masks the values of these headers, whatever their case. */
  public Redaction headers(String... names) {
    Redaction result = this;
    for (String name : names) {
      result = result.pattern(header(name));
    }
    return result;
  }

  /** The value of a header, with the lines that it is folded into. */
  private static String header(String name) {
    return "(?imd)^" + Pattern.quote(name) + "[ \\t]*:[ \\t]*(.*(?:\\x0a[ \\t]+.*)*+)";
  }

  /**
   * Returns this redaction that also masks what a regular expression finds in all that one side
   * sent: its groups, or all of it if it has none.
   *
   * @param regex the expression as {@link Pattern} has it, on bytes read as ISO-8859-1
   * @throws java.util.regex.PatternSyntaxException if it is not a valid expression
   */
  public Redaction pattern(String regex) {
    List<Pattern> newRules = new ArrayList<>(rules);
    newRules.add(Pattern.compile(regex));
    return new Redaction(List.copyOf(newRules));
  }

  /** Returns the conversation with secrets masked; sizes and times stay. */
  public Conversation apply(Conversation conversation) {
    Map<Side, Bytes> redacted = new EnumMap<>(Side.class);
    Map<Side, Integer> offsets = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      redacted.put(side, redact(conversation, side));
      offsets.put(side, 0);
    }
    List<Event> events = new ArrayList<>();
    for (Event event : conversation.events()) {
      if (event instanceof Event.Sent sent) {
        int offset = offsets.getOrDefault(sent.side(), 0);
        int endOffset = offset + sent.bytes().size();
        Bytes bytes = redacted.getOrDefault(sent.side(), Bytes.EMPTY).slice(offset, endOffset);
        events.add(new Event.Sent(sent.side(), sent.nanos(), bytes));
        offsets.put(sent.side(), endOffset);
      } else {
        events.add(event);
      }
    }
    return conversation.withEvents(events);
  }

  /** Masks also the rest of a line after a gap, because what a rule looks for may be dropped. */
  private Bytes redact(Conversation conversation, Side side) {
    List<Bytes> recordedBytes = new ArrayList<>();
    List<Integer> gapOffsets = new ArrayList<>();
    int size = 0;
    for (Event event : conversation.events()) {
      if (event.side() == side && event instanceof Event.Sent sent) {
        recordedBytes.add(sent.bytes());
        size += sent.bytes().size();
      } else if (event.side() == side && event instanceof Event.Dropped) {
        gapOffsets.add(size);
      }
    }
    byte[] redacted = apply(Bytes.join(recordedBytes)).toArray();
    for (int gapOffset : rules.isEmpty() ? List.<Integer>of() : gapOffsets) {
      mask(redacted, gapOffset, lineEnd(redacted, gapOffset));
    }
    return Bytes.of(redacted);
  }

  /** Returns where the line at an offset ends, with the lines that it is folded into. */
  private static int lineEnd(byte[] bytes, int offset) {
    int endOffset = offset;
    while (endOffset < bytes.length) {
      if (bytes[endOffset++] == '\n'
          && (endOffset == bytes.length || bytes[endOffset] != ' ' && bytes[endOffset] != '\t')) {
        return endOffset;
      }
    }
    return endOffset;
  }

  /** Returns all that one side sent with secrets masked. */
  public Bytes apply(Bytes stream) {
    byte[] redacted = stream.toArray();
    String text = new String(redacted, StandardCharsets.ISO_8859_1);
    for (Pattern rule : rules) {
      Matcher matcher = rule.matcher(text);
      while (matcher.find()) {
        for (int group = Math.min(1, matcher.groupCount());
            group <= matcher.groupCount();
            group++) {
          mask(redacted, matcher.start(group), matcher.end(group));
        }
      }
    }
    return Bytes.of(redacted);
  }

  /** Returns a line of a printed script with secrets in its payload masked. */
  public String apply(String statement) {
    Matcher line = STATEMENT.matcher(statement);
    return line.matches() ? line.group(1) + apply(Bytes.utf8(line.group(2))).utf8() : statement;
  }

  private static void mask(byte[] bytes, int offset, int endOffset) {
    for (int i = Math.max(offset, 0); i < endOffset; i++) {
      if (bytes[i] != '\r' && bytes[i] != '\n') {
        bytes[i] = MASK;
      }
    }
  }
}
