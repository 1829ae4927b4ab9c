package dev.partyline.internal.net;

import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;

/**
 * What an error of a socket means.
 *
 * <p>The JDK tells it by its message alone, which is that of the system: this is the one place that
 * reads it. Those of Linux are tested; those of Windows and macOS are as their manuals have them.
 */
public enum SocketError {
  /** The peer has sent an RST (ECONNRESET). */
  RESET("connection reset", "forcibly closed", "aborted by the software"),
  /** Written after our end is shut or, on Linux, after the peer's FIN and RST (EPIPE). */
  BROKEN_PIPE("broken pipe"),
  /** The peer has not acknowledged in time (ETIMEDOUT), or not answered the connect. */
  TIMED_OUT("timed out"),
  /** Nothing listens there (ECONNREFUSED). */
  REFUSED("connection refused"),
  /** Another socket has the address (EADDRINUSE). */
  ADDRESS_IN_USE("address already in use", "address in use"),
  /** The address is not one of this machine (EADDRNOTAVAIL). */
  ADDRESS_NOT_AVAILABLE("assign requested address"),
  /** It takes a privilege, or the system keeps the port to itself (EACCES). */
  PERMISSION_DENIED("permission denied"),
  /**
   * It cannot be done now, such as a connect to a Unix domain socket with a full backlog (EAGAIN).
   */
  TRY_AGAIN("temporarily unavailable"),
  /** The process, or the machine, has no file descriptor left (EMFILE, ENFILE). */
  NO_DESCRIPTORS("too many open files"),
  /** Anything else. */
  OTHER;

  private final List<String> excerpts;

  SocketError(String... excerpts) {
    this.excerpts = List.of(excerpts);
  }

  /** Returns what an exception means. */
  public static SocketError of(Throwable e) {
    if (e instanceof SocketTimeoutException) {
      return TIMED_OUT;
    }
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    for (SocketError error : values()) {
      if (error.excerpts.stream().anyMatch(message::contains)) {
        return error;
      }
    }
    return OTHER;
  }

  /** Returns whether an exception means this. */
  public boolean matches(Throwable e) {
    return of(e) == this;
  }

  /** Returns what there is to do about an exception, after a semicolon; empty if nothing is. */
  public static String advice(Throwable e) {
    return NO_DESCRIPTORS.matches(e)
        ? "; this JVM has no file descriptor left: close what it has open, or raise its limit"
            + " (ulimit -n)"
        : "";
  }
}
