package dev.partyline.tls;

/**
 * This JVM cannot do what TLS needs, such as make a kind of key.
 *
 * <p>The message names what is missing and the providers that were asked; it never has any key in
 * it.
 */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
