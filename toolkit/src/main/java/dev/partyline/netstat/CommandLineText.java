package dev.partyline.netstat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command line of a process as text, without what looks like a secret in it. */
final class CommandLineText {
  private static final String MASK = "******";

  /** The end of the name of an option, property or variable whose value is a secret. */
  private static final String SECRET_NAME =
      "(?:pass|password|passwd|passphrase|pwd|secret|token|credentials?|(?:api|access|secret)[-_.]?key)";

  private static final Pattern SECRET_OPTION =
      Pattern.compile("(?i)-{1,2}[\\w.-]*" + SECRET_NAME + "|authorization:");

  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "(?i)("
              + SECRET_NAME
              + "[\"']?[=:]\\s*[\"']?|\\s-{1,2}[\\w.-]*"
              + SECRET_NAME
              + "\\s+)[^\\s&\"']+");

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)(authorization:\\s*(?:(?:basic|bearer|digest)\\s+)?)\\S.*");

  /** As in {@code http://user:secret@host}. */
  private static final Pattern URL_PASSWORD = Pattern.compile("(://[^\\s/:@]*:)[^\\s/@]+@");

  /** As in {@code curl -u user:secret}. */
  private static final Pattern USER_OPTION = Pattern.compile("-u|--(?:proxy-)?user");

  private CommandLineText() {}

  /** Returns the arguments with spaces between them; a secret is replaced by six asterisks. */
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
    if (SECRET_OPTION.matcher(previous).matches()) {
      return MASK;
    }
    if (USER_OPTION.matcher(previous).matches()) {
      return argument.replaceFirst(":.+", ":" + MASK);
    }
    String withoutHeader = AUTHORIZATION.matcher(argument).replaceAll("$1" + MASK);
    String withoutUrl = URL_PASSWORD.matcher(withoutHeader).replaceAll("$1" + MASK + "@");
    return SECRET_VALUE.matcher(withoutUrl).replaceAll("$1" + MASK);
  }
}
