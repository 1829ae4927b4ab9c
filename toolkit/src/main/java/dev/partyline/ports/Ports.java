package dev.partyline.ports;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that must know theirs before they run: servers in another process, servers that
 * are stopped and started again, servers whose port is in a configuration file.
 *
 * <p>A port that was free a moment ago may be in use when a server binds it. A lease holds it, and
 * the kernel is the lock between threads, JVMs and containers that share a network namespace; a
 * process that is killed releases its ports at once. No file is locked, and nothing is left behind.
 *
 * <pre>{@code
 * try (PortLease lease = Ports.reserve()) {
 *   Process server = lease.bind(p -> new ProcessBuilder("redis-server", "--port", "" + p).start());
 *   Ports.awaitListening(lease.port(), Duration.ofSeconds(10));
 *   ...
 * }
 * }</pre>
 *
 * <p>Use port 0 instead where you can: a {@link dev.partyline.loopback.Listener}, a {@link
 * dev.partyline.loopback.Tap} or a server in the same JVM binds it and tells which port it got.
 *
 * <p>Ports come from 20000 to 29999, without those that the kernel gives to clients and to port 0
 * ({@code net.ipv4.ip_local_port_range}), and without {@code net.ipv4.ip_local_reserved_ports}.
 * Where less than 1000 ports are left of these, they come from 10000 to 19999, else from 32768 to
 * 65535; if the kernel gives out all of these, from 20000 to 29999 nevertheless, because it gives
 * out no port that a lease holds. {@code -Dpartyline.ports=15000-19999} chooses others. Safe to use
 * from several threads.
 */
public final class Ports {
  /** Names the owners of leased ports; only the kernel decides who has a port. */
  private static final LeaseRegistry LEASES = new LeaseRegistry();

  private Ports() {}

  /** Probes the machine with the first lease. */
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
   * @throws LoopbackException if there are not enough adjacent ports left, or no range to take them
   *     from; nothing is left open
   */
  public static PortLease reserveBlock(int count) {
    return LazyAllocator.ALLOCATOR.reserve(count);
  }

  /**
   * Leases a port where a connect over TCP is refused. Unlike a port that is merely closed, no
   * server can bind it, except within {@link PortLease#bind}.
   *
   * @throws LoopbackException if there is none left, or no range to take one from
   */
  public static PortLease refusing() {
    return LazyAllocator.ALLOCATOR.refusing();
  }

  /**
   * Leases a port where a connect over TCP to {@link PortLease#address()} is not answered and times
   * out, because the backlog there is full and nothing accepts.
   *
   * @throws LoopbackException if there is none left, or no range to take one from
   */
  public static PortLease neverAccepting() {
    return LazyAllocator.ALLOCATOR.neverAccepting();
  }

  /**
   * Returns who has a port on this machine: a line for each socket with that local port, with
   * protocol, address and state as in netstat, then the process with its user, start and command
   * line (without what looks like a secret), and an explanation, such as the seconds left in
   * TIME_WAIT. Listeners come first, what is only in TIME_WAIT last; of more than ten sockets the
   * others are counted. For a lease of this JVM it has the owner, and the stack that leased it.
   * Other sockets that are bound and do not listen are in no table; the text says so.
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

  /**
   * Returns when a server listens on a port over TCP, on whichever address, such as a program that
   * was started just now. On Linux the server sees nothing of it; on a system whose sockets {@link
   * dev.partyline.netstat.ConnectionTable} cannot list, connections to 127.0.0.1 are tried.
   *
   * @param within how long to wait, above 0, stretched by {@link dev.partyline.wire.TimeoutFactor}
   * @throws LoopbackException if nothing listens by then, or if the thread is interrupted; with who
   *     has the port, as {@link #whoHas(int)} tells it
   * @throws IllegalArgumentException if the port is not in 1..65535, or the time not above 0
   */
  public static void awaitListening(int port, Duration within) {
    ListeningWait.await(
        ArgumentChecks.port(port, 1), TimeoutFactor.stretch(ArgumentChecks.wait("within", within)));
  }

  static LeaseRegistry leaseRegistry() {
    return LEASES;
  }

  /** Returns how ports are leased on this machine, which is probed once in a JVM. */
  public static PortMechanism mechanism() {
    return LazyAllocator.ALLOCATOR.mechanism();
  }
}
