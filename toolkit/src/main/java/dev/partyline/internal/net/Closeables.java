package dev.partyline.internal.net;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes what was opened before a failure. */
public final class Closeables {
  private Closeables() {}

  /** Closes a resource, if there is one; if that fails too, it is suppressed in the failure. */
  public static void closeAfter(Throwable failure, @Nullable Closeable resource) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
