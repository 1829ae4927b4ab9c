package dev.partyline.peers;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A real Redis, which is ready for clients. */
final class Redis implements AutoCloseable {
  private final int port;
  private final Process process;

  Redis(int port) {
    this.port = port;
    this.process =
        Program.start("redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "");
    try {
      awaitReady();
    } catch (IOException e) {
      process.destroy();
      throw new UncheckedIOException("redis-server cannot be read", e);
    }
  }

  int port() {
    return port;
  }

  private void awaitReady() throws IOException {
    StringBuilder printed = new StringBuilder();
    while (printed.indexOf("Ready to accept connections") < 0) {
      int next = process.getInputStream().read();
      if (next < 0) {
        throw new IllegalStateException("redis-server ended: " + printed);
      }
      printed.append((char) next);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
