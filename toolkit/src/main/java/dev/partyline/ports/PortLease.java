package dev.partyline.ports;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.BindFailedException;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.BlockedPort;
import dev.partyline.internal.net.OpenSocketOwner;
import dev.partyline.internal.net.SocketOwner;
import dev.partyline.internal.text.IpText;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One port, or several adjacent ones, over TCP and UDP, that nobody else leases, and nobody gets by
 * binding port 0 or connecting, while this is open.
 *
 * <p>On Linux a server that sets SO_REUSEADDR, as nearly all do, can bind the port, stop and bind
 * it again as often as it likes: the lease holds it all the time. So could a stranger, but only one
 * who asks for this very number. Any other server, and any on another system, binds within {@link
 * #bind}, or after {@link #releaseForBind()}.
 *
 * <p>Closing is up to whoever has reserved it, best by try-with-resources: an open lease costs a
 * descriptor for each port. One that nobody can reach any more is closed by the garbage collector
 * some time, so keep it as long as the port is in use. Safe to use from several threads.
 */
public final class PortLease implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 5;
  private static final long RETRY_DELAY_NANOS = 20_000_000;

  private final List<Integer> ports;
  private final List<PortHold> holds;
  private final boolean shared;
  private final OpenSocketOwner openEntry;
  private final LeaseOrigin origin = new LeaseOrigin();
  private @Nullable SilentPort silentPort;
  private boolean held = true;
  private boolean open = true;

  /**
   * Makes one.
   *
   * @param shared whether a server can bind while the holds last
   */
  PortLease(List<PortHold> holds, boolean shared) {
    this.ports = holds.stream().map(PortHold::port).toList();
    this.holds = holds;
    this.shared = shared;
    this.openEntry =
        OpenSocketOwner.register("PortLease{" + label() + "}", new LeaseSockets(holds.size()));
  }

  /** Keeps no socket from the garbage collector. */
  private record LeaseSockets(int heldPortCount) implements SocketOwner {
    @Override
    public List<NetworkChannel> channels() {
      return List.of();
    }
  }

  /**
   * Something that binds a port, such as the constructor of a server, or starts who does.
   *
   * @param <T> what the server is, as seen from the test
   * @param <E> what is thrown if it cannot be started
   */
  @FunctionalInterface
  public interface Binder<T extends @Nullable Object, E extends Exception> {
    /**
     * Binds the port.
     *
     * @throws E if that is not possible
     */
    T bind(int port) throws E;
  }

  /** Returns the port, the first one of several; a closed lease still tells which it was. */
  public int port() {
    return ports.get(0);
  }

  /** Returns all its ports in their order, each one above the one before. */
  public List<Integer> ports() {
    return ports;
  }

  /**
   * Returns {@code 127.0.0.1}: give it to server and client alike. The port is held on every
   * interface, but a server on {@code localhost} may be on ::1 and its client may not.
   */
  public String host() {
    return IpText.print(Addresses.loopback());
  }

  /** Returns {@link #host()} and {@link #port()}. */
  public InetSocketAddress address() {
    return new InetSocketAddress(Addresses.loopback(), port());
  }

  /**
   * Says whose it is, such as the name of a test: who finds the port taken reads it beside the
   * stack of the reservation.
   *
   * @return this lease
   */
  public PortLease named(String owner) {
    origin.setName(owner);
    return this;
  }

  /** Returns whether it was not closed yet. */
  public synchronized boolean isOpen() {
    return open;
  }

  /**
   * Has a server bind the port, on whatever system and with or without SO_REUSEADDR.
   *
   * <pre>{@code
   * try (PortLease lease = Ports.reserve();
   *     ServerSocket server = lease.bind(ServerSocket::new)) {
   *   ...
   * }
   * }</pre>
   *
   * <p>The lease lets go of the port only where the server could not bind otherwise, and from then
   * on nobody holds it but the server. A {@link BindException}, also as the cause of another
   * exception, has the server tried again, 4 times within 60 ms or so; the last one has as
   * suppressed who has the port.
   *
   * @param binder binds the port, the first one of several
   * @param <T> what the server is
   * @param <E> what is thrown if it cannot be started
   * @return what the server returns
   * @throws E if the server could not be started
   * @throws IllegalStateException if the lease is closed
   */
  public <T extends @Nullable Object, E extends Exception> T bind(Binder<T, E> binder) throws E {
    if (!isOpen()) {
      throw new IllegalStateException(this + " must be open for a server to bind");
    }
    if (!shared) {
      releaseForBind();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return binder.bind(port());
      } catch (Exception e) {
        if (!isBindFailure(e)) {
          throw e;
        }
        if (attempt == MAX_ATTEMPTS) {
          e.addSuppressed(
              new LoopbackException("who has port " + port() + "\n" + describeOwners()));
          throw e;
        }
      }
      releaseForBind();
      if (attempt > 1) {
        LockSupport.parkNanos(RETRY_DELAY_NANOS);
      }
    }
  }

  private String describeOwners() {
    return PortOwners.describe(port(), row -> row.transport() != Transport.UNIX);
  }

  private static boolean isBindFailure(Throwable problem) {
    Throwable cause = problem;
    while (cause != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** Listens on the port with a full backlog, and never accepts. */
  void makeSilent() {
    try {
      SilentPort newPort = bind(this::openSilentPort);
      synchronized (this) {
        silentPort = newPort;
      }
    } catch (BindFailedException e) {
      throw new LoopbackException(e.getMessage(), e);
    }
  }

  private SilentPort openSilentPort(int port) {
    Binding binding = Binding.onLoopback(Transport.TCP).withPort(port);
    BackgroundFailures failures = new BackgroundFailures();
    BlockedPort sockets = new BlockedPort(binding.listen(1), address(), failures);
    sockets.fillBacklog();
    return new SilentPort(
        sockets, failures, OpenSocketOwner.register("PortLease{" + label() + ", silent}", sockets));
  }

  /** What a silent lease has open beside the sockets that hold its port. */
  private record SilentPort(
      BlockedPort sockets, BackgroundFailures failures, OpenSocketOwner openEntry) {
    void close() {
      openEntry.unregister();
      sockets.close();
      failures.throwIfAny();
    }
  }

  /**
   * Releases all its ports, for a server that is started by other means than {@link #bind} and
   * cannot bind a port that is held. Call it right before: until that server binds, any process
   * could. If the lease is {@linkplain Ports#silent() silent}, its port no longer is. Calling it
   * again has no effect.
   */
  public synchronized void releaseForBind() {
    SilentPort silent = silentPort;
    silentPort = null;
    try {
      if (silent != null) {
        silent.close();
      }
    } finally {
      releaseHolds();
    }
  }

  private void releaseHolds() {
    if (held) {
      held = false;
      openEntry.unregister();
      PortHold.closeAll(holds);
    }
  }

  /**
   * Lets go of all its ports, and leaves servers on them alone. More than once is as good as once.
   */
  @Override
  public synchronized void close() {
    open = false;
    releaseForBind();
  }

  /** Returns who has reserved it and where, for those who find the port taken. */
  synchronized String describe(int port) {
    return "port "
        + port
        + " is leased in this JVM, and "
        + (held ? "held" : "released to a server")
        + "; it was reserved"
        + origin.describe();
  }

  /** Returns the address, and whether the port is held, released to a server or closed. */
  @Override
  public synchronized String toString() {
    String state = held ? "held" : "released";
    return "PortLease{" + label() + ", " + (open ? state : "closed") + "}";
  }

  private String label() {
    String more = ports.size() == 1 ? "" : "-" + ports.get(ports.size() - 1);
    return host() + ":" + port() + more;
  }
}
