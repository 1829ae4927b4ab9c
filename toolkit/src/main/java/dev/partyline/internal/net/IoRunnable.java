package dev.partyline.internal.net;

import java.io.IOException;

/** A {@link Runnable} that may throw an {@link IOException}. */
@FunctionalInterface
public interface IoRunnable {
  void run() throws IOException;
}
