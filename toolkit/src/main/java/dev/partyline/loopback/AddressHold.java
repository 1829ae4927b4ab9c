package dev.partyline.loopback;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/**
 * An address that stays ours whether anybody listens there or not.
 *
 * <p>A TCP port is held by a socket that is bound exclusively, and shared only while a second one
 * listens there: nobody else gets the port in either state (measured on Linux). The path of a Unix
 * domain socket stays ours as a file.
 */
final class AddressHold {
  private final Binding binding;
  private final NetworkChannel holder;
  private final BackgroundFailures problems;

  private AddressHold(Binding binding, NetworkChannel holder, BackgroundFailures problems) {
    this.binding = binding;
    this.holder = holder;
    this.problems = problems;
  }

  static AddressHold on(Binding wanted, BackgroundFailures problems) {
    NetworkChannel holder = wanted.hold();
    SocketAddress address = Binding.addressOf(holder);
    if (address instanceof UnixDomainSocketAddress unix) {
      Binding bound = new Binding(wanted.transport(), wanted.host(), 0, unix.getPath());
      return new AddressHold(bound, holder, problems);
    }
    int port = ((InetSocketAddress) address).getPort();
    return new AddressHold(
        new Binding(wanted.transport(), wanted.host(), port, null), holder, problems);
  }

  /** Opens a channel that listens there; after the last one was closed, another can follow. */
  ServerSocketChannel listen() {
    if (binding.path() == null) {
      share(true);
    } else {
      release();
      Binding.deletePath(address(), problems);
    }
    try {
      ServerSocketChannel channel = binding.listen();
      if (binding.path() == null) {
        // Whoever is accepted inherits it.
        bound(channel);
      }
      return channel;
    } catch (LoopbackException e) {
      release();
      throw e;
    }
  }

  private void bound(ServerSocketChannel channel) {
    try {
      RelayEndpoint.bound(channel);
    } catch (IOException e) {
      problems.add(
          "the receive buffer of " + Addresses.literal(address()) + " could not be set", e);
    }
  }

  /** Is told that nobody listens any more: now nobody else is to get in either. */
  void keep() {
    if (binding.path() == null) {
      share(false);
    }
  }

  private void share(boolean on) {
    try {
      holder.setOption(StandardSocketOptions.SO_REUSEADDR, on);
    } catch (IOException e) {
      problems.add("the hold on " + Addresses.literal(address()) + " could not be changed", e);
    }
  }

  SocketAddress address() {
    return binding.path() == null
        ? new InetSocketAddress(binding.host(), binding.port())
        : UnixDomainSocketAddress.of(binding.path());
  }

  /** Adds the channel that holds the address, unless another one listens in its place. */
  void addChannel(List<NetworkChannel> open) {
    if (holder.isOpen()) {
      open.add(holder);
    }
  }

  /** Lets go of the address. */
  void release() {
    try {
      holder.close();
    } catch (IOException e) {
      problems.add(
          "the socket that holds " + Addresses.literal(address()) + " could not be closed", e);
    }
  }
}
