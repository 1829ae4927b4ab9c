package dev.partyline.netstat;

import java.util.List;

/**
 * Looks at the sockets of a system that Partyline cannot look at by itself; Linux needs none.
 *
 * <p>It is found by {@link java.util.ServiceLoader}; the first one that supports the system is
 * asked. Rows are made by {@link ConnectionRow#tcp}, {@link ConnectionRow#udp} and {@link
 * ConnectionRow#unix}.
 */
public interface ConnectionProvider {
  /** Returns which systems it can look at, for an error message, such as {@code macOS}. */
  String systems();

  /** Returns whether it can look at the system that this JVM runs on. */
  boolean isSupported();

  /** Returns the sockets as they are now, in any order. */
  List<ConnectionRow> rows();

  /**
   * Returns what it cannot tell, in words that the table prints, such as {@code unread bytes}; none
   * if it tells everything.
   */
  List<String> limitations();
}
