package dev.partyline.netstat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a link in {@code /proc/<pid>/fd} points to (proc(5)): {@code socket:[4711]}, {@code
 * pipe:[4712]}, {@code anon_inode:[eventpoll]}.
 *
 * @param kind null if it is something else, such as a file, or was closed since it was listed
 * @param inode that of a socket or pipe, otherwise -1
 */
record DescriptorLink(OpenSocket.@Nullable Kind kind, long inode) {
  private static final DescriptorLink OTHER = new DescriptorLink(null, -1);

  /** Reads the link of a descriptor. */
  static DescriptorLink of(Path descriptor) {
    try {
      return parse(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) {
      return OTHER;
    }
  }

  private static DescriptorLink parse(String target) {
    for (OpenSocket.Kind kind : OpenSocket.Kind.values()) {
      if (target.startsWith(kind.linkPrefix()) && target.endsWith("]")) {
        return kind.hasInode()
            ? withInode(kind, target.substring(kind.linkPrefix().length(), target.length() - 1))
            : new DescriptorLink(kind, -1);
      }
    }
    return OTHER;
  }

  private static DescriptorLink withInode(OpenSocket.Kind kind, String digits) {
    try {
      return new DescriptorLink(kind, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OTHER;
    }
  }
}
