package dev.partyline.netstat;

import dev.partyline.filter.TcpState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows with each socket once: the kernel's tables are read in parts, and a socket that moves in its
 * table between two reads, or changes its state, is in both.
 */
final class UniqueRows {
  private final Map<Object, ConnectionRow> rows = new LinkedHashMap<>();
  private final Set<Long> inodes = new HashSet<>();

  void add(ConnectionRow row) {
    if (row.inode() == 0 || inodes.add(row.inode())) {
      // A program's socket has more data than what the kernel keeps of the same connection.
      rows.merge(
          key(row),
          row,
          (existing, added) -> existing.inode() != 0 && added.inode() == 0 ? existing : added);
    }
  }

  /** Returns the inodes of all rows, including those that are added later. */
  Set<Long> inodes() {
    return inodes;
  }

  List<ConnectionRow> list() {
    return List.copyOf(rows.values());
  }

  private static Object key(ConnectionRow row) {
    UnixSocket unix = row.unix();
    if (unix != null && row.inode() == 0) {
      // Many may be pending at one path, and if the kernel hides its numbers they look the same.
      return unix.number() == 0 ? new Object() : "unix " + unix.number();
    }
    boolean isConnection = row.state() != null && row.state() != TcpState.LISTEN;
    return isConnection || row.inode() == 0 ? row.key() : row.inode();
  }
}
