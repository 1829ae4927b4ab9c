package dev.partyline.netstat;

import java.util.List;

/**
 * Lists the sockets of a system that Partyline does not support itself; Linux needs none.
 *
 * <p>It is found by {@link java.util.ServiceLoader}; the first one that supports the system is
 * used. Rows are made by {@link ConnectionRow#tcp}, {@link ConnectionRow#udp} and {@link
 * ConnectionRow#unix}.
 */
public interface ConnectionProvider {
  /** Returns the systems that it supports, for an error message, such as {@code macOS}. */
  String systems();

  /** Returns whether it supports the system that this JVM runs on. */
  boolean isSupported();

  /** Returns the sockets as they are now, in any order. */
  List<ConnectionRow> rows();

  /**
   * Returns what it does not know, in words that the table prints, such as {@code unread bytes};
   * empty if it knows everything.
   */
  List<String> limitations();
}
