package dev.partyline.netstat;

import dev.partyline.internal.secrets.SecretNames;
import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command line of a process as text, without what looks like a secret in it. */
final class CommandLineText {
  private static final String MASK = "******";

  private static final Pattern OPTION = Pattern.compile("-{1,2}[\\w.-]+");

  /** As in {@code curl -u user:secret}. */
  private static final Pattern USER_OPTION = Pattern.compile("-u|--(?:proxy-)?user");

  private CommandLineText() {}

  /** Returns the arguments with spaces between them; a secret is replaced by asterisks. */
  static String of(List<String> arguments) {
    List<String> masked = new ArrayList<>();
    String previous = "";
    for (String argument : arguments) {
      masked.add(mask(previous, argument));
      previous = argument;
    }
    return String.join(" ", masked);
  }

  private static String mask(String previous, String argument) {
    if (isSecret(previous, argument)) {
      return MASK;
    }
    if (USER_OPTION.matcher(previous).matches()) {
      return argument.replaceFirst(":.+", ":" + MASK);
    }
    return masked(argument.contains(" -") ? ofTitle(argument) : argument);
  }

  /** Returns the title that a program gave itself, which is one argument with all the others. */
  private static String ofTitle(String title) {
    String[] words = title.split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      words[i] = isSecret(words[i - 1], words[i]) ? MASK : words[i];
    }
    return String.join(" ", words);
  }

  private static boolean isSecret(String option, String argument) {
    boolean isNamed = OPTION.matcher(option).matches() && SecretNames.isSecret(option);
    // A count of tokens is no secret, as in a body.
    String assignment = option + "=" + argument;
    return option.equalsIgnoreCase("authorization:")
        || isNamed && !masked(assignment).equals(assignment);
  }

  private static String masked(String text) {
    return SecretRules.STANDARD.mask(Bytes.utf8(text)).utf8();
  }
}
