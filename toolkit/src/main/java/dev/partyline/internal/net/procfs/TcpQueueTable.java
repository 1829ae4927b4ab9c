package dev.partyline.internal.net.procfs;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The columns tx_queue and rx_queue of /proc/net/tcp and tcp6, by the addresses of a socket. */
final class TcpQueueTable {
  private static final int HEX = 16;
  private static final int V4_LENGTH = "0100007F:0050".length();
  private static final int V6_LENGTH = V4_LENGTH + 24;
  private static final int QUEUE_LENGTH = "00000000".length();

  private final Map<String, QueueRow> rows = new HashMap<>();

  private TcpQueueTable() {}

  static TcpQueueTable read(Path tables) {
    TcpQueueTable table = new TcpQueueTable();
    table.add(tables.resolve("tcp"), V4_LENGTH);
    table.add(tables.resolve("tcp6"), V6_LENGTH);
    return table;
  }

  private void add(Path file, int addressLength) {
    for (String line : ProcTables.lines(file)) {
      int local = line.indexOf(": ") + 2;
      int remote = local + addressLength + 1;
      int sendQueue = remote + addressLength + " 01 ".length();
      int receiveQueue = sendQueue + QUEUE_LENGTH + 1;
      if (local > 1 && line.length() > receiveQueue + QUEUE_LENGTH) {
        String key =
            address(line, local, addressLength) + ' ' + address(line, remote, addressLength);
        rows.put(key, new QueueRow(rows.size(), queue(line, sendQueue), queue(line, receiveQueue)));
      }
    }
  }

  private static String address(String line, int offset, int length) {
    boolean mapped = length == V6_LENGTH && line.startsWith(ProcTables.MAPPED_PREFIX, offset);
    return line.substring(
        offset + (mapped ? ProcTables.MAPPED_PREFIX.length() : 0), offset + length);
  }

  private static long queue(String line, int offset) {
    return Long.parseLong(line, offset, offset + QUEUE_LENGTH, HEX);
  }

  /** Returns the key of a socket. */
  static String key(SocketAddress local, SocketAddress remote) {
    return ProcTables.columnText(local) + ' ' + ProcTables.columnText(remote);
  }

  /** Returns how many bytes are sent and not acknowledged; empty if the socket is not there. */
  OptionalLong sendQueue(String key) {
    QueueRow row = rows.get(key);
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.sendQueue);
  }

  /** Returns how many bytes have come and are not read; empty if the socket is not there. */
  OptionalLong receiveQueue(String key) {
    QueueRow row = rows.get(key);
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.receiveQueue);
  }

  /** Returns whether both are here, and the first one was read before the second. */
  boolean isReadBefore(String key, String otherKey) {
    QueueRow row = rows.get(key);
    QueueRow otherRow = rows.get(otherKey);
    return row != null && otherRow != null && row.index < otherRow.index;
  }

  private record QueueRow(int index, long sendQueue, long receiveQueue) {}
}
