package dev.partyline.internal.net.tls;

import javax.net.ssl.SSLEngine;

/** What an engine takes long to compute: that is done on a thread of its own. */
final class TlsTasks {
  private TlsTasks() {}

  /** Begins to do all there is; what comes then is done on that thread, too. */
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
