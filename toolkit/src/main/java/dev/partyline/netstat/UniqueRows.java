package dev.partyline.netstat;

import dev.partyline.filter.TcpState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows, each socket once: the kernel's tables are read in pieces, and a socket that moves in its
 * table between two pieces, or changes its state, is in both.
 */
final class UniqueRows {
  private final Map<Object, ConnectionRow> rows = new LinkedHashMap<>();
  private final Set<Long> inodes = new HashSet<>();

  void add(ConnectionRow row) {
    if (row.inode() == 0 || inodes.add(row.inode())) {
      // A program's socket tells more than what the kernel keeps of the same connection.
      rows.merge(
          key(row),
          row,
          (existing, added) -> existing.inode() != 0 && added.inode() == 0 ? existing : added);
    }
  }

  /** Returns the inodes of all rows, those that are yet to come too. */
  Set<Long> inodes() {
    return inodes;
  }

  List<ConnectionRow> list() {
    return List.copyOf(rows.values());
  }

  private static Object key(ConnectionRow row) {
    UnixSocket unix = row.unix();
    if (unix != null && row.inode() == 0) {
      // Many may wait at one path, and where the kernel hides its numbers nothing tells them apart.
      return unix.number() == 0 ? new Object() : "unix " + unix.number();
    }
    boolean isConnection = row.state() != null && row.state() != TcpState.LISTEN;
    return isConnection || row.inode() == 0 ? row.key() : row.inode();
  }
}
