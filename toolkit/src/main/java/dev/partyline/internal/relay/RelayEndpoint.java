package dev.partyline.internal.relay;

import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.PlainIo;
import dev.partyline.internal.net.StreamIo;
import dev.partyline.internal.net.tls.TlsIo;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Our endpoint of one of the two connections of a relay. */
final class RelayEndpoint implements EventHandler {
  private final Relay relay;
  private final Side side;
  private final SocketChannel channel;
  private final boolean tcp;
  private StreamIo io;
  private @Nullable SelectionKey key;

  /** Whether nothing is read from this side until TLS starts. */
  private boolean readsPaused;

  /** What the relay waits for, and what the selector watches. */
  private int wantedOps;

  private int interestOps;

  RelayEndpoint(Relay relay, Side side, SocketChannel channel, boolean tcp) {
    this.relay = relay;
    this.side = side;
    this.channel = channel;
    this.tcp = tcp;
    this.io = new PlainIo(channel);
  }

  /** Receives urgent bytes in line: otherwise they would be lost. */
  static void receiveUrgentInline(SocketChannel channel) throws IOException {
    channel.socket().setOOBInline(true);
  }

  SocketChannel channel() {
    return channel;
  }

  void register(EventLoop loop, int ops) throws IOException {
    wantedOps = ops;
    interestOps = ops;
    key = loop.register(channel, ops, this);
  }

  /** Reads nothing before TLS starts: bytes of TLS would be taken for plaintext. */
  void pauseReadsUntilTls() {
    readsPaused = true;
    updateInterest();
  }

  /** Starts TLS with this side. */
  void startTls(TlsSetup tlsSetup, EventLoop loop) throws IOException {
    readsPaused = false;
    TlsSetup peerSetup = tlsSetup;
    if (channel.getRemoteAddress() instanceof InetSocketAddress remote) {
      peerSetup = tlsSetup.withServer(remote.getHostString(), remote.getPort());
    }
    TlsIo stream = new TlsIo(channel, peerSetup, side.peer(), loop, this);
    io = stream;
    stream.startHandshake();
    updateInterest();
  }

  /** Returns what reads and writes for it, plain or under TLS. */
  StreamIo io() {
    return io;
  }

  int read(ByteBuffer in) throws IOException {
    if (readsPaused) {
      return 0;
    }
    int count = io.read(in);
    if (io.isTls()) {
      updateInterest();
    }
    return count;
  }

  /** Sends a FIN, under TLS after a close_notify unless that is left out. */
  void shutdownOutput(boolean closeNotify) throws IOException {
    io.shutdownOutput(closeNotify);
    updateInterest();
  }

  /** Watches for an operation, or no longer. */
  void setInterest(int op, boolean enabled) {
    wantedOps = enabled ? wantedOps | op : wantedOps & ~op;
    updateInterest();
  }

  private void updateInterest() {
    boolean wantsRead = !readsPaused && (wantedOps & SelectionKey.OP_READ) != 0;
    boolean wantsWrite = (wantedOps & SelectionKey.OP_WRITE) != 0;
    int ops = wantedOps & SelectionKey.OP_CONNECT | io.interestOps(wantsRead, wantsWrite);
    SelectionKey selectionKey = key;
    if (ops != interestOps && selectionKey != null && selectionKey.isValid()) {
      interestOps = ops;
      selectionKey.interestOps(ops);
    }
  }

  @Override
  public void onHandshakeDone(TlsSession session) throws IOException {
    relay.onHandshakeDone(side, session);
  }

  @Override
  public void onTaskDone() throws IOException {
    if (relay.isOpen()) {
      relay.pump(side).read();
      updateInterest();
    }
  }

  /** Makes the close that follows send an RST, which a Unix domain socket does not have. */
  void resetOnClose() throws IOException {
    if (tcp && channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }

  boolean isTcp() {
    return tcp;
  }

  /**
   * Makes the channel writable only when the peer has taken practically all that was written: the
   * smallest send buffer has room only then.
   */
  void notifyWhenTaken() throws IOException {
    channel.setOption(StandardSocketOptions.SO_SNDBUF, 1);
    setInterest(SelectionKey.OP_WRITE, true);
  }

  @Override
  public void onReady(SelectionKey selectionKey) throws IOException {
    int ops = selectionKey.readyOps();
    if ((ops & SelectionKey.OP_CONNECT) != 0) {
      if (side == Side.CLIENT || relay.isUpstreamConnected()) {
        relay.pump(side).onUnreadReset();
      } else {
        relay.onConnectable();
      }
      return;
    }
    if ((ops & SelectionKey.OP_READ) != 0) {
      relay.pump(side).read();
    }
    if ((ops & SelectionKey.OP_WRITE) != 0 && relay.isOpen()) {
      boolean readableAfterFlush = io.isReadableAfterFlush();
      if (flush()) {
        relay.pump(side.peer()).onWritable();
      }
      updateInterest();
      if (readableAfterFlush) {
        relay.pump(side).read();
      }
    }
  }

  private boolean flush() throws IOException {
    try {
      return io.flush();
    } catch (IOException e) {
      relay.pump(side).onWriteError(e);
      return false;
    }
  }

  @Override
  public void onTimeout(long now) {}

  @Override
  public void onFailure(Throwable failure) {
    relay.onFailure(failure);
  }
}
