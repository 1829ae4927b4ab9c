package dev.partyline.netstat;

import dev.partyline.filter.Flow;
import dev.partyline.filter.TcpState;
import dev.partyline.wire.Transport;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One socket in a {@link ConnectionTable}. */
public final class ConnectionRow {
  private static final long UNKNOWN = -1;

  private final ConnectionKey key;
  private final @Nullable TcpState state;
  private final SocketCounters counters;
  private final long inode;
  private final long uid;
  private final @Nullable UnixSocket unix;
  private final OwnerLookup ownerLookup;
  private final List<ConnectionRow> handshakePeers;

  ConnectionRow(
      ConnectionKey key,
      @Nullable TcpState state,
      SocketCounters counters,
      long inode,
      long uid,
      @Nullable UnixSocket unix,
      OwnerLookup ownerLookup) {
    this(key, state, counters, inode, uid, unix, ownerLookup, List.of());
  }

  private ConnectionRow(
      ConnectionKey key,
      @Nullable TcpState state,
      SocketCounters counters,
      long inode,
      long uid,
      @Nullable UnixSocket unix,
      OwnerLookup ownerLookup,
      List<ConnectionRow> handshakePeers) {
    this.key = key;
    this.state = state;
    this.counters = counters;
    this.inode = inode;
    this.uid = uid;
    this.unix = unix;
    this.ownerLookup = ownerLookup;
    this.handshakePeers = handshakePeers;
  }

  /**
   * Returns a row of a TCP socket, for a {@link ConnectionProvider}: empty queues, no known owner.
   *
   * @param remote the other end; null for a listener
   */
  public static ConnectionRow tcp(
      TcpState state, InetSocketAddress local, @Nullable InetSocketAddress remote) {
    return create(
        new ConnectionKey(Transport.TCP, ipVersionOf(local), local, remote, null), state, null);
  }

  /**
   * Returns a row of a UDP socket, for a {@link ConnectionProvider}.
   *
   * @param remote the other end; null if it is not connected
   */
  public static ConnectionRow udp(InetSocketAddress local, @Nullable InetSocketAddress remote) {
    return create(
        new ConnectionKey(Transport.UDP, ipVersionOf(local), local, remote, null), null, null);
  }

  /** Returns a row of a connected Unix domain stream socket, for a {@link ConnectionProvider}. */
  public static ConnectionRow unix(String path) {
    return create(
        new ConnectionKey(Transport.UNIX, 0, null, null, path), null, UnixSocket.CONNECTED_STREAM);
  }

  private static ConnectionRow create(
      ConnectionKey key, @Nullable TcpState state, @Nullable UnixSocket unix) {
    return new ConnectionRow(
        key, state, SocketCounters.NONE, UNKNOWN, UNKNOWN, unix, OwnerLookup.fixed(null));
  }

  private static int ipVersionOf(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address ? 6 : 4;
  }

  /**
   * Returns a row with these queues, in bytes; for a listener in pending connections.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ConnectionRow withQueues(long receive, long send) {
    if (receive < 0 || send < 0) {
      throw new IllegalArgumentException(
          "queues (" + receive + ", " + send + ") must not be negative");
    }
    SocketCounters newCounters =
        new SocketCounters(
            receive,
            send,
            counters.timer(),
            counters.timerCentis(),
            counters.retransmits(),
            counters.probes());
    return new ConnectionRow(
        key, state, newCounters, inode, uid, unix, ownerLookup, handshakePeers);
  }

  /** Returns a row of a socket that this process has open. */
  public ConnectionRow withOwner(Owner owner) {
    return new ConnectionRow(
        key, state, counters, inode, uid, unix, OwnerLookup.fixed(owner), handshakePeers);
  }

  ConnectionRow withHandshakePeers(List<ConnectionRow> peers) {
    return new ConnectionRow(key, state, counters, inode, uid, unix, ownerLookup, peers);
  }

  /** Returns what carries it. */
  public Transport transport() {
    return key.transport();
  }

  /**
   * Returns the version of IP that the socket was opened for, 4 or 6; 0 for a Unix domain socket. A
   * socket for version 6 may have IPv4 addresses, as those of Java have.
   */
  public int ipVersion() {
    return key.ipVersion();
  }

  /** Returns the state of a TCP connection; null for other transports. */
  public @Nullable TcpState state() {
    return state;
  }

