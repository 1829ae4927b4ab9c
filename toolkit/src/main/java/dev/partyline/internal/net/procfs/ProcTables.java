package dev.partyline.internal.net.procfs;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The kernel's tables of sockets in this network namespace: proc_net_tcp(5). Linux alone has them.
 */
final class ProcTables {
  static final Path DIRECTORY = Path.of("/proc/self/net");

  /** What an IPv4 address has before it in a table of IPv6: ::ffff:0:0/96 (RFC 4291, 2.5.5.2). */
  static final String MAPPED_PREFIX = words(ByteBuffer.allocate(12).putShort(10, (short) 0xFFFF));

  private ProcTables() {}

  /** Returns the lines of a table, none if it cannot be read; for TCP this takes 2 ms or more. */
  static List<String> lines(Path table) {
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
    return words(ByteBuffer.wrap(inet.getAddress().getAddress()))
        + String.format(ROOT, ":%04X", inet.getPort());
  }

  private static String words(ByteBuffer address) {
    ByteBuffer words = address.order(ByteOrder.nativeOrder());
    StringBuilder text = new StringBuilder();
    while (words.hasRemaining()) {
      text.append(String.format(ROOT, "%08X", words.getInt()));
    }
    return text.toString();
  }
}
