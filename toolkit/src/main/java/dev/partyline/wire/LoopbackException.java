package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/**
 * A socket could not be opened, or was closed under the hands of whoever uses it.
 *
 * <p>The message names the address, the value that was wrong, and what to do about it. Nothing that
 * was opened on the way stays open.
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
