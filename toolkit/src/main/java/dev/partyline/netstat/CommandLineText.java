package dev.partyline.netstat;

import dev.partyline.internal.secrets.SecretNames;
import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line of a process as text, without what looks like a secret in it. */
final class CommandLineText {
  private static final String MASK = "******";

  private static final Pattern OPTION = Pattern.compile("-{1,2}[\\w.-]+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]\\w*");

  /** A word of a command, in which quotes hold several together. */
  private static final Pattern QUOTED_WORD = Pattern.compile("(?:[^ '\"]|'[^']*'?|\"[^\"]*\"?)+");

  private String program = "";
  private String previous = "";

  private CommandLineText() {}

  /** Returns the arguments with spaces between them; a secret is replaced by asterisks. */
  static String of(List<String> arguments) {
    CommandLineText text = new CommandLineText();
    List<String> masked = new ArrayList<>();
    for (String argument : arguments) {
      masked.add(text.argument(argument));
    }
    return String.join(" ", masked);
  }

  private String argument(String argument) {
    if (!isCommand(argument)) {
      return masked(next(argument));
    }
    if (isSecret(previous, argument)) {
      return next(argument);
    }
    previous = "";
    return masked(
        QUOTED_WORD
            .matcher(argument)
            .replaceAll(word -> Matcher.quoteReplacement(next(word.group()))));
  }

  /**
   * Returns whether an argument is a command itself: one for a shell, or the title that a program
   * gave itself.
   */
  private static boolean isCommand(String argument) {
    int end = argument.indexOf(' ');
    return argument.contains(" -") || end > 0 && PasswordOption.isKnown(argument.substring(0, end));
  }

  /** Returns the next argument or word with its secret masked. */
  private String next(String argument) {
    int start =
        isSecret(previous, argument)
            ? 0
            : PasswordOption.passwordStart(program, previous, argument);
    program = PasswordOption.program(program, previous, argument);
    previous = argument;
    return start < 0 ? argument : argument.substring(0, start) + MASK;
  }

  private static boolean isSecret(String name, String argument) {
    if (name.equalsIgnoreCase("authorization:")) {
      return true;
    }
    boolean isOption = OPTION.matcher(name).matches();
    if (!isOption && !WORD.matcher(name).matches() || !SecretNames.isSecret(name)) {
      return false;
    }
    // A count of tokens is no secret, as in a body, nor is a word after one without hyphens.
    String assignment = isOption ? name + "=" + argument : "a " + name + ": " + argument;
    return !masked(assignment).equals(assignment);
  }

  private static String masked(String text) {
    return SecretRules.STANDARD.mask(Bytes.utf8(text)).utf8();
  }
}
