package dev.partyline.internal.relay;

import dev.partyline.internal.net.MemoryStreamChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Connects a relay to our own end, which is the server. */
final class MemoryConnector implements ServerConnector {
  private final Relay relay;
  private final MemoryStreamChannel stream;
  private final Runnable onConnected;
  private @Nullable RelaySide server;

  /**
   * Makes one.
   *
   * @param stream the end of the relay
   * @param onConnected opens our own end
   */
  MemoryConnector(Relay relay, MemoryStreamChannel stream, Runnable onConnected) {
    this.relay = relay;
    this.stream = stream;
    this.onConnected = onConnected;
  }

  @Override
  public @Nullable RelaySide server() {
    return server;
  }

  @Override
  public void connect() throws IOException {
    RelaySide newServer = relay.newServer(new RelayChannel.Memory(stream));
    server = newServer;
    newServer.endpoint().register();
    onConnected.run();
    relay.core().setup().onConnected();
  }

  @Override
  public void finishConnect() {
    throw new IllegalStateException("a connect in memory is never in progress: " + relay);
  }

  @Override
  public void onWritten() {}

  @Override
  public void completeHandshake() {}
}
