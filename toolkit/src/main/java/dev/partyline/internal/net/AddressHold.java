package dev.partyline.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/**
 * Keeps an address for a tap, whether the tap listens there at the moment or not.
 *
 * <p>A TCP port is held by a socket that is bound exclusively, and shared only while a second one
 * listens there: no other process gets the port in either state (measured on Linux). The path of a
 * Unix domain socket is kept by its file.
 */
public final class AddressHold {
  private final Binding binding;
  private final NetworkChannel socket;
  private final boolean slowReader;
  private final BackgroundFailures failures;

  private AddressHold(
      Binding binding, NetworkChannel socket, boolean slowReader, BackgroundFailures failures) {
    this.binding = binding;
    this.socket = socket;
    this.slowReader = slowReader;
    this.failures = failures;
  }

  /**
   * Binds a socket to the address.
   *
   * @param slowReader whether connections have a small receive buffer
   */
  public static AddressHold open(Binding binding, boolean slowReader, BackgroundFailures failures) {
    NetworkChannel socket = binding.hold();
    SocketAddress address = Binding.addressOf(socket);
    if (address instanceof UnixDomainSocketAddress unix) {
      Binding exactBinding = new Binding(binding.transport(), binding.host(), 0, unix.getPath());
      return new AddressHold(exactBinding, socket, slowReader, failures);
    }
    int port = ((InetSocketAddress) address).getPort();
    return new AddressHold(
        new Binding(binding.transport(), binding.host(), port, null), socket, slowReader, failures);
  }

  /** Opens a channel that listens there, unless one is open already. */
  public ServerSocketChannel listen() {
    if (binding.path() == null) {
      setReuseAddress(true);
    } else {
      release();
      Binding.deletePath(address(), failures);
    }
    try {
      ServerSocketChannel channel = binding.listen();
      if (binding.path() == null) {
        limitReceiveBuffer(channel);
      }
      return channel;
    } catch (RuntimeException e) {
      release();
      throw e;
    }
  }

  private void limitReceiveBuffer(ServerSocketChannel channel) {
    try {
      ReceiveBufferLimit.apply(channel, slowReader);
    } catch (IOException e) {
      failures.add(
          "the receive buffer of " + Addresses.literal(address()) + " could not be set", e);
    }
  }

  /** Prevents others from listening there, now that our channel is closed. */
  void makeExclusive() {
    if (binding.path() == null) {
      setReuseAddress(false);
    }
  }

  private void setReuseAddress(boolean enabled) {
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, enabled);
    } catch (IOException e) {
      failures.add("the hold on " + Addresses.literal(address()) + " could not be changed", e);
    }
  }

  public SocketAddress address() {
    return binding.path() == null
        ? new InetSocketAddress(binding.host(), binding.port())
        : UnixDomainSocketAddress.of(binding.path());
  }

  /** Adds the channel that holds the address to a list, unless a listening one has replaced it. */
  public void addChannel(List<NetworkChannel> channels) {
    if (socket.isOpen()) {
      channels.add(socket);
    }
  }

  /** Releases the address. */
  public void release() {
    failures.close(socket, "the socket that holds " + Addresses.literal(address()));
  }
}
