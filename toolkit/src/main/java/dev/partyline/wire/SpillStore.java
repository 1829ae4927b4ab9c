package dev.partyline.wire;

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
 * What a recording has beyond its memory, in a file that is opened when it is needed.
 *
 * <p>Two threads that write to one file would wait for each other in the kernel, so whoever finds
 * the first one taken gets another. A place names its file in the upper bits.
 *
 * <p>Large chunks go to the file from where they are; small ones are gathered until they are worth
 * a write. What cannot be written is told and not kept: the exchange that is recorded goes on.
 */
final class SpillStore {
  /** From here on a copy costs more than a write of its own. */
  static final int LARGE = 1 << 16;

  static final int STAGE = 1 << 18;

  private static final int MOST_FILES = 4;
  private static final int FILE_BITS = 56;

  private final @Nullable Path directory;
  private final List<SpillFile> files = new ArrayList<>(1);
  private final ArrayDeque<SpillFile> idle = new ArrayDeque<>();
  private @Nullable ByteBuffer stage;

  /** Where in the file the staged bytes will stand. */
  private long staged;

  private @Nullable String problem;
  private boolean hopeless;

  SpillStore(@Nullable Path directory) {
    this.directory = directory;
  }

  /**
   * Returns where in the file the remaining bytes of the buffer are kept, or -1 if they are not.
   */
  long append(ByteBuffer chunk) {
    int length = chunk.remaining();
    try {
      return length < LARGE ? stage(chunk) : write(chunk);
    } catch (IOException e) {
      failed(e, length);
      return -1;
    }
  }

  private long write(ByteBuffer chunk) throws IOException {
    SpillFile open;
    long number;
    long place;
    synchronized (this) {
      SpillFile free = idle.poll();
      open = free == null ? another() : free;
      number = files.indexOf(open);
      place = open.extend(chunk.remaining());
    }
    try {
      open.write(chunk, place);
    } finally {
      synchronized (this) {
        idle.push(open);
      }
    }
    return number << FILE_BITS | place;
  }

  private synchronized long stage(ByteBuffer chunk) throws IOException {
    ByteBuffer gathered = stage;
    if (gathered == null) {
      first();
      gathered = ByteBuffer.allocateDirect(STAGE);
      stage = gathered;
      reserve();
    } else if (gathered.remaining() < chunk.remaining()) {
      gathered.flip();
      try {
        first().write(gathered, staged);
      } catch (IOException e) {
        // What is gathered can still be read from here, and may be written later.
        gathered.position(gathered.limit()).limit(STAGE);
        throw e;
      }
      gathered.clear();
      reserve();
    }
    long place = staged + gathered.position();
    int position = chunk.position();
    gathered.put(chunk);
    chunk.position(position);
    return place;
  }

  private void reserve() throws IOException {
    staged = first().extend(STAGE);
  }

  private SpillFile first() throws IOException {
    if (files.isEmpty()) {
      idle.push(another());
    }
    return files.get(0);
  }

  /** Opens one more file; without that the first one is shared. */
  private SpillFile another() throws IOException {
    if (files.size() == MOST_FILES) {
      return files.get(0);
    }
    if (hopeless) {
      throw new IOException("there is no file");
    }
    try {
      // A directory that is not there would be asked for anew with each chunk.
      hopeless = true;
      SpillFile opened = SpillFile.create(directory);
      hopeless = false;
      files.add(opened);
      return opened;
    } catch (IOException e) {
      if (files.isEmpty()) {
        throw e;
      }
      hopeless = false;
      return files.get(0);
    }
  }

  private synchronized void failed(IOException e, int length) {
    if (problem == null) {
      problem =
          "the recording cannot be kept in a file in "
              + (directory == null ? System.getProperty("java.io.tmpdir") : directory)
              + ": "
              + e
              + "; bytes of it are missing, "
              + length
              + " for a start: make room there, or choose Keep.spillingTo or Keep.headAndTail";
    }
  }

  synchronized Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Reads what was appended. */
  void read(long place, byte[] target, int at, int length) {
    int number = (int) (place >>> FILE_BITS);
    long from = place & (1L << FILE_BITS) - 1;
    int done = 0;
    while (done < length) {
      int staged = number == 0 ? readStaged(from + done, target, at + done, length - done) : 0;
      done += staged;
      if (staged == 0) {
        done += readFile(number, from + done, target, at + done, length - done);
      }
    }
  }

  /** Returns how much of that was gathered, and was read. */
  private synchronized int readStaged(long from, byte[] target, int at, int length) {
    ByteBuffer gathered = stage;
    if (gathered == null || from < staged || from >= staged + gathered.position()) {
      return 0;
    }
    int offset = (int) (from - staged);
    int part = Math.min(length, gathered.position() - offset);
    gathered.get(offset, target, at, part);
    return part;
  }

  private int readFile(int number, long from, byte[] target, int at, int length) {
    SpillFile open;
    int part = length;
    synchronized (this) {
      if (number == 0 && stage != null && from < staged) {
        part = (int) Math.min(length, staged - from);
      }
      open = files.get(number);
    }
    try {
      open.read(from, target, at, part);
    } catch (IOException e) {
      throw new UncheckedIOException("the recording cannot be read back from its file", e);
    }
    return part;
  }
}
