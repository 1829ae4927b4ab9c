package dev.partyline.wire;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file that only its owner can read. On POSIX it is deleted before anything is written,
 * so that it is gone with the process, or when this is no longer referenced.
 *
 * <p>It is open twice. The channel writes directly from a buffer, but the JDK closes it when a
 * thread that uses it is interrupted, as threads of tests are; the other one is slower and stays
 * open.
 */
final class SpillFile {
  private static final int MAX_COPY_BYTES = 1 << 18;

  private final RandomAccessFile file;
  private final FileChannel channel;

  /** Where the next bytes go. */
  private long endPosition;

  private SpillFile(RandomAccessFile file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static SpillFile create(@Nullable Path directory) throws IOException {
    Path path =
        directory == null
            ? Files.createTempFile("partyline", ".spill")
            : Files.createTempFile(directory, "partyline", ".spill");
    RandomAccessFile file = null;
    try {
      file = new RandomAccessFile(path.toFile(), "rw");
      return new SpillFile(file, FileChannel.open(path, WRITE, DELETE_ON_CLOSE));
    } catch (IOException | UnsupportedOperationException e) {
      if (file != null) {
        file.close();
      }
      Files.deleteIfExists(path);
      throw e instanceof IOException io ? io : new IOException("no ordinary file: " + path, e);
    }
  }

  /** Reserves room at the end, and returns where it begins; for one thread at a time. */
  long extend(int byteCount) {
    long filePosition = endPosition;
    endPosition += byteCount;
    return filePosition;
  }

  /** Writes the remaining bytes of the buffer, whose position and limit stay. */
  void write(ByteBuffer bytes, long filePosition) throws IOException {
    int position = bytes.position();
    int limit = bytes.limit();
    try {
      for (int start = position; start < limit; start = bytes.position()) {
        // The JDK copies what is on the heap, and keeps a buffer of the size of the largest copy.
        bytes.limit(bytes.isDirect() ? limit : Math.min(limit, start + MAX_COPY_BYTES));
        writeSome(bytes, filePosition + start - position);
      }
    } finally {
      bytes.limit(limit).position(position);
    }
  }

  private void writeSome(ByteBuffer bytes, long filePosition) throws IOException {
    boolean interrupted = Thread.interrupted();
    int start = bytes.position();
    try {
      if (channel.isOpen()) {
        channel.write(bytes, filePosition);
        return;
      }
      writeUninterruptibly(bytes, filePosition);
    } catch (ClosedChannelException e) {
      // The channel may have been closed by the interrupt of another thread.
      interrupted |= Thread.interrupted();
      writeUninterruptibly(bytes, filePosition + bytes.position() - start);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void writeUninterruptibly(ByteBuffer bytes, long filePosition) throws IOException {
    byte[] copy = new byte[Math.min(bytes.remaining(), MAX_COPY_BYTES)];
    bytes.get(copy);
    synchronized (file) {
      file.seek(filePosition);
      file.write(copy);
    }
  }

  void read(long filePosition, byte[] target, int targetOffset, int length) throws IOException {
    synchronized (file) {
      file.seek(filePosition);
      file.readFully(target, targetOffset, length);
    }
  }
}
