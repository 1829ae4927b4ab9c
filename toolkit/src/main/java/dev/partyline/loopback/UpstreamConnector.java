package dev.partyline.loopback;

import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connects a relay with the server behind the tap, when it is time to. */
final class UpstreamConnector {
  private static final long BREATH = 2_000_000L;

  private final Relay relay;
  private final EventLoop loop;
  private final Upstream upstream;
  private @Nullable RelayEndpoint end;
  private boolean connected;
  private boolean refused;

  /** Whether the last packet of the handshake has been sent, which only TCP has. */
  private boolean completed;

  private long at;
  private long begun;

  /**
   * Makes one.
   *
   * @param at when to dial
   */
  UpstreamConnector(Relay relay, EventLoop loop, Upstream upstream, long at) {
    this.relay = relay;
    this.loop = loop;
    this.upstream = upstream;
    this.at = at;
  }

  /** Returns our end of the connection to the server, connected or not; null before there is. */
  @Nullable RelayEndpoint end() {
    return end;
  }

  boolean isConnected() {
    return connected;
  }

  boolean hasBegun() {
    return begun != 0;
  }

  /** Returns when to dial. */
  long wakeAt() {
    return at;
  }

  void dial() throws IOException {
    long now = System.nanoTime();
    begun = begun == 0 ? now : begun;
    at = Timer.NEVER;
    RelayEndpoint dialled;
    boolean there;
    try {
      SocketChannel channel = upstream.open();
      dialled = new RelayEndpoint(relay, Side.SERVER, channel, upstream.isTcp());
      end = dialled;
      there = Connector.begin(channel, upstream.address()) || isConnectedAlready(channel);
    } catch (IOException e) {
      refused(e);
      return;
    }
    if (there) {
      connected(dialled);
    } else if (upstream.isTcp()) {
      dialled.register(loop, SelectionKey.OP_CONNECT);
    } else {
      // The backlog is full. A Unix domain socket gives no sign when that changes (EAGAIN).
      dialled.channel().close();
      at = now + BREATH;
      relay.updateTimer();
    }
  }

  /** On one machine a handshake is over at once, and to wait for a sign of that would take time. */
  private boolean isConnectedAlready(SocketChannel channel) throws IOException {
    return upstream.isTcp() && channel.finishConnect();
  }

  /** The channel has an answer to the connect. */
  void connect() throws IOException {
    RelayEndpoint dialled = end;
    if (dialled == null || connected) {
      return;
    }
    boolean there;
    try {
      there = dialled.channel().finishConnect();
    } catch (IOException e) {
      refused(e);
      return;
    }
    if (there) {
      connected(dialled);
    }
  }

  private void connected(RelayEndpoint dialled) throws IOException {
    connected = true;
    dialled.register(loop, SelectionKey.OP_READ);
    relay.dialled();
    // What the client has said by now goes along with the last packet of the handshake.
    relay.from(Side.CLIENT).read();
    if (upstream.isTcp() && relay.isOpen()) {
      HandshakeAckDelay.complete(dialled.channel());
      completed = true;
    }
  }

  /**
   * The first bytes have been written to the server, ahead of the handshake's last packet or not.
   */
  void began() throws IOException {
    RelayEndpoint dialled = end;
    if (completed && dialled != null) {
      HandshakeAckDelay.complete(dialled.channel());
    }
  }

  private void refused(IOException e) throws IOException {
    String said = String.valueOf(e.getMessage());
    TerminationKind how =
        said.contains("timed out") ? TerminationKind.TIME_OUT : TerminationKind.REFUSED;
    how = said.contains("reset") ? TerminationKind.RST : how;
    refused = true;
    relay.refused(how, "cannot connect to " + upstream + ": " + said);
  }

  /** Returns whether the server was asked, and has said neither yes nor no. */
  boolean isUnanswered() {
    return hasBegun() && !connected && !refused;
  }

  /** Returns what the ledger says of that. */
  String unanswered() {
    return "no answer to the connect to "
        + upstream
        + " for "
        + Addresses.time(Duration.ofNanos(System.nanoTime() - begun));
  }
}