  /**
   * Returns netstat's word for the state, such as {@code FIN_WAIT1}. UDP is ESTABLISHED if it is
   * connected, a Unix domain socket LISTENING or CONNECTED; empty if there is none.
   */
  public String stateName() {
    if (unix != null) {
      return unix.stateName();
    }
    if (state == null) {
      return key.remote() == null ? "" : "ESTABLISHED";
    }
    return switch (state) {
      case SYN_RECEIVED -> "SYN_RECV";
      case FIN_WAIT_1 -> "FIN_WAIT1";
      case FIN_WAIT_2 -> "FIN_WAIT2";
      case CLOSED -> "CLOSE";
      default -> state.name();
    };
  }

  /**
   * Returns Recv-Q: the bytes that the program has not read, a FIN counting as one; for a TCP
   * listener, the connections that it has not accepted; over UDP the memory of the datagrams; 0 for
   * a Unix domain socket, because /proc does not have it.
   */
  public long receiveQueue() {
    return counters.receiveQueue();
  }

  /**
   * Returns Send-Q: the bytes that the peer has not acknowledged, sent or not, a SYN or FIN
   * counting as one; 0 for a Unix domain socket.
   */
  public long sendQueue() {
    return counters.sendQueue();
  }

  /** Returns the local end, IPv4-mapped addresses as IPv4; null for a Unix domain socket. */
  public @Nullable InetSocketAddress local() {
    return key.local();
  }

  /** Returns the remote end, IPv4-mapped addresses as IPv4; null if there is none. */
  public @Nullable InetSocketAddress remote() {
    return key.remote();
  }

  /**
   * Returns the path of a Unix domain socket, which begins with {@code @} if it is not a file
   * (unix(7)); null if the socket is unnamed, and for TCP and UDP.
   */
  public @Nullable String path() {
    return key.path();
  }

  /** Returns the inode; 0 if no program has the socket open, -1 if it is not known. */
  public long inode() {
    return inode;
  }

  /** Returns the id of the user that opened it; -1 if that is not known. */
  public long uid() {
    return uid;
  }

  /**
   * Returns netstat's word for the timer that runs: off, on (retransmission), keepalive, timewait,
   * probe (of a zero window).
   */
  public String timer() {
    return counters.timerName();
  }

  /** Returns the time until the timer fires, to a hundredth of a second; zero if none runs. */
  public Duration timeLeft() {
    return Duration.ofMillis(counters.timerCentis() * 10);
  }

  /** Returns how often the oldest unacknowledged segment was sent again. */
  public long retransmits() {
    return counters.retransmits();
  }

  /**
   * Returns the process that has it open; null if there is none (any more) or it is not visible, as
   * other users' processes are only to root. The first call for a row of a table does the search
   * for all its rows.
   */
  public @Nullable Owner owner() {
    return ownerLookup.of(inode);
  }

  boolean isOfThisJvm() {
    return ownerLookup.ifThisJvm(inode) != null;
  }

  /** Returns what a filter matches; this searches for the owner. */
  public Flow flow() {
    Owner owner = owner();
    return owner == null ? flowOfAnyProcess() : flow(owner.pid(), owner.program());
  }

  Flow flowOfAnyProcess() {
    return flow(UNKNOWN, null);
  }

  private Flow flow(long pid, @Nullable String program) {
    return new Flow(transport(), ipVersion(), local(), remote(), path(), state, uid, pid, program);
  }

  /**
   * Returns a sentence that explains a notable state, such as a connection that was not accepted;
   * empty if there is nothing to explain.
   */
  public String explanation() {
    return RowExplanation.of(this);
  }

  /**
   * Returns what a handshake waits for that finds a full backlog: of a socket that has sent a SYN
   * the listener, of the listener those sockets; empty if there is no such handshake.
   */
  List<ConnectionRow> handshakePeers() {
    return handshakePeers;
  }

  ConnectionKey key() {
    return key;
  }

  SocketCounters counters() {
    return counters;
  }

  @Nullable UnixSocket unix() {
    return unix;
  }

  /** Returns {@code tcp6 127.0.0.1:80 -> 127.0.0.1:49152 ESTABLISHED} and the like. */
  @Override
  public String toString() {
    String localText = unix == null ? AddressText.literal(local()) : AddressText.path(path());
    String remoteText = remote() == null ? "" : " -> " + AddressText.literal(remote());
    return (NetstatPrinter.protocol(this) + " " + localText + remoteText + " " + stateName())
        .stripTrailing();
  }
}
