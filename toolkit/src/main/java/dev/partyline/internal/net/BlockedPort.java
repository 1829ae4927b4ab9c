package dev.partyline.internal.net;

import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An address that is held and accepts no connection: connects are refused, or never answered. It
 * needs no loop.
 */
public final class BlockedPort implements BoundSocket {
  /** After this time a handshake is not merely slow, even on a busy machine. */
  private static final long HANDSHAKE_TIMEOUT_MILLIS = 50;

  private final SocketAddress address;
  private final List<NetworkChannel> channels = new ArrayList<>();
  private final BackgroundFailures failures;

  public BlockedPort(NetworkChannel channel, SocketAddress address, BackgroundFailures failures) {
    this.channels.add(channel);
    this.address = address;
    this.failures = failures;
  }

  /** Fills the backlog with connections of our own, so that there is no room for others. */
  public void fillBacklog() {
    try (Selector selector = Selector.open()) {
      boolean backlogHasRoom = true;
      while (backlogHasRoom) {
        SocketChannel filler = SocketChannel.open(Binding.familyOf(address));
        channels.add(filler);
        filler.configureBlocking(false);
        if (address instanceof InetSocketAddress inet) {
          // An unconnected socket has a local address only if it was bound to one.
          filler.bind(new InetSocketAddress(inet.getAddress(), 0));
        }
        backlogHasRoom = Connector.tryConnect(filler, address);
        if (!backlogHasRoom && address instanceof InetSocketAddress) {
          // A handshake that is only slow ends soon; one that found the backlog full does not.
          SelectionKey key = filler.register(selector, SelectionKey.OP_CONNECT);
          backlogHasRoom = selector.select(HANDSHAKE_TIMEOUT_MILLIS) > 0;
          key.cancel();
          selector.selectNow();
        }
      }
    } catch (IOException e) {
      close();
      Binding.deletePath(address, failures);
      throw new LoopbackException(
          "cannot fill the backlog of " + Addresses.literal(address) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void open() {}

  @Override
  public void drainInput() {}

  @Override
  public List<NetworkChannel> channels() {
    return channels.stream().filter(NetworkChannel::isOpen).toList();
  }

  @Override
  public void onStateChanged() {}

  @Override
  public void close() {
    String owner = "the socket at " + Addresses.literal(address);
    channels.forEach(channel -> failures.close(channel, owner));
  }
}
