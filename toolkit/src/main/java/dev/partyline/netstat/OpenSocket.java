package dev.partyline.netstat;

import org.jspecify.annotations.Nullable;

/**
 * A socket that this JVM has open.
 *
 * @param inode what tells it from all others, open or closed
 * @param fd the number of the file descriptor that it is open as, which the next socket may get
 *     once it is closed
 * @param row what the kernel's tables say of it; null if it is in none: it was opened or bound, and
 *     neither listens nor is connected, never was or, as after an RST, is no more
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
