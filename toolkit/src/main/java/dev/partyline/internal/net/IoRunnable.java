package dev.partyline.internal.net;

import java.io.IOException;

/** Something to be done with sockets. */
@FunctionalInterface
public interface IoRunnable {
  void run() throws IOException;
}
