package dev.partyline.internal.relay;

import dev.partyline.internal.net.Connector;
import dev.partyline.internal.net.DelayedAck;
import dev.partyline.internal.net.SocketError;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Connects a relay to its server. */
final class UpstreamConnector {
  private final Relay relay;
  private final Upstream upstream;
  private @Nullable RelaySide server;
  private Ack ack = Ack.NONE;

  /** The last packet of the TCP handshake. */
  private enum Ack {
    /** There is none: nothing is connected, or not over TCP. */
    NONE,
    DELAYED,
    SENT,
    /** The first bytes were written after it. */
    FOLLOWED
  }

  UpstreamConnector(Relay relay, Upstream upstream) {
    this.relay = relay;
    this.upstream = upstream;
  }

  /** Returns the side of the server, connected or not; null before the first attempt. */
  @Nullable RelaySide server() {
    return server;
  }

  /** Starts to connect. */
  void connect() throws IOException {
    RelaySide newServer;
    boolean done;
    try {
      SocketChannel channel = upstream.open();
      newServer = relay.newServer(channel);
      server = newServer;
      done = Connector.tryConnect(channel, upstream.address()) || isConnectedAlready(channel);
    } catch (IOException e) {
      onFailed(e);
      return;
    }
    if (done) {
      onConnected(newServer);
    } else if (upstream.isTcp()) {
      newServer.endpoint().setConnectInterest(true);
      newServer.endpoint().register();
    } else {
      newServer.endpoint().close();
      relay.core().setup().onConnectDelayed();
    }
  }

  /** On one machine a handshake is done at once, and waiting for the selector would take time. */
  private boolean isConnectedAlready(SocketChannel channel) throws IOException {
    return upstream.isTcp() && channel.finishConnect();
  }

  /** Called when the channel has an answer to the connect. */
  void finishConnect(RelaySide connecting) throws IOException {
    boolean done;
    try {
      done = connecting.socketChannel().finishConnect();
    } catch (IOException e) {
      onFailed(e);
      return;
    }
    if (done) {
      connecting.endpoint().setConnectInterest(false);
      onConnected(connecting);
    }
  }

  private void onFailed(IOException e) {
    if (SocketError.NO_DESCRIPTORS.matches(e)) {
      relay.onNoDescriptors(e);
    }
    relay.core().setup().onConnectFailed(SocketError.of(e), String.valueOf(e.getMessage()));
  }

  private void onConnected(RelaySide connected) throws IOException {
    ack = upstream.isTcp() ? Ack.DELAYED : Ack.NONE;
    connected.endpoint().register();
    relay.core().setup().onConnected();
    // What the client has sent by now leaves with the last packet of the handshake.
    relay.client().endpoint().read();
    if (relay.core().isOpen()) {
      completeHandshake();
    }
  }

  /** Sends the last packet of the handshake: before it, an RST undoes what no server has seen. */
  void completeHandshake() {
    sendAck(Ack.DELAYED, Ack.SENT);
  }

  /** Called when bytes have been written to the server. */
  void onWritten() {
    sendAck(Ack.SENT, Ack.FOLLOWED);
  }

  private void sendAck(Ack from, Ack to) {
    RelaySide connected = server;
    if (connected == null || ack != from) {
      return;
    }
    ack = to;
    try {
      DelayedAck.send(connected.socketChannel());
    } catch (IOException e) {
      // The server has reset the connection, which a read reports.
      ack = Ack.NONE;
    }
  }
}
