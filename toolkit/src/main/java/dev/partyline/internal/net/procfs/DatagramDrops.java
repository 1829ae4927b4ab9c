package dev.partyline.internal.net.procfs;

import static java.util.stream.Collectors.toSet;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.text.Quantity;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells what the kernel has dropped because a UDP socket of ours was full: the column {@code drops}
 * of /proc/net/udp. Systems other than Linux do not tell.
 */
public final class DatagramDrops {
  /** Columns of a table, from 0. */
  private static final int LOCAL = 1;

  private static final int DROPS = 12;

  private final BackgroundFailures failures;

  /** What was reported of each channel. */
  private final Map<NetworkChannel, Long> reported = new HashMap<>();

  public DatagramDrops(BackgroundFailures failures) {
    this.failures = failures;
  }

  /** Adds a failure of the owner if its open channels have dropped more than reported before. */
  public synchronized void report(Object owner, List<NetworkChannel> channels) {
    Map<String, Long> drops = drops(channels, ProcTables.DIRECTORY);
    long total = 0;
    for (NetworkChannel channel : channels) {
      long count = drops.getOrDefault(address(channel), 0L);
      Long before = reported.put(channel, count);
      total += Math.max(0, count - (before == null ? 0 : before));
    }
    reported.keySet().retainAll(Set.copyOf(channels));
    if (total > 0) {
      failures.add(
          new AssertionError(
              owner
                  + " has lost "
                  + Quantity.of(total, "datagram")
                  + ": the kernel dropped what came while its socket was full; send more slowly,"
                  + " or raise net.core.rmem_max, which bounds its buffer"));
    }
  }

  /** Returns how many datagrams the kernel has dropped, by the address of the socket. */
  static Map<String, Long> drops(List<NetworkChannel> channels, Path tables) {
    Set<String> locals = channels.stream().map(DatagramDrops::address).collect(toSet());
    locals.remove("");
    Map<String, Long> drops = new HashMap<>();
    if (!locals.isEmpty()) {
      addDrops(locals, tables.resolve("udp"), drops);
      addDrops(locals, tables.resolve("udp6"), drops);
    }
    return drops;
  }

  /** Returns the address as the tables have it; empty if it is not an open socket of UDP. */
  private static String address(NetworkChannel channel) {
    try {
      SocketAddress local = channel instanceof DatagramChannel ? channel.getLocalAddress() : null;
      return local == null ? "" : ProcTables.columnText(local);
    } catch (IOException e) {
      // The loop has closed it.
      return "";
    }
  }

  private static void addDrops(Set<String> locals, Path table, Map<String, Long> drops) {
    for (String line : ProcTables.lines(table)) {
      String[] columns = line.trim().split("\\s+", -1);
      if (columns.length > DROPS && locals.contains(columns[LOCAL])) {
        drops.merge(columns[LOCAL], Long.parseLong(columns[DROPS]), Long::sum);
      }
    }
  }
}
