package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.loopback.Tap;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points clients at a tap by system properties and environment variables.
 *
 * @param injectionPoint the element with the annotation
 * @param tap the tap
 */
public record ClientRedirect(InjectionPoint injectionPoint, Tap tap) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  /** Sets system properties until the endpoints are closed. */
  public void setProperties(String[] entries, TestEndpoints endpoints) {
    forEachEntry("systemProperty", entries, (name, value) -> setProperty(name, value, endpoints));
  }

  /** Adds environment variables for programs that tests start. */
  public void addEnvironment(String[] entries, TestEndpoints endpoints) {
    forEachEntry("environment", entries, endpoints::addVariable);
  }

  private void setProperty(String name, String value, TestEndpoints endpoints) {
    endpoints
        .propertyLocks()
        .acquire(name, endpoints, injectionPoint)
        .ifPresent(
            other -> {
              throw injectionPoint.configurationError(
                  String.format(
                      "sets the system property %s, which %s of %s sets at the same time; such"
                          + " tests must exclude one another by @ResourceLock(\"%s\")",
                      name, other, other.declaringClass().getSimpleName(), name));
            });
    @Nullable String previous = System.getProperty(name);
    endpoints.onClose(
        () -> {
          if (previous == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, previous);
          }
          endpoints.propertyLocks().release(name);
        });
    System.setProperty(name, value);
  }

  private void forEachEntry(String attribute, String[] entries, BiConsumer<String, String> action) {
    for (String entry : entries) {
      int equalsIndex = entry.indexOf('=');
      if (equalsIndex < 1) {
        throw injectionPoint.configurationError(
            String.format("has %s = \"%s\", which must be name=value", attribute, entry));
      }
      Matcher matcher = PLACEHOLDER.matcher(entry.substring(equalsIndex + 1));
      String value =
          matcher.replaceAll(
              placeholder -> Matcher.quoteReplacement(value(attribute, entry, placeholder)));
      action.accept(entry.substring(0, equalsIndex), value);
    }
  }

  private String value(String attribute, String entry, MatchResult placeholder) {
    boolean isInet = tap.address() instanceof InetSocketAddress;
    String value =
        switch (placeholder.group(1)) {
          case "host" -> isInet ? tap.host() : "";
          case "port" -> isInet ? String.valueOf(tap.port()) : "";
          case "address" -> isInet ? address() : "";
          case "path" -> isInet ? "" : tap.path().toString();
          default -> "";
        };
    if (value.isEmpty()) {
      throw injectionPoint.configurationError(
          String.format(
              "has %s = \"%s\" with the unknown placeholder %s; known are %s",
              attribute,
              entry,
              placeholder.group(),
              isInet ? "${host}, ${port}, ${address}" : "${path}"));
    }
    return value;
  }

  private String address() {
    String host = tap.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + tap.port();
  }
}
