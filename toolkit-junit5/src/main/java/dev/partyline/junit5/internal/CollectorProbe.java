package dev.partyline.junit5.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Tells whether the garbage collector has run, and whether the JDK has closed what it collected.
 *
 * <p>It opens a file and forgets it. The collector clears the reference to it at once, and the JDK
 * closes the file with everything else that was collected, on the thread that closes sockets.
 */
final class CollectorProbe implements AutoCloseable {
  private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");

  private final ReferenceQueue<InputStream> queue = new ReferenceQueue<>();
  private final WeakReference<InputStream> stream;
  private final Path file;

  private CollectorProbe(Path file, InputStream stream) {
    this.file = file;
    this.stream = new WeakReference<>(stream, queue);
  }

  static CollectorProbe open() {
    try {
      Path file = Files.createTempFile("partyline", null);
      return new CollectorProbe(file, openAndDelete(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a temporary file: " + e.getMessage(), e);
    }
  }

  private static InputStream openAndDelete(Path file) throws IOException {
    InputStream stream = new FileInputStream(file.toFile());
    Files.delete(file);
    return stream;
  }

  /** Waits so long, or until the collector runs. */
  void sleep(long millis) throws InterruptedException {
    queue.remove(Math.max(1, millis));
  }

  /** Returns whether the collector has run since this was opened or renewed. */
  boolean hasRun() {
    return stream.refersTo(null);
  }

  /** Returns whether the JDK has closed what the collector has found. */
  boolean hasClosed() {
    try (Stream<Path> descriptors = Files.list(OWN_DESCRIPTORS)) {
      return descriptors.noneMatch(this::isLinkToFile);
    } catch (IOException e) {
      return true;
    }
  }

  private boolean isLinkToFile(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith(file.toString());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    InputStream open = stream.get();
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close a temporary file: " + e.getMessage(), e);
      }
    }
  }
}
