package dev.partyline.ports;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BindFailedException;
import dev.partyline.internal.net.OpenSocketOwner;
import dev.partyline.internal.net.SocketOwner;
import dev.partyline.internal.text.IpText;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One port, or several adjacent ones, over TCP and UDP. While the lease is open, no other lease
 * gets them, and while it holds them, the kernel gives them over TCP to no socket that binds port 0
 * or connects.
 *
 * <p>On Linux a server that sets SO_REUSEADDR, as nearly all do, can bind the port, stop and bind
 * it again at any time: the lease holds it all the while. So could another program, but only if it
 * asks for this very port. Any other server, and any on another system, binds within {@link #bind},
 * or after {@link #releaseForBind()}.
 *
 * <p>Over UDP any server can bind the port at any time. It is not held there: servers over UDP do
 * not set SO_REUSEADDR, so a hold would keep them out. Other leases do not get it all the same, and
 * the kernel gives out no such port by itself, unless {@code -Dpartyline.ports} chooses ports of
 * {@code net.ipv4.ip_local_port_range}.
 *
 * <p>Close it after use, best by try-with-resources: an open lease costs a descriptor for each
 * port. An unreachable one is closed by the garbage collector at some time, so keep a reference as
 * long as the port is in use. Safe to use from several threads.
 */
public final class PortLease implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 5;

  /** A collision that has passed by then does not cost the lease its hold. */
  private static final int MAX_ATTEMPTS_WHILE_HELD = 3;

  private static final long RETRY_DELAY_NANOS = 20_000_000;

  private final List<Integer> ports;
  private final List<PortHold> holds;
  private final boolean shared;
  private final LeaseSockets sockets;
  private final OpenSocketOwner openEntry;
  private final LeaseOrigin origin = new LeaseOrigin();
  private @Nullable FullPort fullPort;
  private volatile State state = State.HOLDING;

  private enum State {
    /** Holds its ports whenever they are free, except while a server binds. */
    HOLDING,
    /** Has released its ports for good. */
    RELEASED,
    CLOSED
  }

  /**
   * Makes one.
   *
   * @param shared whether a server can bind while the holds last
   */
  PortLease(List<PortHold> holds, boolean shared) {
    this.ports = holds.stream().map(PortHold::port).toList();
    this.holds = holds;
    this.shared = shared;
    this.sockets = new LeaseSockets(new AtomicInteger(holds.size()));
    this.openEntry = OpenSocketOwner.register("PortLease{" + label() + "}", sockets);
  }

  /** Keeps no socket from the garbage collector. */
  private record LeaseSockets(AtomicInteger count) implements SocketOwner {
    @Override
    public List<NetworkChannel> channels() {
      return List.of();
    }

    @Override
    public int heldPortCount() {
      return count.get();
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
  public boolean isOpen() {
    return state != State.CLOSED;
  }

  /**
   * Lets a server bind the port while this call lasts, on any system and with or without
   * SO_REUSEADDR.
   *
   * <pre>{@code
   * try (PortLease lease = Ports.reserve();
   *     ServerSocket server = lease.bind(ServerSocket::new)) {
   *   ...
   * }
   * }</pre>
   *
   * <p>After a {@link BindException}, also as the cause of another exception, the server is tried
   * again, 4 times within 60 ms or so: at first while the lease holds the port, since another
   * program may have had it for a moment, then with the port released. If the port is free
   * afterwards, the lease holds it again, else as soon as {@code bind} is called once more. The
   * last exception tells who has the port, in a suppressed one.
   *
   * <p>A program that is started here binds after this call has returned. It must set SO_REUSEADDR,
   * as nearly all servers do but Python's {@code socketserver} does not (nor does a server that
   * sets SO_REUSEPORT alone); otherwise it ends with "Address already in use", and {@link
   * #releaseForBind()} has to be called before it is started. Where ports are {@linkplain
   * Ports#mechanism() not shared}, the port is released for it. {@link Ports#awaitListening} waits
   * until it listens.
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
    boolean holdAfterwards = true;
    try {
      if (shared) {
        tryHoldAgain();
      } else {
        release();
      }
      T server = bindRepeatedly(binder);
      // Where ports are not shared, a program that was started may bind later.
      holdAfterwards = shared;
      return server;
    } finally {
      if (holdAfterwards) {
        tryHoldAgain();
      }
    }
  }

  private <T extends @Nullable Object, E extends Exception> T bindRepeatedly(Binder<T, E> binder)
      throws E {
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
      if (attempt == MAX_ATTEMPTS_WHILE_HELD) {
        release();
      } else {
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
      FullPort newPort = bind(port -> FullPort.open(address(), label()));
      synchronized (this) {
        fullPort = newPort;
      }
    } catch (BindFailedException e) {
      throw new LoopbackException(e.getMessage(), e);
    }
  }

  /**
   * Releases all its ports for good, for a server that cannot bind a port that is held and is not
   * bound within {@link #bind}: a program, or a server that binds later. Call it right before:
   * until that server binds, any process could. A connect to a port that {@linkplain
   * Ports#neverAccepting() never accepts} is refused then. No other lease of this JVM gets the
   * ports before this one is closed. Calling it again has no effect.
   */
  public synchronized void releaseForBind() {
    if (isOpen()) {
      state = State.RELEASED;
    }
    release();
  }

  private synchronized void release() {
    FullPort full = fullPort;
    fullPort = null;
    try {
      if (full != null) {
        full.close();
      }
    } finally {
      if (sockets.count().getAndSet(0) > 0) {
        openEntry.unregister();
        PortHold.releaseAll(holds);
      }
    }
  }

  /** Holds those of its ports again that it has released and that are free. */
  private synchronized void tryHoldAgain() {
    if (state == State.HOLDING) {
      int heldCount = 0;
      for (PortHold hold : holds) {
        heldCount += hold.tryHoldAgain() ? 1 : 0;
      }
      if (sockets.count().getAndSet(heldCount) == 0 && heldCount > 0) {
        openEntry.registerAgain();
      }
    }
  }

  /** Releases all its ports; servers on them keep running. Closing again has no effect. */
  @Override
  public synchronized void close() {
    state = State.CLOSED;
    release();
  }

  /**
   * Returns who has leased the port and where, and how a server can bind it, for a failure that
   * finds it in use.
   */
  synchronized String describe(int port) {
    boolean held = holds.get(port - port()).isHeld();
    return "port "
        + port
        + " is leased in this JVM, and "
        + (held ? "held" : "released to a server")
        + "; it was reserved"
        + origin.describe()
        + (held ? "\n    " + howToBind() : "");
  }

  private String howToBind() {
    String servers = shared ? "a server that does not set SO_REUSEADDR" : "a server";
    return servers + " can bind it only within PortLease.bind, or after releaseForBind()";
  }

  /** Returns the address, and whether the ports are held, released to a server or closed. */
  @Override
  public synchronized String toString() {
    String text = sockets.heldPortCount() == holds.size() ? "held" : "released";
    return "PortLease{" + label() + ", " + (isOpen() ? text : "closed") + "}";
  }

  private String label() {
    String more = ports.size() == 1 ? "" : "-" + ports.get(ports.size() - 1);
    return host() + ":" + port() + more;
  }
}
