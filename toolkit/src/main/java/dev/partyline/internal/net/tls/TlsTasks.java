package dev.partyline.internal.net.tls;

import javax.net.ssl.SSLEngine;

/** Runs the long computations of an engine on a thread of their own. */
final class TlsTasks {
  private TlsTasks() {}

  /** Starts all tasks that are due; {@code onDone} runs on the same thread. */
  static void start(SSLEngine engine, Runnable onDone) {
    Thread thread = new Thread(() -> run(engine, onDone), "partyline-tls");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(SSLEngine engine, Runnable onDone) {
    try {
      for (Runnable next = engine.getDelegatedTask(); next != null; ) {
        next.run();
        next = engine.getDelegatedTask();
      }
    } finally {
      onDone.run();
    }
  }
}
