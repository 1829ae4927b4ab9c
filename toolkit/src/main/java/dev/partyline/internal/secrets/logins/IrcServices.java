package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The passwords that IRC sends to the service that knows who has a nick, that of an account, and
 * logins after the tags of a message.
 */
public final class IrcServices implements SecretRule {
  private static final String TAGS = "(?:@\\S++ ++)";

  private static final String PREFIX = TAGS + "?+(?::\\S++ ++)?+";

  /** A nick or an account before the password. */
  private static final String NAME = "(?: ++\\S++(?= ++\\S))";

  private static final Pattern COMMAND =
      Pattern.compile(
          "(?i)"
              + PREFIX
              + "(?:(?:PRIVMSG|NOTICE|SQUERY) ++NickServ(?:@\\S{1,64}+)? ++:?|(?:NS|NICKSERV) ++:?) *+"
              + "(?:(?:IDENTIFY|ID|LOGIN)"
              + NAME
              + "?+|(?:GHOST|RECOVER|RELEASE|REGAIN|GROUP|DROP) ++\\S++|REGISTER|(?:SET|SASET ++\\S++) ++PASS(?:WORD|WD)?"
              + "|SETPASS"
              + NAME
              + "{1,2}+) ++(\\S++)");

  /** The account may be the nick, and the address may be left out. */
  private static final Pattern REGISTRATION =
      Pattern.compile(
          "(?i)" + PREFIX + "REGISTER ++\\S++ ++(?:\\*|[^\\s@]++@\\S++) ++(\\S[^\\r\\n]*+)");

  private static final Pattern LOGIN =
      Pattern.compile("(?i)" + TAGS + "(?:PASS|AUTHENTICATE) ++(\\S[^\\r\\n]*+)");

  private static final List<Pattern> COMMANDS = List.of(COMMAND, REGISTRATION, LOGIN);

  private static final String FIRST_LETTERS = "@:PpNnSsRr";

  @Override
  public void apply(Layer layer) {
    String text = layer.text();
    TextScan scan = new TextScan(text);
    List<Matcher> commands = COMMANDS.stream().map(pattern -> pattern.matcher(text)).toList();
    for (int offset = 0; offset < text.length(); offset = scan.lineEnd(offset) + 1) {
      if (FIRST_LETTERS.indexOf(text.charAt(offset)) < 0) {
        continue;
      }
      for (Matcher command : commands) {
        if (command.region(offset, text.length()).lookingAt()) {
          layer.mask(command.start(1), command.end(1));
        }
      }
    }
  }
}
