package dev.partyline.tls;

/**
 * This JVM does not support what is needed for TLS, such as a type of key.
 *
 * <p>The message names what is missing and the security providers; it never has a key.
 */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
