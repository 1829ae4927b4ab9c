package dev.partyline.internal.pcap.write;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written by a thread of its own while the next buffer is filled. An interrupt of
 * the thread that fills it does not close the file.
 */
final class BackgroundOutput implements Closeable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "partyline-pcapng");
            thread.setDaemon(true);
            return thread;
          });

  private ByteBuffer buffer = newBuffer();
  private @Nullable ByteBuffer spare;
  private @Nullable Future<?> pendingWrite;

  BackgroundOutput(Path path) throws IOException {
    this.path = path;
    channel = FileChannel.open(path, CREATE, TRUNCATE_EXISTING, WRITE);
  }

  private static ByteBuffer newBuffer() {
    return ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the buffer to fill next, until the next call.
   *
   * @param byteCount how much room it must have, at most as much as a buffer has
   */
  ByteBuffer buffer(int byteCount) throws IOException {
    if (buffer.remaining() < byteCount) {
      flush();
    }
    return buffer;
  }

  /** Appends bytes, as many as there are. */
  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      ByteBuffer target = buffer(1);
      int part = Math.min(bytes.remaining(), target.remaining());
      target.put(bytes.slice(bytes.position(), part));
      bytes.position(bytes.position() + part);
    }
  }

  private void flush() throws IOException {
    awaitWrite();
    ByteBuffer full = buffer.flip();
    pendingWrite =
        writer.submit(
            () -> {
              while (full.hasRemaining()) {
                channel.write(full);
              }
              return full;
            });
    buffer = spare == null ? newBuffer() : spare.clear();
    spare = full;
  }

  /** Waits for the disk, however long it takes, as a write would. */
  private void awaitWrite() throws IOException {
    boolean interrupted = false;
    try {
      while (pendingWrite != null) {
        try {
          pendingWrite.get();
          pendingWrite = null;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          // It stays, so that nothing is written after what is missing.
          throw new IOException(path + " cannot be written: " + e.getCause(), e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
      awaitWrite();
    } finally {
      writer.shutdown();
    }
  }
}
