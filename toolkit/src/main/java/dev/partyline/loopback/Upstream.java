package dev.partyline.loopback;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The server that a tap stands in front of.
 *
 * @param address where it is
 */
record Upstream(SocketAddress address) {
  boolean isTcp() {
    return !(address instanceof UnixDomainSocketAddress);
  }

  /** Returns a channel that is not connected yet. */
  SocketChannel open() throws IOException {
    SocketChannel channel = SocketChannel.open(Binding.familyOf(address));
    try {
      channel.configureBlocking(false);
      if (isTcp()) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        End.takeUrgent(channel);
        End.bound(channel);
        Handshake.hold(channel);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return Addresses.literal(address);
  }
}
