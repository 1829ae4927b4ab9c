package dev.partyline.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds owners in the links of {@code /proc/<pid>/fd} (proc(5)), and remembers them: this JVM's
 * first, which costs a fraction of a millisecond, and all others' only for a socket that is not its
 * own.
 *
 * <p>Links of other users' processes are hidden from all but root.
 */
final class ProcOwners implements OwnerLookup {
  private static final String SOCKET = "socket:[";

  private final Path proc;
  private final Set<Long> wanted;
  private @Nullable Map<Long, Owner> own;
  private @Nullable Map<Long, Owner> others;

  /**
   * The inodes are those of the sockets that will be asked about; more may come until the first is.
   */
  ProcOwners(Path proc, Set<Long> wanted) {
    this.proc = proc;
    this.wanted = wanted;
  }

  @Override
  public synchronized @Nullable Owner of(long inode) {
    if (!wanted.contains(inode)) {
      return null;
    }
    Owner mine = ifThisJvm(inode);
    return mine != null ? mine : others().get(inode);
  }

  @Override
  public synchronized @Nullable Owner ifThisJvm(long inode) {
    return own().get(inode);
  }

  private Map<Long, Owner> own() {
    if (own == null) {
      Map<Long, Owner> found = new HashMap<>();
      search(ProcessHandle.current().pid(), proc.resolve("self"), new HashSet<>(wanted), found);
      own = found;
    }
    return own;
  }

  private Map<Long, Owner> others() {
    if (others == null) {
      Map<Long, Owner> found = new HashMap<>();
      Set<Long> missing = new HashSet<>(wanted);
      missing.removeAll(own().keySet());
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
        for (Path process : processes) {
          if (missing.isEmpty()) {
            break;
          }
          search(number(process.getFileName().toString()), process, missing, found);
        }
      } catch (IOException | DirectoryIteratorException e) {
        // What cannot be listed is what cannot be seen, and the table says so of each such socket.
      }
      others = found;
    }
    return others;
  }

  private static void search(long pid, Path process, Set<Long> missing, Map<Long, Owner> found) {
    Map<Long, Integer> here = new HashMap<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        long inode = inode(descriptor);
        if (missing.contains(inode)) {
          int fd = (int) number(descriptor.getFileName().toString());
          here.merge(inode, fd, Math::min);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended, or is another user's.
    }
    if (!here.isEmpty()) {
      Owner any = owner(pid, process);
      here.forEach(
          (inode, fd) -> found.put(inode, new Owner(pid, any.program(), any.command(), fd)));
      missing.removeAll(here.keySet());
    }
  }

  /** Returns the inode of the socket that a link leads to; -1 if there is none. */
  static long inode(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith(SOCKET) && target.endsWith("]")
          ? number(target.substring(SOCKET.length(), target.length() - 1))
          : -1;
    } catch (IOException e) {
      // Closed since it was listed.
      return -1;
    }
  }

  private static Owner owner(long pid, Path process) {
    String line = read(process.resolve("cmdline"));
    int end = line.indexOf('\0');
    String first = end < 0 ? line : line.substring(0, end);
    if (first.isEmpty()) {
      // A process that wiped its command line still has a short name.
      first = read(process.resolve("comm")).strip();
      line = first;
    }
    String program = first.substring(first.lastIndexOf('/') + 1);
    return new Owner(pid, program, line.replace('\0', ' ').strip(), -1);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
