package dev.partyline.wire;

import dev.partyline.internal.text.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a recording has beyond its memory, in files that are opened when they are needed.
 *
 * <p>Two threads that write to one file would wait for each other in the kernel, so a thread that
 * finds the first file in use gets another. A location has the number of its file in the upper
 * bits.
 *
 * <p>Large chunks are written directly; small ones are collected first. What cannot be written is
 * reported and not kept: the traffic that is recorded goes on.
 */
final class SpillStore {
  /** From this size on a copy costs more than a write of its own. */
  static final int MIN_DIRECT_BYTES = 1 << 16;

  static final int WRITE_BUFFER_BYTES = 1 << 18;

  private static final int MAX_FILES = 4;
  private static final int POSITION_BITS = 56;

  private final @Nullable Path directory;
  private final List<SpillFile> files = new ArrayList<>(1);
  private final ArrayDeque<SpillFile> idleFiles = new ArrayDeque<>();
  private @Nullable ByteBuffer writeBuffer;

  /** Where in the file the buffered bytes will be written. */
  private long flushPosition;

  private @Nullable String cause;
  private long missingBytes;
  private boolean creationFailed;

  SpillStore(@Nullable Path directory) {
    this.directory = directory;
  }

  /** Returns the location at which the remaining bytes of the buffer are kept, or -1. */
  long append(ByteBuffer chunk) {
    int length = chunk.remaining();
    try {
      return length < MIN_DIRECT_BYTES ? appendBuffered(chunk) : writeDirect(chunk);
    } catch (IOException e) {
      onWriteFailed(e, length);
      return -1;
    }
  }

  private long writeDirect(ByteBuffer chunk) throws IOException {
    SpillFile file;
    long fileNumber;
    long filePosition;
    synchronized (this) {
      SpillFile idleFile = idleFiles.poll();
      file = idleFile == null ? openFile() : idleFile;
      fileNumber = files.indexOf(file);
      filePosition = file.extend(chunk.remaining());
    }
    try {
      file.write(chunk, filePosition);
    } finally {
      synchronized (this) {
        idleFiles.push(file);
      }
    }
    return fileNumber << POSITION_BITS | filePosition;
  }

  private synchronized long appendBuffered(ByteBuffer chunk) throws IOException {
    ByteBuffer buffer = writeBuffer;
    if (buffer == null) {
      firstFile();
      buffer = ByteBuffer.allocateDirect(WRITE_BUFFER_BYTES);
      writeBuffer = buffer;
      reserve();
    } else if (buffer.remaining() < chunk.remaining()) {
      buffer.flip();
      try {
        firstFile().write(buffer, flushPosition);
      } catch (IOException e) {
        // The buffered bytes can still be read from here, and may be written later.
        buffer.position(buffer.limit()).limit(WRITE_BUFFER_BYTES);
        throw e;
      }
      buffer.clear();
      reserve();
    }
    long filePosition = flushPosition + buffer.position();
    int position = chunk.position();
    buffer.put(chunk);
    chunk.position(position);
    return filePosition;
  }

  private void reserve() throws IOException {
    flushPosition = firstFile().extend(WRITE_BUFFER_BYTES);
  }

  private SpillFile firstFile() throws IOException {
    if (files.isEmpty()) {
      idleFiles.push(openFile());
    }
    return files.get(0);
  }

  /** Opens one more file, or returns the first one if that is not possible. */
  private SpillFile openFile() throws IOException {
    if (files.size() == MAX_FILES) {
      return files.get(0);
    }
    if (creationFailed) {
      throw new IOException("there is no file");
    }
    try {
      // Otherwise a missing directory would be tried again with each chunk.
      creationFailed = true;
      SpillFile file = SpillFile.create(directory);
      creationFailed = false;
      files.add(file);
      return file;
    } catch (IOException e) {
      if (files.isEmpty()) {
        throw e;
      }
      creationFailed = false;
      return files.get(0);
    }
  }

  private synchronized void onWriteFailed(IOException e, int length) {
    missingBytes += length;
    if (cause == null) {
      cause =
          "the recording cannot be kept in a file in "
              + (directory == null ? System.getProperty("java.io.tmpdir") : directory)
              + ": "
              + e;
    }
  }

  /** Returns why bytes could not be kept, if any could not. */
  synchronized Optional<String> cause() {
    return Optional.ofNullable(cause);
  }

  /** Returns the same, how many bytes that are by now, and what to do. */
  synchronized Optional<String> problem() {
    return cause()
        .map(
            text ->
                text
                    + "; "
                    + Quantity.of(missingBytes, "byte")
                    + " of it are missing: make room there, or have the spec keep"
                    + " RecordingPolicy.everything().spillingTo(…) or"
                    + " RecordingPolicy.headAndTail(…)");
  }

  /** Reads what was appended. */
  void read(long location, byte[] target, int targetOffset, int length) {
    int fileNumber = (int) (location >>> POSITION_BITS);
    long filePosition = location & (1L << POSITION_BITS) - 1;
    int readBytes = 0;
    while (readBytes < length) {
      int bufferedBytes =
          fileNumber == 0
              ? readBuffered(
                  filePosition + readBytes, target, targetOffset + readBytes, length - readBytes)
              : 0;
      readBytes += bufferedBytes;
      if (bufferedBytes == 0) {
        readBytes +=
            readFile(
                fileNumber,
                filePosition + readBytes,
                target,
                targetOffset + readBytes,
                length - readBytes);
      }
    }
  }

  /** Reads from the buffer what of the range is there, and returns how much that was. */
  private synchronized int readBuffered(
      long filePosition, byte[] target, int targetOffset, int length) {
    ByteBuffer buffer = writeBuffer;
    if (buffer == null
        || filePosition < flushPosition
        || filePosition >= flushPosition + buffer.position()) {
      return 0;
    }
    int bufferOffset = (int) (filePosition - flushPosition);
    int part = Math.min(length, buffer.position() - bufferOffset);
    buffer.get(bufferOffset, target, targetOffset, part);
    return part;
  }

  private int readFile(
      int fileNumber, long filePosition, byte[] target, int targetOffset, int length) {
    SpillFile file;
    int part = length;
    synchronized (this) {
      if (fileNumber == 0 && writeBuffer != null && filePosition < flushPosition) {
        part = (int) Math.min(length, flushPosition - filePosition);
      }
      file = files.get(fileNumber);
    }
    try {
      file.read(filePosition, target, targetOffset, part);
    } catch (IOException e) {
      throw new UncheckedIOException("the recording cannot be read back from its file", e);
    }
    return part;
  }
}
