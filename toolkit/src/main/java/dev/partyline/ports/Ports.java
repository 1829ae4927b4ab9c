package dev.partyline.ports;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that need a number before they run: those of another process, those that are
 * stopped and started again, those that are written into a configuration.
 *
 * <p>A port that was free when somebody looked may be taken when a server binds it. A lease holds
 * it instead, and the kernel is the lock: between threads, JVMs and containers that share a network
 * namespace; a process that is killed lets go at once. No file is locked, and nothing is left
 * behind.
 *
 * <pre>{@code
 * try (PortLease lease = Ports.reserve()) {
 *   Process server = lease.bind(p -> new ProcessBuilder("redis-server", "--port", "" + p).start());
 *   ...
 * }
 * }</pre>
 *
 * <p>Whoever can should do without: a {@link dev.partyline.loopback.Listener}, a {@link
 * dev.partyline.loopback.Tap} or a server of the same JVM binds port 0 and says which one it got.
 *
 * <p>Ports come from 20000 to 29999, below those that the kernel gives to clients and to port 0
 * ({@code net.ipv4.ip_local_port_range}), and without {@code net.ipv4.ip_local_reserved_ports}.
 * {@code -Dpartyline.ports=15000-19999} takes them from elsewhere. Safe to use from several
 * threads.
 */
public final class Ports {
  /** Whose the ports are that this JVM has leased; which are, the kernel alone decides. */
  private static final LeaseRegistry LEASES = new LeaseRegistry();

  private Ports() {}

  /** Comes up with the first lease. */
  private static final class LazyAllocator {
    static final PortAllocator ALLOCATOR =
        new PortAllocator(
            PortProbe.run(),
            PortRange.ofMachine(),
            bound -> ThreadLocalRandom.current().nextInt(bound),
            LEASES);
  }

  /**
   * Leases a port, over TCP and UDP. Until a server binds it, a connect is refused.
   *
   * @throws LoopbackException if there is none left, or no range to take one from
   */
  public static PortLease reserve() {
    return LazyAllocator.ALLOCATOR.reserve(1);
  }

  /**
   * Leases adjacent ports, all or none.
   *
   * @param count how many, 1 to 1000; each takes a descriptor
   * @throws IllegalArgumentException if the count is not in 1..1000
   * @throws LoopbackException if there are not as many left side by side, or no range to take them
   *     from; nothing is left open then
   */
  public static PortLease reserveBlock(int count) {
    return LazyAllocator.ALLOCATOR.reserve(count);
  }

  /**
   * Leases a port where a connect over TCP is refused, and no server can come to be, as it can on a
   * port that is merely closed. Only {@link PortLease#bind} lets one in.
   *
   * @throws LoopbackException if there is none left, or no range to take one from
   */
  public static PortLease refused() {
    return LazyAllocator.ALLOCATOR.refused();
  }

  /**
   * Leases a port where a connect over TCP to {@link PortLease#address()} is not answered and times
   * out, because the backlog there is full and nothing accepts.
   *
   * @throws LoopbackException if there is none left, or no range to take one from
   */
  public static PortLease silent() {
    return LazyAllocator.ALLOCATOR.silent();
  }

  /**
   * Returns who has a port on this machine, a line for each socket that has it at its local end:
   * protocol, address and state as netstat has them, then the process with its user, start and
   * command line, and what there is to explain, such as the seconds left in TIME_WAIT. If a lease
   * of this JVM has it, whose that is, and the stack of its reservation. Other sockets that are
   * bound and do not listen are in no table; the text says so.
   *
   * @throws IllegalArgumentException if the port is not in 1..65535
   */
  public static String whoHas(int port) {
    return PortOwners.describe(ArgumentChecks.port(port, 1), row -> true);
  }

  /**
   * Returns who has a port over one transport, as {@link #whoHas(int)} does for all of them. A
   * lease has its port over TCP and UDP.
   *
   * @throws IllegalArgumentException if the port is not in 1..65535
   */
  public static String whoHas(int port, Transport transport) {
    return PortOwners.describe(ArgumentChecks.port(port, 1), row -> row.transport() == transport);
  }

  static LeaseRegistry leaseRegistry() {
    return LEASES;
  }

  /** Returns how ports are leased on this machine; it is tried once in a JVM. */
  public static PortMechanism mechanism() {
    return LazyAllocator.ALLOCATOR.mechanism();
  }
}
