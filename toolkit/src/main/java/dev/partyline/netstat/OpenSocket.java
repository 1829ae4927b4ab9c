package dev.partyline.netstat;

import org.jspecify.annotations.Nullable;

/**
 * A socket that this JVM has open.
 *
 * @param inode what identifies it among all sockets, open or closed
 * @param fd the number of its file descriptor, which another socket may get once it is closed
 * @param row its row in the kernel's tables; null if it is in none, because it neither listens nor
 *     is connected: it never was, or is not any more, as after an RST
 */
public record OpenSocket(long inode, int fd, @Nullable ConnectionRow row) {
  /** Returns {@code tcp6 127.0.0.1:80 -> 127.0.0.1:49152 ESTABLISHED, descriptor 17}. */
  @Override
  public String toString() {
    String what =
        row == null ? "a socket that neither listens nor is connected" : String.valueOf(row);
    return what + ", descriptor " + fd;
  }
}
