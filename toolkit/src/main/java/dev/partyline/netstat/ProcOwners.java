package dev.partyline.netstat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds owners by the links in {@code /proc/<pid>/fd} (proc(5)), and remembers them: those of this
 * JVM first, which costs a fraction of a millisecond, and those of other processes only for a
 * socket that is not its own.
 *
 * <p>Links of other users' processes are visible only to root.
 */
final class ProcOwners implements OwnerLookup {
  /** What the kernel adds to the path of a program whose file was replaced since it was started. */
  private static final String DELETED_SUFFIX = " \\(deleted\\)";

  private final Path proc;
  private final Set<Long> inodes;
  private @Nullable Map<Long, Owner> ownSockets;
  private @Nullable Map<Long, Owner> otherSockets;

  /**
   * Makes one.
   *
   * @param inodes those of the sockets that will be looked up; more may be added before the first
   *     is
   */
  ProcOwners(Path proc, Set<Long> inodes) {
    this.proc = proc;
    this.inodes = inodes;
  }

  @Override
  public synchronized @Nullable Owner of(long inode) {
    if (!inodes.contains(inode)) {
      return null;
    }
    Owner thisJvm = ifThisJvm(inode);
    return thisJvm != null ? thisJvm : otherSockets().get(inode);
  }

  @Override
  public synchronized @Nullable Owner ifThisJvm(long inode) {
    return ownSockets().get(inode);
  }

  private Map<Long, Owner> ownSockets() {
    if (ownSockets == null) {
      Map<Long, Owner> owners = new HashMap<>();
      search(ProcessHandle.current().pid(), proc.resolve("self"), new HashSet<>(inodes), owners);
      ownSockets = owners;
    }
    return ownSockets;
  }

  private Map<Long, Owner> otherSockets() {
    if (otherSockets == null) {
      Map<Long, Owner> owners = new HashMap<>();
      Set<Long> missing = new HashSet<>(inodes);
      missing.removeAll(ownSockets().keySet());
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
        for (Path process : processes) {
          if (missing.isEmpty()) {
            break;
          }
          search(parseLong(process.getFileName().toString()), process, missing, owners);
        }
      } catch (IOException | DirectoryIteratorException e) {
        // Sockets whose owner is not found are counted in the table.
      }
      otherSockets = owners;
    }
    return otherSockets;
  }

  private static void search(long pid, Path process, Set<Long> missing, Map<Long, Owner> owners) {
    Map<Long, Integer> fdByInode = new HashMap<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        DescriptorLink link = DescriptorLink.of(descriptor);
        long inode = link.inode();
        if (link.kind() == OpenSocket.Kind.SOCKET && missing.contains(inode)) {
          int fd = (int) parseLong(descriptor.getFileName().toString());
          fdByInode.merge(inode, fd, Math::min);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended, or is another user's.
    }
    if (!fdByInode.isEmpty()) {
      Owner owner = owner(pid, process);
      fdByInode.forEach(
          (inode, fd) ->
              owners.put(inode, new Owner(pid, owner.program(), owner.commandLine(), fd)));
      missing.removeAll(fdByInode.keySet());
    }
  }

  private static Owner owner(long pid, Path process) {
    String commandLine = read(process.resolve("cmdline"));
    List<String> arguments = List.of(commandLine.strip().split("\0+"));
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    // A program that rewrites its title leaves one argument, such as "nginx: master process"; one
    // that has cleared it leaves none.
    boolean isPath = !first.isEmpty() && first.chars().noneMatch(Character::isWhitespace);
    String program = isPath ? fileName(first) : programOf(process);
    return new Owner(pid, program, first.isEmpty() ? program : CommandLineText.of(arguments), -1);
  }

  /** Returns the file name of the program; its short name if the file is not visible. */
  private static String programOf(Path process) {
    try {
      String path = Files.readSymbolicLink(process.resolve("exe")).toString();
      return fileName(path.replaceFirst(DELETED_SUFFIX + "$", ""));
    } catch (IOException e) {
      return read(process.resolve("comm")).strip();
    }
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static long parseLong(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
