package dev.partyline.internal.relay;

import dev.partyline.internal.net.Connector;
import dev.partyline.internal.net.DelayedAck;
import dev.partyline.internal.net.NioStreamChannel;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.procfs.PeerProgressReader;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connects the relay of a tap to its server. */
final class UpstreamConnector implements ServerConnector {
  private final Relay relay;
  private final Upstream upstream;
  private final boolean slowReader;
  private final PeerProgressReader progressReader;

  /** Null before the first attempt, as the side of the server is. */
  private @Nullable SocketChannel channel;

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

  UpstreamConnector(
      Relay relay, Upstream upstream, boolean slowReader, PeerProgressReader progressReader) {
    this.relay = relay;
    this.upstream = upstream;
    this.slowReader = slowReader;
    this.progressReader = progressReader;
  }

  @Override
  public @Nullable RelaySide server() {
    return server;
  }

  @Override
  public void connect() throws IOException {
    RelaySide newServer;
    boolean done;
    try {
      SocketChannel newChannel = upstream.open(slowReader);
      channel = newChannel;
      boolean tcp = upstream.isTcp();
      NioStreamChannel stream = new NioStreamChannel(relay.loop(), newChannel, tcp);
      newServer = relay.newServer(new RelayChannel.Socket(stream, tcp, progressReader));
      server = newServer;
      done = Connector.tryConnect(newChannel, upstream.address()) || isConnectedAlready(newChannel);
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
  private boolean isConnectedAlready(SocketChannel newChannel) throws IOException {
    return upstream.isTcp() && newChannel.finishConnect();
  }

  @Override
  public void finishConnect() throws IOException {
    RelaySide connecting = Objects.requireNonNull(server);
    boolean done;
    try {
      done = Objects.requireNonNull(channel).finishConnect();
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

  @Override
  public void completeHandshake() {
    sendAck(Ack.DELAYED, Ack.SENT);
  }

  @Override
  public void onWritten() {
    sendAck(Ack.SENT, Ack.FOLLOWED);
  }

  private void sendAck(Ack from, Ack to) {
    SocketChannel connected = channel;
    if (connected == null || ack != from) {
      return;
    }
    ack = to;
    try {
      DelayedAck.send(connected);
    } catch (IOException e) {
      // The server has reset the connection, which a read reports.
      ack = Ack.NONE;
    }
  }
}
