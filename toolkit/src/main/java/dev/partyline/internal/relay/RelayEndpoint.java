package dev.partyline.internal.relay;

import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.internal.net.tls.TlsIo;
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
  private @Nullable TlsIo tls;
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
    tls = stream;
    stream.startHandshake();
    updateInterest();
  }

  /** Returns whether a TLS handshake is in progress. */
  boolean isHandshaking() {
    return tls != null && tls.isHandshaking();
  }

  /** Returns why TLS has failed, null if it has not or there is none. */
  @Nullable String tlsFailure() {
    return tls == null ? null : tls.failure();
  }

  /** Returns whether TLS has more to read than the selector reports. */
  boolean hasMore() {
    return tls != null && tls.hasMore();
  }

  /** Returns whether something was written that has not been sent yet. */
  boolean hasUnsent() {
    return tls != null && tls.hasUnsent();
  }

  /** Returns whether the side has ended TLS without a close_notify. */
  boolean isTruncated() {
    return tls != null && tls.isTruncated();
  }

  /** Returns a buffer for a read: the given one, if it is large enough. */
  ByteBuffer readBufferFor(ByteBuffer buffer) {
    return tls == null ? buffer : tls.readBufferFor(buffer);
  }

  int read(ByteBuffer in) throws IOException {
    if (readsPaused) {
      return 0;
    }
    if (tls == null) {
      return channel.read(in);
    }
    int count = tls.read(in);
    updateInterest();
    return count;
  }

  int write(ByteBuffer out) throws IOException {
    return tls == null ? channel.write(out) : tls.write(out);
  }

  /** Sends a FIN, under TLS after a close_notify unless that is left out. */
  void shutdownOutput(boolean closeNotify) throws IOException {
    if (tls == null) {
      channel.shutdownOutput();
    } else {
      tls.shutdownOutput(closeNotify);
      updateInterest();
    }
  }

  /** Sends a close_notify if there is TLS and it has not been sent yet. */
  void sendCloseNotify() throws IOException {
    if (tls != null) {
      tls.shutdownOutput(true);
    }
  }

  /** Reads and drops what will not be decrypted. */
  void discard() {
    if (tls != null) {
      tls.discard();
    }
  }

  /** Watches for an operation, or no longer. */
  void setInterest(int op, boolean enabled) {
    wantedOps = enabled ? wantedOps | op : wantedOps & ~op;
    updateInterest();
  }

  private void updateInterest() {
    int ops = tls == null ? wantedOps : tlsInterestOps(tls);
    ops = readsPaused ? ops & ~SelectionKey.OP_READ : ops;
    SelectionKey selectionKey = key;
    if (ops != interestOps && selectionKey != null && selectionKey.isValid()) {
      interestOps = ops;
      selectionKey.interestOps(ops);
    }
  }

  /** TLS writes messages of its own, and at times can neither read nor write. */
  private int tlsInterestOps(TlsIo stream) {
    int ops = wantedOps;
    if (stream.isTaskRunning() || stream.isWaitingForFlush()) {
      ops &= ~SelectionKey.OP_READ;
    }
    if (stream.isHandshaking()) {
      ops &= ~SelectionKey.OP_WRITE;
    }
    return stream.isWriteWanted() ? ops | SelectionKey.OP_WRITE : ops;
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
      boolean wasWaitingForFlush = tls != null && tls.isWaitingForFlush();
      if (flushTls()) {
        relay.pump(side.peer()).onWritable();
      }
      updateInterest();
      if (isHandshaking() || wasWaitingForFlush) {
        relay.pump(side).read();
      }
    }
  }

  /** Returns whether TLS has sent its own messages, so that data can be written. */
  private boolean flushTls() throws IOException {
    try {
      return tls == null || tls.flush() && !tls.isHandshaking();
    } catch (IOException e) {
      relay.pump(side).onSourceReset();
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
