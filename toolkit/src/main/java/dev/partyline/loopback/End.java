package dev.partyline.loopback;

import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One of the two channels of a relay, and who is at the other end of it. */
final class End implements Target {
  private static final int MOST_UNREAD = 2 << 20;

  private final Relay relay;
  private final Side side;
  private final SocketChannel channel;
  private final boolean tcp;
  private @Nullable SelectionKey key;
  private int interest;

  End(Relay relay, Side side, SocketChannel channel, boolean tcp) {
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

  void register(Loop loop, int ops) throws IOException {
    interest = ops;
    key = loop.register(channel, ops, this);
  }

  /** Asks to be told when something can be done, or no more. */
  void want(int op, boolean on) {
    int wanted = on ? interest | op : interest & ~op;
    SelectionKey registered = key;
    if (wanted != interest && registered != null && registered.isValid()) {
      interest = wanted;
      registered.interestOps(wanted);
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
      if (side == Side.CLIENT || relay.isConnected()) {
        relay.from(side).sourceDied();
      } else {
        relay.connect();
      }
      return;
    }
    if ((ops & SelectionKey.OP_READ) != 0) {
      relay.from(side).read();
    }
    if ((ops & SelectionKey.OP_WRITE) != 0) {
      relay.from(side.peer()).flush();
    }
  }

  @Override
  public void timeUp(long now) {}

  @Override
  public void failed(Throwable problem) {
    relay.failed(problem);
  }
}
