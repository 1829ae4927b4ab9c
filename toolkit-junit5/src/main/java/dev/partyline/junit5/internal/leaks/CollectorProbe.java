package dev.partyline.junit5.internal.leaks;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the garbage collector has run, and whether the JDK has closed what it collected.
 *
 * <p>It makes an object and forgets it; the collector clears the reference to it at once. For the
 * other question it does the same with an open file: the JDK closes it with everything else that
 * was collected, on the thread that closes sockets.
 */
final class CollectorProbe implements AutoCloseable {
  private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");

  /** The thread of jdk.internal.ref.CleanerFactory. */
  private static final String CLEANER_NAME = "Common-Cleaner";

  private static final Set<Thread.State> IDLE_STATES =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private WeakReference<Object> object = new WeakReference<>(new Object(), queue);
  private @Nullable Path file;
  private WeakReference<@Nullable InputStream> stream = new WeakReference<>(null);

  /** Waits so long, or until the collector runs. */
  void sleep(long millis) throws InterruptedException {
    queue.remove(Math.max(1, millis));
  }

  /** Returns whether the collector has run since this was made, or renewed. */
  boolean hasRun() {
    return object.refersTo(null);
  }

  /** Opens the file, which is too costly for a test that leaves nothing open. */
  void openFile() {
    try {
      Path newFile = Files.createTempFile("partyline", null);
      stream = new WeakReference<>(new FileInputStream(newFile.toFile()));
      file = newFile;
      Files.delete(newFile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a temporary file: " + e.getMessage(), e);
    }
  }

  /**
   * Returns whether the JDK has closed what the collector has found: the file, and its thread has
   * nothing else to close.
   */
  boolean hasClosed() {
    return isFileClosed()
        && ThreadHistory.all().stream()
            .filter(thread -> thread.getName().equals(CLEANER_NAME))
            .allMatch(thread -> IDLE_STATES.contains(thread.getState()));
  }

  private boolean isFileClosed() {
    try (Stream<Path> descriptors = Files.list(OWN_DESCRIPTORS)) {
      return descriptors.noneMatch(this::isLinkToFile);
    } catch (IOException e) {
      return true;
    }
  }

  private boolean isLinkToFile(Path descriptor) {
    try {
      return file != null
          && Files.readSymbolicLink(descriptor).toString().startsWith(file.toString());
    } catch (IOException e) {
      return false;
    }
  }

  /** Begins again, after the collector has run. */
  void renew() {
    object = new WeakReference<>(new Object(), queue);
    close();
    openFile();
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
