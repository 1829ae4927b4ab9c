package dev.partyline.netstat;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of any kind that this JVM had open at one moment: an immutable value, to be compared
 * with another one.
 *
 * <pre>{@code
 * OpenSockets before = OpenSockets.snapshot();
 * shop.order("tea");
 * OpenSockets left = OpenSockets.snapshot().since(before);
 * }</pre>
 *
 * <p>It reads the links in /proc/self/fd (proc(5)), without an agent: about 3 µs for each file that
 * is open. On a system without /proc nothing is known. What the garbage collector would close some
 * day is open until then; nothing here has it run.
 */
public final class OpenSockets {
  private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String ATTACH_SOCKET_SUFFIX = ".java_pid" + ProcessHandle.current().pid();

  /**
   * The JDK opens a socket of its own with the first channel, whichever that is, and keeps it open.
   * It must not be reported as a leak.
   */
  private static final boolean JDK_SOCKET_OPENED = openAnyChannel();

  private final Map<Object, Path> descriptors;
  private final boolean known;

  private OpenSockets(Map<Object, Path> descriptors, boolean known) {
    this.descriptors = descriptors;
    this.known = known;
  }

  /** Returns those that are open now. */
  public static OpenSockets snapshot() {
    return scan(OWN_DESCRIPTORS);
  }

  /** Reads a directory like /proc/self/fd. */
  static OpenSockets scan(Path directory) {
    Map<Object, Path> descriptors = new HashMap<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      for (Path descriptor : listing) {
        BasicFileAttributes file = attributes(listing, descriptor);
        // A socket is other than a file, and so are pipes and devices: since() tells them apart.
        if (file != null && file.isOther() && file.fileKey() != null) {
          descriptors.put(file.fileKey(), descriptor);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return new OpenSockets(Map.of(), false);
    }
    return new OpenSockets(descriptors, JDK_SOCKET_OPENED);
  }

  /** Relative to the directory, the kernel looks up one name, not four. */
  private static @Nullable BasicFileAttributes attributes(
      DirectoryStream<Path> listing, Path descriptor) {
    try {
      return listing instanceof SecureDirectoryStream<Path> secure
          ? secure
              .getFileAttributeView(
                  Objects.requireNonNull(descriptor.getFileName()), BasicFileAttributeView.class)
              .readAttributes()
          : Files.readAttributes(descriptor, BasicFileAttributes.class);
    } catch (IOException e) {
      // Closed since it was listed, as the listing itself will be.
      return null;
    }
  }

  private static boolean openAnyChannel() {
    try {
      Pipe pipe = Pipe.open();
      pipe.source().close();
      pipe.sink().close();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a pipe: " + e.getMessage(), e);
    }
  }

  /** Returns whether the open sockets could be found out, as they can on Linux. */
  public boolean isKnown() {
    return known;
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return descriptors.isEmpty();
  }

  /** Returns those that were not open at an earlier moment. */
  public OpenSockets since(OpenSockets earlier) {
    return filtered(
        entry ->
            !earlier.descriptors.containsKey(entry.getKey())
                && ProcOwners.inode(entry.getValue()) >= 0);
  }

  /** Returns those that were also open at an earlier moment. */
  public OpenSockets intersection(OpenSockets earlier) {
    return filtered(entry -> earlier.descriptors.containsKey(entry.getKey()));
  }

  /** Returns these and others. */
  public OpenSockets union(OpenSockets others) {
    Map<Object, Path> all = new HashMap<>(descriptors);
    all.putAll(others.descriptors);
    return new OpenSockets(all, known && others.known);
  }

  private OpenSockets filtered(Predicate<Map.Entry<Object, Path>> predicate) {
    return new OpenSockets(
        descriptors.entrySet().stream()
            .filter(predicate)
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)),
        known);
  }

  /**
   * Looks up each of them in the tables of the kernel, which costs what {@link
   * ConnectionTable#snapshot} costs, and returns those that are still open, by descriptor. The
   * socket at which this JVM lets debuggers and other tools attach is left out.
   */
  public List<OpenSocket> lookUp() {
    if (isEmpty()) {
      return List.of();
    }
    Map<Long, ConnectionRow> rows =
        ConnectionTable.snapshot().rows().stream()
            .filter(row -> row.inode() > 0)
            .collect(toMap(ConnectionRow::inode, row -> row, (first, second) -> first));
    return descriptors.values().stream()
        .flatMap(descriptor -> lookUp(descriptor, rows))
        .sorted((one, other) -> Integer.compare(one.fd(), other.fd()))
        .toList();
  }

  private static Stream<OpenSocket> lookUp(Path descriptor, Map<Long, ConnectionRow> rows) {
    long inode = ProcOwners.inode(descriptor);
    ConnectionRow row = rows.get(inode);
    String path = row == null ? null : row.path();
    boolean ofJvm = path != null && path.endsWith(ATTACH_SOCKET_SUFFIX);
    int fd = Integer.parseInt(String.valueOf(descriptor.getFileName()));
    return inode < 0 || ofJvm ? Stream.of() : Stream.of(new OpenSocket(inode, fd, row));
  }

  /** Returns a line for each, looked up as {@link #lookUp} does; empty if there are none. */
  @Override
  public String toString() {
    return lookUp().stream().map(OpenSocket::toString).collect(joining("\n"));
  }
}
