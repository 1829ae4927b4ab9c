package dev.partyline.internal.relay;

import dev.partyline.internal.net.NioStreamChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Has the connection to the server, which our own end has made, for its relay. */
final class OpenConnector implements ServerConnector {
  private final Relay relay;
  private final NioStreamChannel stream;
  private final RelaySide server;
  private boolean handshakeCompleted;

  OpenConnector(Relay relay, RelayChannel.Socket channel) {
    this.relay = relay;
    this.stream = channel.stream();
    this.server = relay.newServer(channel);
  }

  @Override
  public @Nullable RelaySide server() {
    return server;
  }

  @Override
  public void connect() throws IOException {
    server.endpoint().register();
    relay.core().setup().onConnected();
    completeHandshake();
  }

  @Override
  public void finishConnect() {
    throw new IllegalStateException("the server is connected already: " + relay);
  }

  @Override
  public void onWritten() {
    completeHandshake();
  }

  @Override
  public void completeHandshake() {
    if (!handshakeCompleted) {
      handshakeCompleted = true;
      stream.sendAck();
    }
  }
}
