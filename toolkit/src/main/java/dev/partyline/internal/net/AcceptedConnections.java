package dev.partyline.internal.net;

import java.nio.channels.NetworkChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections that a socket has accepted and that one loop serves. */
public final class AcceptedConnections implements EventHandler {
  private final EventLoop loop;
  private final BackgroundFailures failures;
  private final Set<AcceptedConnection> connections = new HashSet<>();
  private final AtomicInteger size = new AtomicInteger();

  AcceptedConnections(EventLoop loop, BackgroundFailures failures) {
    this.loop = loop;
    this.failures = failures;
  }

  public EventLoop loop() {
    return loop;
  }

  /**
   * Returns how many there are, including those that the loop has yet to open; any thread may ask.
   */
  int size() {
    return size.get();
  }

  /** Serves a connection from now on. */
  void add(AcceptedConnection connection) {
    size.incrementAndGet();
    if (loop.isInEventLoop()) {
      open(connection);
    } else {
      loop.execute(this, () -> open(connection));
    }
  }

  private void open(AcceptedConnection connection) {
    connections.add(connection);
    connection.open();
  }

  /** Removes a connection that has ended. */
  public void onClosed(AcceptedConnection connection) {
    if (connections.remove(connection)) {
      size.decrementAndGet();
    }
  }

  void drainInput() {
    loop.call(this, () -> List.copyOf(connections).forEach(AcceptedConnection::drainInput));
  }

  void onStateChanged() {
    loop.execute(this, () -> List.copyOf(connections).forEach(AcceptedConnection::onStateChanged));
  }

  void addChannels(List<NetworkChannel> channels) {
    loop.call(this, () -> connections.forEach(connection -> connection.addChannels(channels)));
  }

  /** Shuts all of them down. */
  void closeConnections() {
    loop.call(
        this,
        () -> {
          try {
            drainInput();
          } finally {
            List.copyOf(connections).forEach(AcceptedConnection::shutdown);
            loop.flushCancelledKeys();
          }
        });
  }

  /** Shuts all of them down, and releases the loop. */
  void close() {
    loop.call(
        this,
        () -> {
          try {
            closeConnections();
          } finally {
            loop.release();
          }
        });
  }

  @Override
  public void onReady(int readyOps) {}

  @Override
  public void onTimeout(long now) {}

  @Override
  public void onFailure(Throwable failure) {
    failures.add("connections could not be served", failure);
  }
}
