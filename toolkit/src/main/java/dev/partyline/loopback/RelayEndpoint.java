package dev.partyline.loopback;

import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One of the two channels of a relay, and who is at the other end of it. */
final class RelayEndpoint implements EventHandler {
  private static final int MOST_UNREAD = 2 << 20;

  private final Relay relay;
  private final Side side;
  private final SocketChannel channel;
  private final boolean tcp;
  private @Nullable TlsStream tls;
  private @Nullable SelectionKey key;

  /** Whether this side is to say nothing before TLS begins. */
  private boolean silent;

  /** What the relay wants to be told, and what the selector tells. */
  private int wanted;

  private int interest;

  RelayEndpoint(Relay relay, Side side, SocketChannel channel, boolean tcp) {
    this.relay = relay;
    this.side = side;
    this.channel = channel;
    this.tcp = tcp;
  }

  /**
   * Bounds what the kernel keeps for us to read. Left alone it keeps more and more for a reader
   * that lags, until nothing of it is in the processor's cache when its turn comes (measured: a
   * third of the throughput of four connections), and a peer feels back pressure that much later.
   */
  static void bound(NetworkChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, MOST_UNREAD);
  }

  /** Has an urgent byte come in line: else it would not be seen at all. */
  static void takeUrgent(SocketChannel channel) throws IOException {
    channel.socket().setOOBInline(true);
  }

  SocketChannel channel() {
    return channel;
  }

  void register(EventLoop loop, int ops) throws IOException {
    wanted = ops;
    interest = ops;
    key = loop.register(channel, ops, this);
  }

  /** Hears nothing of this side before TLS begins: what came in plain would be taken for it. */
  void awaitTls() {
    silent = true;
    update();
  }

  /** Speaks TLS with this side from now on. */
  void secure(TlsSetup terms, EventLoop loop) throws IOException {
    silent = false;
    TlsSetup here = terms;
    if (channel.getRemoteAddress() instanceof InetSocketAddress remote) {
      here = terms.to(remote.getHostString(), remote.getPort());
    }
    TlsStream begun = new TlsStream(channel, here, side.peer(), loop, this);
    tls = begun;
    begun.begin();
    update();
  }

  /** Returns whether the two have begun TLS and not agreed yet. */
  boolean isHandshaking() {
    return tls != null && tls.isHandshaking();
  }

  /** Returns why TLS is over before its time, null if it is not or there is none. */
  @Nullable String tlsFailure() {
    return tls == null ? null : tls.failure();
  }

  /** Returns whether TLS has more to read than the channel tells of. */
  boolean hasMore() {
    return tls != null && tls.hasMore();
  }

  /** Returns whether something was written that has not left us yet. */
  boolean hasUnsent() {
    return tls != null && tls.hasUnsent();
  }

  /** Returns whether the side ended without saying so under TLS. */
  boolean isTruncated() {
    return tls != null && tls.isTruncated();
  }

  /** Returns a buffer for a read: this one, if there is room enough in it. */
  ByteBuffer roomy(ByteBuffer buffer) {
    return tls == null ? buffer : tls.roomy(buffer);
  }

  int read(ByteBuffer in) throws IOException {
    if (silent) {
      return 0;
    }
    if (tls == null) {
      return channel.read(in);
    }
    int count = tls.read(in);
    update();
    return count;
  }

  int write(ByteBuffer out) throws IOException {
    return tls == null ? channel.write(out) : tls.write(out);
  }

  /** Sends a FIN, under TLS with a close_notify ahead of it unless that is left out. */
  void finish(boolean notify) throws IOException {
    if (tls == null) {
      channel.shutdownOutput();
    } else {
      tls.finish(notify);
      update();
    }
  }

  /** Sends a close_notify if there is TLS, and it has not been sent. */
  void bid() throws IOException {
    if (tls != null) {
      tls.finish(true);
    }
  }

  /** Reads away what nobody will decrypt. */
  void discard() {
    if (tls != null) {
      tls.discard();
    }
  }

  /** Asks to be told when something can be done, or no more. */
  void want(int op, boolean on) {
    wanted = on ? wanted | op : wanted & ~op;
    update();
  }

  private void update() {
    int ops = tls == null ? wanted : underTls(tls);
    ops = silent ? ops & ~SelectionKey.OP_READ : ops;
    SelectionKey registered = key;
    if (ops != interest && registered != null && registered.isValid()) {
      interest = ops;
      registered.interestOps(ops);
    }
  }

  /** TLS has things of its own to say, and can neither hear nor say anything now and then. */
  private int underTls(TlsStream secure) {
    int ops = wanted;
    if (secure.isComputing() || secure.isBlocked()) {
      ops &= ~SelectionKey.OP_READ;
    }
    if (secure.isHandshaking()) {
      ops &= ~SelectionKey.OP_WRITE;
    }
    return secure.isWaitingForRoom() ? ops | SelectionKey.OP_WRITE : ops;
  }

  @Override
  public void secured(TlsSession session) throws IOException {
    relay.secured(side, session);
  }

  @Override
  public void resumed() throws IOException {
    if (relay.isOpen()) {
      relay.from(side).read();
      update();
    }
  }

  /** Has the close that follows send an RST; a Unix domain socket knows none. */
  void abort() throws IOException {
    if (tcp && channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }

  boolean isTcp() {
    return tcp;
  }

  /**
   * Has the selector tell when the other end has taken all that was written, as near as makes no
   * difference: there is room for more in the smallest of buffers only then.
   */
  void awaitTaken() throws IOException {
    channel.setOption(StandardSocketOptions.SO_SNDBUF, 1);
    want(SelectionKey.OP_WRITE, true);
  }

  @Override
  public void ready(SelectionKey ready) throws IOException {
    int ops = ready.readyOps();
    if ((ops & SelectionKey.OP_CONNECT) != 0) {
      if (side == Side.CLIENT || relay.isDialled()) {
        relay.from(side).sourceDied();
      } else {
        relay.connect();
      }
      return;
    }
    if ((ops & SelectionKey.OP_READ) != 0) {
      relay.from(side).read();
    }
    if ((ops & SelectionKey.OP_WRITE) != 0 && relay.isOpen()) {
      boolean blocked = tls != null && tls.isBlocked();
      if (isFree()) {
        relay.from(side.peer()).flush();
      }
      update();
      if (isHandshaking() || blocked) {
        relay.from(side).read();
      }
    }
  }

  /** Returns whether nothing of TLS's own stands ahead of what is written. */
  private boolean isFree() throws IOException {
    try {
      return tls == null || tls.flush() && !tls.isHandshaking();
    } catch (IOException e) {
      relay.from(side).sourceGone();
      return false;
    }
  }

  @Override
  public void timeUp(long now) {}

  @Override
  public void failed(Throwable problem) {
    relay.failed(problem);
  }
}
