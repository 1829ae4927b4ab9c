package dev.partyline.ports;

import dev.partyline.internal.net.OpenSocketOwner;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener, client, tap or port lease of this JVM that was opened, and where: those that are not
 * closed yet, or what a thread opens from now on.
 *
 * <p>A client whose connection is over is not among them, nor is a lease that has released its
 * ports: they have no socket. Two are equal if they are the same listener, client, tap or lease.
 */
public final class OpenResource {
  /** Whose frames are left out of a stack, because they come before the caller's. */
  private static final List<String> OWN_PACKAGES =
      List.of("dev.partyline.internal.", "dev.partyline.loopback.", "dev.partyline.ports.");

  private final OpenSocketOwner entry;

  private OpenResource(OpenSocketOwner entry) {
    this.entry = entry;
  }

  /** Returns all that are open now, in any order. */
  public static List<OpenResource> snapshot() {
    return OpenSocketOwner.snapshot().stream().map(OpenResource::new).toList();
  }

  /**
   * Has an observer called with everything that the calling thread opens from now on, before it is
   * returned to its caller; for extensions of test frameworks.
   *
   * <p>A thread has one observer at most. Set the previous one again, on the same thread, as soon
   * as the code to observe is done:
   *
   * <pre>{@code
   * Runnable restore = OpenResource.observeThread(opened::add);
   * try {
   *   test.run();
   * } finally {
   *   restore.run();
   * }
   * }</pre>
   *
   * @return sets the previous observer again, or none if there was none
   */
  public static Runnable observeThread(Consumer<OpenResource> observer) {
    Consumer<OpenSocketOwner> previous =
        OpenSocketOwner.setThreadObserver(entry -> observer.accept(new OpenResource(entry)));
    return () -> OpenSocketOwner.setThreadObserver(previous);
  }

  /** Returns whether it is open still. */
  public boolean isOpen() {
    return entry.isOpen();
  }

  /**
   * Closes our ends of its open connections, as closing the listener, client or tap would; a
   * listener or tap goes on listening. A lease, and a listener or tap over UDP, have no connections
   * to close.
   */
  public void closeConnections() {
    entry.closeConnections();
  }

  /** Returns the listener, client or tap; of a lease, its text. */
  public Object owner() {
    return entry.owner();
  }

  /** Returns how many sockets it has open, including accepted and outgoing connections. */
  public int socketCount() {
    return entry.channels().size() + entry.heldPortCount();
  }

  /**
   * Returns which of these sockets are its own. Sockets that are in no table of the kernel cannot
   * be told apart: of those it returns as many as it has itself.
   */
  public List<OpenSocket> ownSockets(List<OpenSocket> candidates) {
    List<NetworkChannel> channels = entry.channels();
    List<OpenSocket> owned = new ArrayList<>();
    long namelessCount =
        entry.heldPortCount() + channels.stream().filter(OpenResource::isNotConnected).count();
    long unnamedUnixCount = channels.stream().filter(OpenResource::isUnnamedUnix).count();
    for (OpenSocket socket : candidates) {
      ConnectionRow row = socket.row();
      if (socket.kind() != OpenSocket.Kind.SOCKET) {
        continue;
      }
      boolean isOwn;
      if (row == null) {
        isOwn = --namelessCount >= 0;
      } else if (row.transport() == Transport.UNIX && row.path() == null) {
        isOwn = --unnamedUnixCount >= 0;
      } else {
        isOwn = channels.stream().anyMatch(channel -> matches(channel, row));
      }
      if (isOwn) {
        owned.add(socket);
      }
    }
    return owned;
  }

  /** Whether it is in no table of the kernel. */
  private static boolean isNotConnected(NetworkChannel channel) {
    return channel instanceof SocketChannel stream
        && remoteAddress(stream) == null
        && !stream.isConnectionPending();
  }

  private static boolean isUnnamedUnix(NetworkChannel channel) {
    return channel instanceof SocketChannel stream
        && !isNotConnected(stream)
        && localAddress(stream) instanceof UnixDomainSocketAddress unix
        && unix.getPath().toString().isEmpty();
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

  /** A channel that is still connecting has no remote address. */
  private static boolean isConnectedTo(@Nullable SocketAddress remote, ConnectionRow row) {
    return remote == null || remote.equals(row.remote());
  }

  private static @Nullable SocketAddress localAddress(NetworkChannel channel) {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      // It was closed meanwhile.
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

  /** Returns a throwable that says what was opened, with the stack of the caller that opened it. */
  public Throwable openStackTrace() {
    Throwable trace = new Throwable(this + " was opened here");
    trace.setStackTrace(
        Arrays.stream(entry.openStack())
            .dropWhile(frame -> OWN_PACKAGES.stream().anyMatch(frame.getClassName()::startsWith))
            .toArray(StackTraceElement[]::new));
    return trace;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenResource resource && entry.equals(resource.entry);
  }

  @Override
  public int hashCode() {
    return entry.hashCode();
  }

  /** Returns what is open, such as {@code Listener{127.0.0.1:80}}. */
  @Override
  public String toString() {
    return entry.owner().toString();
  }
}
