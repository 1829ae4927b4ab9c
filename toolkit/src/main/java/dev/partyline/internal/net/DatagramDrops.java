package dev.partyline.internal.net;

import static java.util.Locale.ROOT;

import dev.partyline.internal.text.Quantity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells what the kernel has dropped because a UDP socket of ours was full: the column {@code drops}
 * of /proc/net/udp. Systems other than Linux do not tell.
 */
public final class DatagramDrops {
  private static final Path TABLES = Path.of("/proc/self/net");

  /** Columns of a table, from 0. */
  private static final int LOCAL = 1;

  private static final int DROPS = 12;

  private final BackgroundFailures failures;
  private long reported;

  public DatagramDrops(BackgroundFailures failures) {
    this.failures = failures;
  }

  /** Adds a failure of the owner if its open channels have dropped more than reported before. */
  public synchronized void report(Object owner, List<NetworkChannel> channels) {
    long total = total(channels, TABLES);
    if (total > reported) {
      failures.add(
          new AssertionError(
              owner
                  + " has lost "
                  + Quantity.of(total - reported, "datagram")
                  + ": the kernel dropped what came while its socket was full; send more slowly,"
                  + " or raise net.core.rmem_max, which bounds its buffer"));
      reported = total;
    }
  }

  /** Returns how many datagrams the kernel has dropped for these channels. */
  static long total(List<NetworkChannel> channels, Path tables) {
    Set<String> locals = new HashSet<>();
    for (NetworkChannel channel : channels) {
      if (channel instanceof DatagramChannel && channel.isOpen()) {
        locals.add(columnText(Binding.addressOf(channel)));
      }
    }
    return locals.isEmpty() ? 0 : total(locals, tables.resolve("udp"), tables.resolve("udp6"));
  }

  private static long total(Set<String> locals, Path... tables) {
    long total = 0;
    for (Path table : tables) {
      for (String line : lines(table)) {
        String[] columns = line.trim().split("\\s+", -1);
        if (columns.length > DROPS && locals.contains(columns[LOCAL])) {
          total += Long.parseLong(columns[DROPS]);
        }
      }
    }
    return total;
  }

  private static List<String> lines(Path table) {
    try {
      return Files.isReadable(table) ? Files.readAllLines(table) : List.of();
    } catch (IOException e) {
      // Without the table nothing is known, as on other systems.
      return List.of();
    }
  }

  /** Returns an address as the tables have it: words in the byte order of the machine. */
  static String columnText(SocketAddress address) {
    InetSocketAddress inet = (InetSocketAddress) address;
    ByteBuffer words =
        ByteBuffer.wrap(inet.getAddress().getAddress()).order(ByteOrder.nativeOrder());
    StringBuilder text = new StringBuilder();
    while (words.hasRemaining()) {
      text.append(String.format(ROOT, "%08X", words.getInt()));
    }
    return text + String.format(ROOT, ":%04X", inet.getPort());
  }
}
