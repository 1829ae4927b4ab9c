package dev.partyline.netstat;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An option by which some programs take a password, though to others its letter says something
 * else.
 *
 * @param program the names of the programs, with the word {@code login} if that came since
 * @param option the option, or the word that a password follows
 * @param form where its value stands
 * @param separator what is before the password in the value; may be empty
 */
record PasswordOption(Pattern program, String option, Form form, String separator) {
  private static final String LOGIN = "login";

  private static final List<PasswordOption> ALL =
      List.of(
          of("redis-cli", "-a", Form.NEXT, ""),
          of("redis-cli", "AUTH", Form.NEXT, ""),
          // With a blank after it the option asks for a password, and a database is next.
          of("(?:mysql|mariadb)[a-z-]*", "-p", Form.ATTACHED, ""),
          of("mongo[a-z]*", "-p", Form.EITHER, ""),
          of("sshpass", "-p", Form.EITHER, ""),
          of("rabbitmqadmin", "-p", Form.NEXT, ""),
          of(".* " + LOGIN, "-p", Form.NEXT, ""),
          of("vault " + LOGIN, LOGIN, Form.NEXT, ""),
          of("mosquitto_[a-z]+", "-P", Form.NEXT, ""),
          of("ldap[a-z]+", "-w", Form.EITHER, ""),
          of("openssl", "-k", Form.NEXT, ""),
          of("curl", "-u", Form.EITHER, ":"),
          of("curl", "-U", Form.EITHER, ":"),
          of("curl", "-E", Form.EITHER, ":"),
          of("https?", "-a", Form.EITHER, ":"),
          of("lftp", "-u", Form.EITHER, ","),
          of("smbclient", "-U", Form.EITHER, "%"),
          of(".*", "-u", Form.NEXT, ":"),
          of(".*", "--user", Form.NEXT, ":"),
          of(".*", "--proxy-user", Form.NEXT, ":"));

  enum Form {
    NEXT,
    ATTACHED,
    EITHER
  }

  private static PasswordOption of(String program, String option, Form form, String separator) {
    return new PasswordOption(Pattern.compile(program), option, form, separator);
  }

  /** Returns the program that is called where an argument stands after another one. */
  static String program(String last, String previous, String argument) {
    String name = argument.substring(argument.lastIndexOf('/') + 1);
    if (name.equals(LOGIN) && !last.isEmpty()) {
      return last + " " + LOGIN;
    }
    // What is called as a program may be a user or a container, too.
    return last.isEmpty() || !previous.startsWith("-") && isKnown(name) ? name : last;
  }

  static boolean isKnown(String name) {
    return ALL.stream()
        .filter(each -> !each.program.pattern().startsWith("."))
        .anyMatch(
            each ->
                each.program.matcher(name).matches()
                    || each.program.matcher(name + " " + LOGIN).matches());
  }

  /** Returns where the password begins in an argument, or -1 if it has none. */
  static int passwordStart(String program, String previous, String argument) {
    return ALL.stream()
        .filter(each -> each.program.matcher(program).matches())
        .mapToInt(each -> each.start(previous, argument))
        .filter(start -> start >= 0)
        .findFirst()
        .orElse(-1);
  }

  private int start(String previous, String argument) {
    int valueStart = valueStart(previous, argument);
    int separatorStart = valueStart < 0 ? -1 : argument.indexOf(separator, valueStart);
    int start = separatorStart < 0 ? -1 : separatorStart + separator.length();
    return start < argument.length() ? start : -1;
  }

  private int valueStart(String previous, String argument) {
    if (form != Form.ATTACHED && previous.equals(option) && !argument.startsWith("-")) {
      return 0;
    }
    return form != Form.NEXT && argument.startsWith(option) ? option.length() : -1;
  }
}
