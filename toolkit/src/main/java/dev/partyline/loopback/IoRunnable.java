package dev.partyline.loopback;

import java.io.IOException;

/** Something to be done with sockets. */
@FunctionalInterface
interface IoRunnable {
  void run() throws IOException;
}
