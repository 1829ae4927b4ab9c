package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The passwords that IRC sends to the service that knows who has a nick. */
public final class IrcServices implements SecretRule {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?i)(?:(?:PRIVMSG|NOTICE) NickServ(?:@\\S{1,64}+)? :|(?:NS|NICKSERV) :?)"
              + "(?:IDENTIFY(?: \\S++(?= \\S))?|(?:GHOST|RECOVER|RELEASE|REGAIN) \\S++|REGISTER)"
              + " (\\S++)");

  @Override
  public void apply(Layer layer) {
    String text = layer.text();
    TextScan scan = new TextScan(text);
    Matcher command = COMMAND.matcher(text);
    for (int offset = 0; offset < text.length(); offset = scan.lineEnd(offset) + 1) {
      boolean canBegin = "PpNn".indexOf(text.charAt(offset)) >= 0;
      if (canBegin && command.region(offset, text.length()).lookingAt()) {
        layer.mask(command.start(1), command.end(1));
      }
    }
  }
}
