package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The sockets that this process has open, by their inodes. */
public final class Descriptors {
  private static final Path OWN = Path.of("/proc/self/fd");

  static {
    try {
      // With the first channel the JDK opens a socket of its own.
      SocketChannel.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final Set<String> before = sockets();

  /** Fails if there are more sockets than there were when this was made. */
  public void assertNothingLeftOpen() {
    Set<String> now = sockets();
    now.removeAll(before);
    assertThat(now).as("sockets that were left open").isEmpty();
  }

  private static Set<String> sockets() {
    Set<String> sockets = new TreeSet<>();
    if (!Files.isDirectory(OWN)) {
      return sockets;
    }
    try (Stream<Path> open = Files.list(OWN)) {
      open.forEach(descriptor -> addSocket(sockets, descriptor));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sockets;
  }

  private static void addSocket(Set<String> sockets, Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (target.startsWith("socket:")) {
        sockets.add(target);
      }
    } catch (IOException e) {
      // It was closed after it had been listed.
    }
  }
}
