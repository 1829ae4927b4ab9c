package dev.partyline.junit5.internal;

import dev.partyline.filter.TcpState;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.ConnectionTable;
import dev.partyline.netstat.OpenSocket;
import dev.partyline.netstat.OpenSockets;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was open when a test began, to tell it from what the test has opened. */
final class SocketBaseline {
  /** How long Linux keeps a connection that is over. */
  private static final Duration TIME_WAIT = Duration.ofSeconds(60);

  /** The kernel tells what is left of it in its own ticks, rounded. */
  private static final Duration TIMER_PRECISION = Duration.ofMillis(100);

  private final OpenSockets sockets = OpenSockets.snapshot();
  private final long startNanos = System.nanoTime();

  /** Returns what a row of a later table is if it was there before the test began. */
  Predicate<ConnectionRow> earlierRows(ConnectionTable table) {
    Set<Long> inodes =
        OpenSockets.snapshot().intersection(sockets).lookUp().stream()
            .map(OpenSocket::inode)
            .collect(Collectors.toSet());
    Set<List<@Nullable InetSocketAddress>> earlierPeers = new HashSet<>();
    table.rows().stream()
        .filter(row -> inodes.contains(row.inode()) && row.remote() != null)
        .forEach(row -> earlierPeers.add(ends(row.remote(), row.local())));
    Duration testTime = Duration.ofNanos(System.nanoTime() - startNanos);
    return row ->
        inodes.contains(row.inode())
            || isOverSince(testTime, row)
            || row.inode() == 0 && earlierPeers.contains(ends(row.local(), row.remote()));
  }

  private static boolean isOverSince(Duration testTime, ConnectionRow row) {
    return row.state() == TcpState.TIME_WAIT
        && TIME_WAIT.minus(row.timeLeft()).minus(TIMER_PRECISION).compareTo(testTime) > 0;
  }

  private static List<@Nullable InetSocketAddress> ends(
      @Nullable InetSocketAddress from, @Nullable InetSocketAddress to) {
    List<@Nullable InetSocketAddress> ends = new ArrayList<>();
    ends.add(from);
    ends.add(to);
    return ends;
  }
}
