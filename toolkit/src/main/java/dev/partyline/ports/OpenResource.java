package dev.partyline.ports;

import dev.partyline.internal.net.SocketOwner;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.OpenSocket;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A listener, client, tap or port lease of this JVM that was opened and not closed yet, and who
 * opened it.
 *
 * <p>A client whose connection is over is not among them, nor is a lease that has let go of its
 * ports: they have no socket.
 */
public final class OpenResource {
  /** What all tests have open, for whoever looks for what one of them has left open. */
  private static final Set<OpenResource> ALL = ConcurrentHashMap.newKeySet();

  private static final String PACKAGE_PREFIX = OpenResource.class.getPackageName() + ".";

  private final Object owner;
  private final SocketOwner sockets;

  /** Keeps the stack as the JVM has it; it is made readable only if somebody reads it. */
  private final Throwable openStack = new Throwable();

  private OpenResource(Object owner, SocketOwner sockets) {
    this.owner = owner;
    this.sockets = sockets;
  }

  /** Notes that the owner has been opened, by whoever is calling. */
  @SuppressWarnings("exports")
  public static OpenResource register(Object owner, SocketOwner sockets) {
    OpenResource resource = new OpenResource(owner, sockets);
    ALL.add(resource);
    return resource;
  }

  /** Is told that it was closed. */
  public void unregister() {
    ALL.remove(this);
  }

  /** Returns all that are open now, in any order. */
  public static List<OpenResource> snapshot() {
    return List.copyOf(ALL);
  }

  /** Returns the {@link Listener}, {@link Client} or {@link Tap}; of a lease, its text. */
  public Object owner() {
    return owner;
  }

  /** Returns how many sockets it has open, accepted and dialled ones included. */
  public int socketCount() {
    return sockets.channels().size() + sockets.holds();
  }

  /**
   * Returns which of these sockets are its own. One that is in no table of the kernel looks like
   * any other: of those it returns as many as it has itself.
   */
  public List<OpenSocket> ownSockets(List<OpenSocket> candidates) {
    List<NetworkChannel> channels = sockets.channels();
    List<OpenSocket> owned = new ArrayList<>();
    int namelessCount = sockets.holds();
    for (NetworkChannel channel : channels) {
      namelessCount += isNameless(channel) ? 1 : 0;
    }
    for (OpenSocket socket : candidates) {
      ConnectionRow row = socket.row();
      if (row == null || row.transport() == Transport.UNIX && row.path() == null) {
        namelessCount--;
        if (namelessCount >= 0) {
          owned.add(socket);
        }
      } else if (channels.stream().anyMatch(channel -> matches(channel, row))) {
        owned.add(socket);
      }
    }
    return owned;
  }

  /** Whether it only holds a port, or is the end of a Unix domain socket that has no path. */
  private static boolean isNameless(NetworkChannel channel) {
    return channel instanceof SocketChannel stream
        && (remoteAddress(stream) == null && !stream.isConnectionPending()
            || localAddress(stream) instanceof UnixDomainSocketAddress unix
                && unix.getPath().toString().isEmpty());
  }

  private static boolean matches(NetworkChannel channel, ConnectionRow row) {
    SocketAddress local = localAddress(channel);
    if (local instanceof UnixDomainSocketAddress unix) {
      return unix.getPath().toString().equals(row.path());
    }
    boolean udp = channel instanceof DatagramChannel;
    return local != null
        && local.equals(row.local())
        && udp == (row.transport() == Transport.UDP)
        && (!(channel instanceof SocketChannel stream)
            || isConnectedTo(remoteAddress(stream), row));
  }

  /** A channel that is being connected does not know yet to whom. */
  private static boolean isConnectedTo(@Nullable SocketAddress remote, ConnectionRow row) {
    return remote == null || remote.equals(row.remote());
  }

  private static @Nullable SocketAddress localAddress(NetworkChannel channel) {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      // Closed meanwhile: then it is nowhere.
      return null;
    }
  }

  private static @Nullable SocketAddress remoteAddress(SocketChannel channel) {
    try {
      return channel.getRemoteAddress();
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns a throwable that says what was opened, with the stack of whoever did. */
  public Throwable openStackTrace() {
    Throwable trace = new Throwable(this + " was opened here");
    trace.setStackTrace(
        Arrays.stream(openStack.getStackTrace())
            .dropWhile(frame -> frame.getClassName().startsWith(PACKAGE_PREFIX))
            .toArray(StackTraceElement[]::new));
    return trace;
  }

  /** Returns what is open, such as {@code Listener{127.0.0.1:80}}. */
  @Override
  public String toString() {
    return owner.toString();
  }
}
