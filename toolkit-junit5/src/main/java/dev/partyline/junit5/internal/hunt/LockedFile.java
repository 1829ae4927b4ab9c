package dev.partyline.junit5.internal.hunt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A small text in a file that several threads and JVMs change. */
public final class LockedFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(2);
  private static final Duration LOCK_POLL = Duration.ofMillis(5);

  /** A lock of the file is one of the whole JVM, and its threads exclude each other here. */
  private static final Object LOCK = new Object();

  private LockedFile() {}

  /** Returns the text; empty if there is no file. */
  public static String read(Path file) throws IOException {
    return Files.exists(file) ? alone(() -> readAlone(file)) : "";
  }

  private static String readAlone(Path file) throws IOException {
    requireRegular(file);
    try (FileChannel channel = FileChannel.open(file, READ)) {
      lock(channel, true);
      return text(channel);
    }
  }

  /** To open a pipe or a device may take for ever. */
  private static void requireRegular(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is no regular file");
    }
  }

  /** Another process may hold its lock for as long as it lives, such as one in a debugger. */
  private static void lock(FileChannel channel, boolean shared) throws IOException {
    long startNanos = System.nanoTime();
    while (channel.tryLock(0, Long.MAX_VALUE, shared) == null) {
      if (System.nanoTime() - startNanos > MAX_LOCK_WAIT.toNanos()) {
        throw new IOException(
            "another process has held its lock for " + MAX_LOCK_WAIT.toSeconds() + " s");
      }
      LockSupport.parkNanos(LOCK_POLL.toNanos());
    }
  }

  /**
   * Changes the text, while no other reads or changes it. Writes only what differs.
   *
   * @param change returns the new text; it gets an empty one if there is no file
   */
  public static void change(Path file, UnaryOperator<String> change) throws IOException {
    alone(
        () -> {
          requireRegular(file);
          try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            lock(channel, false);
            String before = text(channel);
            String after = change.apply(before);
            if (!after.equals(before)) {
              write(channel, UTF_8.encode(after));
            }
            return after;
          }
        });
  }

  private static String text(FileChannel channel) throws IOException {
    if (channel.size() > MAX_BYTES) {
      throw new IOException("it has more than 1 MiB, so it is none of ours");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = channel.read(bytes);
    }
    return UTF_8.decode(bytes.flip()).toString();
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    channel.truncate(bytes.remaining()).position(0);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private interface FileAction {
    String run() throws IOException;
  }

  /** A channel is closed by an interrupt, such as the one that has ended the test. */
  private static String alone(FileAction action) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      synchronized (LOCK) {
        return action.run();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
