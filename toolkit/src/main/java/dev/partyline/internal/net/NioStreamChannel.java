package dev.partyline.internal.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A channel that is served by a loop. */
public final class NioStreamChannel implements StreamChannel {
  private final EventLoop loop;
  private final SocketChannel channel;
  private final boolean tcp;
  private @Nullable EventHandler handler;
  private @Nullable SelectionKey key;
  private int interestOps;

  /**
   * Makes one that is not served before {@link #register}.
   *
   * @param tcp whether it is a TCP connection rather than a Unix domain socket
   */
  public NioStreamChannel(EventLoop loop, SocketChannel channel, boolean tcp) {
    this.loop = loop;
    this.channel = channel;
    this.tcp = tcp;
  }

  public SocketChannel socketChannel() {
    return channel;
  }

  @Override
  public SocketAddress localAddress() throws IOException {
    return channel.getLocalAddress();
  }

  @Override
  public SocketAddress remoteAddress() throws IOException {
    return channel.getRemoteAddress();
  }

  @Override
  public void addSocket(List<NetworkChannel> sockets) {
    sockets.add(channel);
  }

  @Override
  public void register(EventHandler endpoint) throws IOException {
    handler = endpoint;
    key = loop.register(channel, interestOps, endpoint);
  }

  @Override
  public int read(ByteBuffer in) throws IOException {
    return channel.read(in);
  }

  @Override
  public int write(ByteBuffer out) throws IOException {
    return channel.write(out);
  }

  @Override
  public boolean sendAck() {
    try {
      return tcp && DelayedAck.send(channel);
    } catch (IOException e) {
      // The peer has reset the connection, which the next read reports.
      return true;
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void setInterestOps(int ops) {
    if (ops == interestOps) {
      return;
    }
    interestOps = ops;
    SelectionKey selectionKey = key;
    if (selectionKey != null && selectionKey.isValid()) {
      selectionKey.interestOps(ops);
    }
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(Objects.requireNonNull(handler), task);
  }

  @Override
  public void resetOnClose() throws IOException {
    if (tcp && channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }

  @Override
  public boolean limitSendBuffer() throws IOException {
    if (tcp) {
      // The smallest send buffer has room only then.
      channel.setOption(StandardSocketOptions.SO_SNDBUF, 1);
    }
    return tcp;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
