package dev.partyline.internal.relay;

import dev.partyline.internal.net.Connector;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.HandshakeAckDelay;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.Timer;
import dev.partyline.internal.text.DurationText;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connects a relay to its server, when it is time to. */
final class UpstreamConnector {
  private static final long RETRY_DELAY_NANOS = 2_000_000L;

  private final Relay relay;
  private final EventLoop loop;
  private final Upstream upstream;
  private @Nullable RelayEndpoint endpoint;
  private boolean connected;
  private boolean connectFailed;

  /** Whether the last packet of the handshake has been sent; only TCP has one. */
  private boolean ackSent;

  private long connectAtNanos;
  private long startedAtNanos;

  /**
   * Makes one.
   *
   * @param connectAtNanos when to connect
   */
  UpstreamConnector(Relay relay, EventLoop loop, Upstream upstream, long connectAtNanos) {
    this.relay = relay;
    this.loop = loop;
    this.upstream = upstream;
    this.connectAtNanos = connectAtNanos;
  }

  /** Returns our endpoint towards the server, connected or not; null before the first attempt. */
  @Nullable RelayEndpoint endpoint() {
    return endpoint;
  }

  boolean isConnected() {
    return connected;
  }

  boolean hasStarted() {
    return startedAtNanos != 0;
  }

  /** Returns when to connect. */
  long wakeAt() {
    return connectAtNanos;
  }

  void startConnect() throws IOException {
    long now = System.nanoTime();
    startedAtNanos = startedAtNanos == 0 ? now : startedAtNanos;
    connectAtNanos = Timer.NEVER;
    RelayEndpoint server;
    boolean done;
    try {
      SocketChannel channel = upstream.open();
      server = new RelayEndpoint(relay, Side.SERVER, channel, upstream.isTcp());
      endpoint = server;
      done = Connector.tryConnect(channel, upstream.address()) || isConnectedAlready(channel);
    } catch (IOException e) {
      onConnectFailed(e);
      return;
    }
    if (done) {
      onConnected(server);
    } else if (upstream.isTcp()) {
      server.register(loop, SelectionKey.OP_CONNECT);
    } else {
      // The backlog is full. A Unix domain socket gives no sign when that changes (EAGAIN).
      server.channel().close();
      connectAtNanos = now + RETRY_DELAY_NANOS;
      relay.updateTimer();
    }
  }

  /** On one machine a handshake is done at once, and waiting for the selector would take time. */
  private boolean isConnectedAlready(SocketChannel channel) throws IOException {
    return upstream.isTcp() && channel.finishConnect();
  }

  /** Called when the channel has an answer to the connect. */
  void finishConnect() throws IOException {
    RelayEndpoint server = endpoint;
    if (server == null || connected) {
      return;
    }
    boolean done;
    try {
      done = server.channel().finishConnect();
    } catch (IOException e) {
      onConnectFailed(e);
      return;
    }
    if (done) {
      onConnected(server);
    }
  }

  private void onConnected(RelayEndpoint server) throws IOException {
    connected = true;
    server.register(loop, SelectionKey.OP_READ);
    relay.onUpstreamConnected();
    // What the client has sent by now leaves with the last packet of the handshake.
    relay.pump(Side.CLIENT).read();
    if (relay.isOpen()) {
      completeHandshake();
    }
  }

  /** Sends the last packet of the handshake: before it, an RST undoes what no server has seen. */
  void completeHandshake() throws IOException {
    RelayEndpoint server = endpoint;
    if (server != null && connected && !ackSent && upstream.isTcp()) {
      HandshakeAckDelay.sendAck(server.channel());
      ackSent = true;
    }
  }

  /**
   * Called when the first bytes have been written to the server, before or after the last packet of
   * the handshake.
   */
  void onFirstWrite() throws IOException {
    RelayEndpoint server = endpoint;
    if (ackSent && server != null) {
      HandshakeAckDelay.sendAck(server.channel());
    }
  }

  private void onConnectFailed(IOException e) throws IOException {
    Termination.Kind kind =
        switch (SocketError.of(e)) {
          case TIMED_OUT -> Termination.Kind.TIMED_OUT;
          case RESET -> Termination.Kind.RST;
          default -> Termination.Kind.REFUSED;
        };
    connectFailed = true;
    relay.onConnectFailed(kind, "cannot connect to " + upstream + ": " + e.getMessage());
  }

  /** Returns whether the server has not answered the connect. */
  boolean isUnanswered() {
    return hasStarted() && !connected && !connectFailed;
  }

  /** Returns what the ledger says about that. */
  String unansweredCause() {
    return "no answer to the connect to "
        + upstream
        + " for "
        + DurationText.words(Duration.ofNanos(System.nanoTime() - startedAtNanos));
  }
}
