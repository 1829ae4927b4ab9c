package dev.partyline.netstat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket that this JVM has open, or another descriptor of {@link
 * OpenSockets#snapshotWithSelectors}.
 *
 * @param kind what it is
 * @param inode what identifies it among all sockets or pipes, open or closed; -1 of the other
 *     kinds, which have none of their own
 * @param fd the number of its file descriptor, which another socket may get once it is closed
 * @param row its row in the kernel's tables; null if it is in none, because it neither listens nor
 *     is connected: it never was, or is not any more, as after an RST
 */
public record OpenSocket(Kind kind, long inode, int fd, @Nullable ConnectionRow row) {
  private static final Path PROC = Path.of("/proc/self");
  private static final String TARGET_PREFIX = "tfd:";

  /** What a descriptor is open for. */
  public enum Kind {
    /** A socket of any kind. */
    SOCKET("socket:[", "a socket that neither listens nor is connected"),
    /** A pipe, one end of it or both. */
    PIPE("pipe:[", "a pipe"),
    /** What a selector or an asynchronous channel group waits with. */
    EPOLL("anon_inode:[eventpoll", "a selector"),
    /** What wakes a selector. */
    EVENTFD("anon_inode:[eventfd", "an eventfd");

    private final String linkPrefix;
    private final String text;

    Kind(String linkPrefix, String text) {
      this.linkPrefix = linkPrefix;
      this.text = text;
    }

    String linkPrefix() {
      return linkPrefix;
    }

    boolean hasInode() {
      return this == SOCKET || this == PIPE;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  OpenSocket withRow(@Nullable ConnectionRow newRow) {
    return new OpenSocket(kind, inode, fd, kind == Kind.SOCKET ? newRow : null);
  }

  /** Returns whether it is open still; this reads one link, and no table. */
  public boolean isOpen() {
    return new DescriptorLink(kind, inode)
        .equals(DescriptorLink.of(PROC.resolve("fd").resolve(String.valueOf(fd))));
  }

  /**
   * Returns the numbers of the descriptors that an {@link Kind#EPOLL} waits for (proc(5), fdinfo);
   * empty if there are none, for another kind, and if it was closed meanwhile.
   */
  public List<Integer> watchedDescriptors() {
    if (kind != Kind.EPOLL) {
      return List.of();
    }
    try (var lines = Files.lines(PROC.resolve("fdinfo").resolve(String.valueOf(fd)))) {
      return lines
          .filter(line -> line.startsWith(TARGET_PREFIX))
          .map(line -> line.substring(TARGET_PREFIX.length()).strip().split("\\s+", 2)[0])
          .map(Integer::valueOf)
          .toList();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  /** Two are equal if they are the same descriptor of the same socket, in whatever state. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenSocket socket
        && kind == socket.kind
        && inode == socket.inode
        && fd == socket.fd;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, inode, fd);
  }

  /** Returns {@code tcp6 127.0.0.1:80 -> 127.0.0.1:49152 ESTABLISHED, descriptor 17}. */
  @Override
  public String toString() {
    return (row == null ? kind : row) + ", descriptor " + fd;
  }
}
