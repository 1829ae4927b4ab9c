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
 * One port, or several adjacent ones, over TCP and UDP. While the lease is open, no other lease
 * gets them, and the kernel gives them to no socket that binds port 0 or connects.
 *
 * <p>On Linux a server that sets SO_REUSEADDR, as nearly all do, can bind the port, stop and bind
 * it again at any time: the lease holds it all the while. So could another program, but only if it
 * asks for this very port. Any other server, and any on another system, binds within {@link #bind},
 * or after {@link #releaseForBind()}.
 *
 * <p>Close it after use, best by try-with-resources: an open lease costs a descriptor for each
 * port. An unreachable one is closed by the garbage collector at some time, so keep a reference as
 * long as the port is in use. Safe to use from several threads.
 */
public final class PortLease implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 5;
  private static final long RETRY_DELAY_NANOS = 20_000_000;

  private final List<Integer> ports;
  private final List<PortHold> holds;
  private final boolean shared;
  private final OpenSocketOwner openEntry;
  private final LeaseOrigin origin = new LeaseOrigin();
  private @Nullable FullPort fullPort;
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
   * Binds a port, such as the constructor of a server, or starts a program that does.
   *
   * @param <T> the type of the server, as seen from the test
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

  /** Returns the port, the first one of several, even if the lease is closed. */
  public int port() {
    return ports.get(0);
  }

  /** Returns all its ports in ascending order. */
  public List<Integer> ports() {
    return ports;
  }

  /**
   * Returns {@code 127.0.0.1}: use it for server and client alike. The port is held on every
   * interface, but with {@code localhost} the server may be on ::1 and the client on 127.0.0.1.
   */
  public String host() {
    return IpText.print(Addresses.loopback());
  }

  /** Returns {@link #host()} and {@link #port()}. */
  public InetSocketAddress address() {
    return new InetSocketAddress(Addresses.loopback(), port());
  }

  /**
   * Names the owner, such as a test: if the port is found in use, the failure has this name with
   * the stack that leased it.
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
   * Lets a server bind the port, on any system and with or without SO_REUSEADDR.
   *
   * <pre>{@code
   * try (PortLease lease = Ports.reserve();
   *     ServerSocket server = lease.bind(ServerSocket::new)) {
   *   ...
   * }
   * }</pre>
   *
   * <p>The lease releases the port only if the server could not bind otherwise, and from then on
   * only the server holds it. After a {@link BindException}, also as the cause of another
   * exception, the server is tried again, 4 times within 60 ms or so. The last exception tells who
   * has the port, in a suppressed one.
   *
   * @param binder binds the port, the first one of several
   * @param <T> the type of the server
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
  void fillBacklog() {
    try {
      FullPort newPort = bind(this::openFullPort);
      synchronized (this) {
        fullPort = newPort;
      }
    } catch (BindFailedException e) {
      throw new LoopbackException(e.getMessage(), e);
    }
  }

  private FullPort openFullPort(int port) {
    Binding binding = Binding.onLoopback(Transport.TCP).withPort(port);
    BackgroundFailures failures = new BackgroundFailures();
    BlockedPort sockets = new BlockedPort(binding.listen(1), address(), failures);
    sockets.fillBacklog();
    return new FullPort(
        sockets,
        failures,
        OpenSocketOwner.register("PortLease{" + label() + ", never accepting}", sockets));
  }

  /** What a lease whose backlog is full has open beside the sockets that hold its port. */
  private record FullPort(
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
   * could. A connect to a port that {@linkplain Ports#neverAccepting() never accepts} is refused
   * then. Calling it again has no effect.
   */
  public synchronized void releaseForBind() {
    FullPort full = fullPort;
    fullPort = null;
    try {
      if (full != null) {
        full.close();
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

  /** Releases all its ports; servers on them keep running. Closing again has no effect. */
  @Override
  public synchronized void close() {
    open = false;
    releaseForBind();
  }

  /** Returns who has leased the port and where, for a failure that finds it in use. */
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
