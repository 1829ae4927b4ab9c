package dev.partyline.loopback;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * An address that stays ours whether anybody listens there or not.
 *
 * <p>A TCP port is held by a socket that was bound exclusively and made shareable only then, so
 * that a second one can listen there and stop again while nobody else gets the port (measured on
 * Linux). The path of a Unix domain socket stays ours as a file.
 */
final class Hold {
  private final Binding binding;
  private final @Nullable NetworkChannel holder;
  private final Problems problems;

  private Hold(Binding binding, @Nullable NetworkChannel holder, Problems problems) {
    this.binding = binding;
    this.holder = holder;
    this.problems = problems;
  }

  static Hold on(Binding wanted, Problems problems) {
    NetworkChannel holder = wanted.hold();
    SocketAddress address = Binding.addressOf(holder);
    if (address instanceof UnixDomainSocketAddress unix) {
      Binding bound = new Binding(wanted.transport(), wanted.host(), 0, unix.getPath());
      return new Hold(bound, holder, problems);
    }
    int port = ((InetSocketAddress) address).getPort();
    Binding bound = new Binding(wanted.transport(), wanted.host(), port, null);
    try {
      holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return new Hold(bound, holder, problems);
    } catch (IOException e) {
      throw new LoopbackException("cannot share port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Opens a channel that listens there; after the last one was closed, another can follow. */
  ServerSocketChannel listen() {
    if (binding.path() != null) {
      release();
      Openings.deletePath(address(), problems);
    }
    try {
      return binding.listen(Openings.BACKLOG);
    } catch (LoopbackException e) {
      release();
      throw e;
    }
  }

  SocketAddress address() {
    return binding.path() == null
        ? new InetSocketAddress(binding.host(), binding.port())
        : UnixDomainSocketAddress.of(binding.path());
  }

  /** Lets go of the address. */
  void release() {
    try {
      if (holder != null) {
        holder.close();
      }
    } catch (IOException e) {
      problems.add("the socket that holds " + Literals.of(address()) + " could not be closed", e);
    }
  }
}
