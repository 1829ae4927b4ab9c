package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/**
 * A socket could not be opened, or was closed while it was in use.
 *
 * <p>The message names the address, the value that was wrong, and what to do about it. Whatever was
 * opened before the failure is closed again.
 */
public final class LoopbackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LoopbackException(String message) {
    super(message);
  }

  public LoopbackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
