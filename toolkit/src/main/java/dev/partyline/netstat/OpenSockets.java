package dev.partyline.netstat;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of any kind that this JVM had open at one moment, on request also its pipes and
 * selectors: an immutable value, to be compared with another one.
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

  /** Whatever else is no file, such as a device, is left out. */
  private static final Set<OpenSocket.Kind> SOCKETS = EnumSet.of(OpenSocket.Kind.SOCKET);

  private static final Set<OpenSocket.Kind> ALL = EnumSet.allOf(OpenSocket.Kind.class);

  /** Linux gives all epoll and eventfd descriptors the same inode; null if they have their own. */
  private static final @Nullable Object SHARED_INODE = sharedInode();

  private final Map<Object, Descriptor> descriptors;
  private final Set<OpenSocket.Kind> kinds;
  private final boolean known;

  private OpenSockets(
      Map<Object, Descriptor> descriptors, Set<OpenSocket.Kind> kinds, boolean known) {
    this.descriptors = descriptors;
    this.kinds = kinds;
    this.known = known;
  }

  /** Returns the sockets that are open now. */
  public static OpenSockets snapshot() {
    return scan(OWN_DESCRIPTORS, SOCKETS);
  }

  /**
   * Returns the sockets and pipes that are open now, and the epoll and eventfd descriptors, which
   * selectors and asynchronous channel groups are made of.
   */
  public static OpenSockets snapshotWithSelectors() {
    return scan(OWN_DESCRIPTORS, ALL);
  }

  /** Reads a directory like /proc/self/fd. */
  static OpenSockets scan(Path directory, Set<OpenSocket.Kind> kinds) {
    Map<Object, Descriptor> descriptors = new HashMap<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      for (Path descriptor : listing) {
        BasicFileAttributes file = attributes(listing, descriptor);
        // A socket is other than a file, and so are pipes and devices: since() tells them apart.
        if (file != null && file.isOther() && file.fileKey() != null) {
          Descriptor found = new Descriptor(descriptor, null);
          Descriptor other = descriptors.putIfAbsent(key(file.fileKey(), descriptor), found);
          if (other != null && DescriptorLink.of(descriptor).kind() == OpenSocket.Kind.PIPE) {
            descriptors.put(descriptor, found);
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return new OpenSockets(Map.of(), kinds, false);
    }
    return new OpenSockets(descriptors, kinds, JDK_SOCKET_OPENED);
  }

  /** Returns what identifies it; those that share an inode are told apart by their numbers. */
  private static Object key(Object inode, Path descriptor) {
    return inode.equals(SHARED_INODE) ? descriptor : inode;
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

  private static @Nullable Object sharedInode() {
    try (Selector first = Selector.open();
        Selector second = Selector.open();
        DirectoryStream<Path> listing = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
      Set<Object> inodes = new HashSet<>();
      for (Path descriptor : listing) {
        BasicFileAttributes file = attributes(listing, descriptor);
        boolean isOfSelector =
            first.isOpen()
                && second.isOpen()
                && DescriptorLink.of(descriptor).kind() == OpenSocket.Kind.EPOLL;
        if (file != null && isOfSelector && !inodes.add(file.fileKey())) {
          return file.fileKey();
        }
      }
      return null;
    } catch (IOException | DirectoryIteratorException e) {
      return null;
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
    Map<Object, Descriptor> news = new HashMap<>();
    descriptors.forEach(
        (key, descriptor) -> {
          if (!earlier.descriptors.containsKey(key)) {
            Descriptor linked = descriptor.withLink();
            if (linked.isOneOf(kinds)) {
              news.put(key, linked);
            }
          }
        });
    return new OpenSockets(news, kinds, known);
  }

  /** Returns those that were also open at an earlier moment. */
  public OpenSockets intersection(OpenSockets earlier) {
    Map<Object, Descriptor> both = new HashMap<>();
    descriptors.forEach(
        (key, descriptor) -> {
          Descriptor before = earlier.descriptors.get(key);
          if (before != null) {
            // The earlier one may know its link already.
            both.put(key, before.path().equals(descriptor.path()) ? before : descriptor);
          }
        });
    return new OpenSockets(both, kinds, known);
  }

  /** Returns these and others. */
  public OpenSockets union(OpenSockets others) {
    Map<Object, Descriptor> all = new HashMap<>(descriptors);
    all.putAll(others.descriptors);
    return new OpenSockets(all, kinds, known && others.known);
  }

  /**
   * Returns them as they were found, also those that were closed since: without a row, because that
   * needs no look into the tables of the kernel.
   */
  public List<OpenSocket> withoutRows() {
    return descriptors.values().stream()
        .flatMap(each -> each.asSocket().stream())
        .filter(socket -> kinds.contains(socket.kind()))
        .toList();
  }

  /**
   * Looks up each of them in the tables of the kernel, which costs what {@link
   * ConnectionTable#snapshot} costs, and returns those that are still open, by descriptor. The
   * socket at which this JVM lets debuggers and other tools attach is left out.
   */
  public List<OpenSocket> lookUp() {
    List<OpenSocket> open = withoutRows().stream().filter(OpenSocket::isOpen).toList();
    if (open.isEmpty()) {
      return List.of();
    }
    Map<Long, ConnectionRow> rows =
        ConnectionTable.snapshot().rows().stream()
            .filter(row -> row.inode() > 0)
            .collect(toMap(ConnectionRow::inode, row -> row, (first, second) -> first));
    return open.stream()
        .map(socket -> socket.withRow(rows.get(socket.inode())))
        .filter(socket -> !isOfJvm(socket))
        .sorted((one, other) -> Integer.compare(one.fd(), other.fd()))
        .toList();
  }

  private static boolean isOfJvm(OpenSocket socket) {
    String path = socket.row() == null ? null : socket.row().path();
    return path != null && path.endsWith(ATTACH_SOCKET_SUFFIX);
  }

  /**
   * A descriptor that was listed.
   *
   * @param link what it was open for; null if that was not asked for yet
   */
  private record Descriptor(Path path, @Nullable DescriptorLink link) {
    Descriptor withLink() {
      return link == null ? new Descriptor(path, DescriptorLink.of(path)) : this;
    }

    boolean isOneOf(Set<OpenSocket.Kind> kinds) {
      return link != null && link.kind() != null && kinds.contains(link.kind());
    }

    Optional<OpenSocket> asSocket() {
      DescriptorLink found = withLink().link();
      int fd = Integer.parseInt(String.valueOf(path.getFileName()));
      return found == null || found.kind() == null
          ? Optional.empty()
          : Optional.of(new OpenSocket(found.kind(), found.inode(), fd, null));
    }
  }

  /** Returns a line for each, looked up as {@link #lookUp} does; empty if there are none. */
  @Override
  public String toString() {
    return lookUp().stream().map(OpenSocket::toString).collect(joining("\n"));
  }
}
