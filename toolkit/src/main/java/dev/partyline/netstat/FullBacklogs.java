package dev.partyline.netstat;

import dev.partyline.filter.TcpState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connects that wait for room in the backlog of a listener of this machine: the kernel
 * answers no SYN while it is full, and has no other sign of it in its table.
 */
final class FullBacklogs {
  /** When a SYN is sent again (RFC 6298, 2.1). */
  private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(1);

  /** After this time a handshake with a listener that has room is done. */
  private static final Duration MAX_ANSWER_TIME = Duration.ofMillis(50);

  private FullBacklogs() {}

  /**
   * Returns the same rows, in which each such connect has its listener, and the other way round.
   */
  static List<ConnectionRow> link(List<ConnectionRow> rows) {
    List<ConnectionRow> connecting =
        rows.stream().filter(isIn(TcpState.SYN_SENT).and(row -> !isYoung(row))).toList();
    if (connecting.isEmpty()) {
      return rows;
    }
    Map<ConnectionRow, List<ConnectionRow>> peers = new HashMap<>();
    rows.stream()
        .filter(isIn(TcpState.LISTEN).and(row -> row.receiveQueue() > 0))
        .forEach(
            listener -> {
              List<ConnectionRow> waiting =
                  connecting.stream().filter(row -> isFor(listener.local(), row)).toList();
              peers.put(listener, waiting);
              waiting.forEach(row -> peers.put(row, List.of(listener)));
            });
    return rows.stream()
        .map(row -> row.withHandshakePeers(peers.getOrDefault(row, List.of())))
        .toList();
  }

  /** Returns whether its SYN may be answered yet: on a busy machine that can take a moment. */
  private static boolean isYoung(ConnectionRow row) {
    return row.retransmits() == 0
        && row.timeLeft().compareTo(FIRST_TIMEOUT.minus(MAX_ANSWER_TIME)) > 0;
  }

  private static Predicate<ConnectionRow> isIn(TcpState state) {
    return row -> row.state() == state;
  }

  private static boolean isFor(@Nullable InetSocketAddress listener, ConnectionRow connecting) {
    InetSocketAddress remote = connecting.remote();
    InetSocketAddress local = connecting.local();
    if (listener == null || remote == null || local == null) {
      return false;
    }
    boolean isOnThisMachine =
        remote.getAddress().isLoopbackAddress()
            || Objects.equals(remote.getAddress(), local.getAddress());
    return isOnThisMachine
        && remote.getPort() == listener.getPort()
        && (listener.getAddress().isAnyLocalAddress()
            || Objects.equals(remote.getAddress(), listener.getAddress()));
  }
}
