package dev.partyline.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a recording has beyond its memory, in one file that is opened when it is needed.
 *
 * <p>Large chunks go to the file from where they are; small ones are gathered until they are worth
 * a write. What cannot be written is told and not kept: the exchange that is recorded goes on.
 */
final class Spill {
  /** From here on a copy costs more than a write of its own. */
  static final int LARGE = 1 << 16;

  static final int STAGE = 1 << 18;

  private final @Nullable Path directory;
  private @Nullable SpillFile file;
  private @Nullable ByteBuffer stage;

  /** Where in the file the staged bytes will stand. */
  private long staged;

  /** Where in the file the next bytes go; the whole stage is ahead of it. */
  private long end;

  private @Nullable String problem;
  private boolean hopeless;

  Spill(@Nullable Path directory) {
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
    long place;
    synchronized (this) {
      open = file();
      place = end;
      end += chunk.remaining();
    }
    open.write(chunk, place);
    return place;
  }

  private synchronized long stage(ByteBuffer chunk) throws IOException {
    ByteBuffer gathered = stage;
    if (gathered == null) {
      file();
      gathered = ByteBuffer.allocateDirect(STAGE);
      stage = gathered;
      reserve();
    } else if (gathered.remaining() < chunk.remaining()) {
      gathered.flip();
      try {
        file().write(gathered, staged);
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

  private void reserve() {
    staged = end;
    end += STAGE;
  }

  private SpillFile file() throws IOException {
    SpillFile open = file;
    if (open == null) {
      if (hopeless) {
        throw new IOException("there is no file");
      }
      // A directory that is not there would be asked for anew with each chunk.
      hopeless = true;
      open = SpillFile.create(directory);
      hopeless = false;
      file = open;
    }
    return open;
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
    int done = 0;
    while (done < length) {
      SpillFile open;
      int fromFile;
      synchronized (this) {
        ByteBuffer gathered = stage;
        long from = place + done;
        boolean isStaged =
            gathered != null && from >= staged && from < staged + gathered.position();
        if (gathered != null && isStaged) {
          int offset = (int) (from - staged);
          int part = Math.min(length - done, gathered.position() - offset);
          gathered.get(offset, target, at + done, part);
          done += part;
          continue;
        }
        boolean reachesStage = gathered != null && from < staged;
        fromFile = (int) (reachesStage ? Math.min(length - done, staged - from) : length - done);
        open = file;
      }
      if (open == null) {
        throw new IllegalStateException("nothing was written at " + place);
      }
      try {
        open.read(place + done, target, at + done, fromFile);
      } catch (IOException e) {
        throw new UncheckedIOException("the recording cannot be read back from its file", e);
      }
      done += fromFile;
    }
  }
}
