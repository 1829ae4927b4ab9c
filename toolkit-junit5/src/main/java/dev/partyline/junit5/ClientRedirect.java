package dev.partyline.junit5;

import dev.partyline.loopback.Tap;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points clients at a tap by what they read: system properties and environment variables.
 *
 * @param element where the tap stands
 * @param tap the tap
 */
record ClientRedirect(InjectionPoint element, Tap tap) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  /** Sets system properties until everybody of the cast has been closed. */
  void properties(String[] lines, TestEndpoints cast) {
    each("systemProperty", lines, (name, value) -> property(name, value, cast));
  }

  /** Notes environment variables for those whom the tests of the cast start. */
  void environment(String[] lines, TestEndpoints cast) {
    each("environment", lines, cast::variable);
  }

  private void property(String name, String value, TestEndpoints cast) {
    cast.filled()
        .take(name, cast, element)
        .ifPresent(
            other -> {
              throw element.wrong(
                  String.format(
                      "fills the system property %s, which %s of %s fills at the same time; such"
                          + " tests exclude one another by @ResourceLock(\"%s\")",
                      name, other, other.home().getSimpleName(), name));
            });
    @Nullable String before = System.getProperty(name);
    cast.atExit(
        () -> {
          if (before == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, before);
          }
          cast.filled().giveBack(name);
        });
    System.setProperty(name, value);
  }

  private void each(String attribute, String[] lines, BiConsumer<String, String> filling) {
    for (String line : lines) {
      int at = line.indexOf('=');
      if (at < 1) {
        throw element.wrong(
            String.format("has %s = \"%s\", which must be name=value", attribute, line));
      }
      Matcher places = PLACEHOLDER.matcher(line.substring(at + 1));
      String value =
          places.replaceAll(place -> Matcher.quoteReplacement(value(attribute, line, place)));
      filling.accept(line.substring(0, at), value);
    }
  }

  private String value(String attribute, String line, MatchResult place) {
    boolean isInet = tap.address() instanceof InetSocketAddress;
    String value =
        switch (place.group(1)) {
          case "host" -> isInet ? tap.host() : "";
          case "port" -> isInet ? String.valueOf(tap.port()) : "";
          case "address" -> isInet ? address() : "";
          case "path" -> isInet ? "" : tap.path().toString();
          default -> "";
        };
    if (value.isEmpty()) {
      throw element.wrong(
          String.format(
              "has %s = \"%s\", where %s stands for nothing: there is %s",
              attribute, line, place.group(), isInet ? "${host}, ${port}, ${address}" : "${path}"));
    }
    return value;
  }

  private String address() {
    String host = tap.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + tap.port();
  }
}
