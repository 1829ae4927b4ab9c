package dev.partyline.internal.secrets;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a script, masked as if what they say had been sent. */
public final class MaskedStatements {
  private static final Pattern STATEMENT =
      Pattern.compile("( *(?:\\[\\+[0-9.]+] )?([CS])([:|#])(?: |$))(.*)");

  private final List<String> lines;
  private final MaskedConversation masked;

  private MaskedStatements(List<String> lines, MaskedConversation masked) {
    this.lines = lines;
    this.masked = masked;
  }

  public static MaskedStatements of(List<String> statements, SecretRules rules) {
    List<Event> events = new ArrayList<>();
    for (String statement : statements) {
      Matcher matcher = STATEMENT.matcher(statement);
      if (matcher.matches()) {
        Side side = matcher.group(2).equals("C") ? Side.CLIENT : Side.SERVER;
        events.add(new Event.Sent(side, 0, bytes(matcher)));
      }
    }
    MaskedConversation masked = rules.mask(Conversation.of(events));
    List<String> lines = new ArrayList<>();
    int next = 0;
    List<Event> maskedEvents = masked.conversation().events();
    for (String statement : statements) {
      Matcher matcher = STATEMENT.matcher(statement);
      if (matcher.matches()) {
        Bytes before = ((Event.Sent) events.get(next)).bytes();
        Bytes after = ((Event.Sent) maskedEvents.get(next++)).bytes();
        lines.add(
            before.equals(after) ? statement : matcher.group(1) + payload(matcher).masked(after));
      } else {
        lines.add(statement);
      }
    }
    return new MaskedStatements(lines, masked);
  }

  private static StatementPayload payload(Matcher statement) {
    String text = statement.group(4);
    return statement.group(3).equals("#")
        ? StatementPayload.ofHex(text)
        : StatementPayload.ofText(text);
  }

  private static Bytes bytes(Matcher statement) {
    Bytes lineEnd = Bytes.utf8(statement.group(3).equals(":") ? "\r\n" : "");
    return payload(statement).bytes().plus(lineEnd);
  }

  public List<String> lines() {
    return lines;
  }

  public List<Bytes> values() {
    return masked.values();
  }
}
