package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps all bytes of a tape: in memory while there is some, then in the file of the recording. */
final class CompleteStore implements ByteStore {
  private final StorageBudget storage;
  private final AppendBuffer memory = new AppendBuffer();
  private boolean spilling;
  private long size;

  /**
   * Where the bytes are: pairs of a place on the tape and one in the file, or the complement of one
   * in memory. Each holds up to the next.
   */
  private long[] extents = {};

  private int used;
  private @Nullable MissingRanges holes;

  CompleteStore(StorageBudget storage) {
    this.storage = storage;
  }

  @Override
  public boolean append(ByteBuffer chunk) {
    int length = chunk.remaining();
    if (length == 0) {
      return true;
    }
    spilling = spilling || !storage.reserve(memory.wanted(length));
    long place = spilling ? storage.spill().append(chunk) : memory.size();
    if (place < 0) {
      holes = holes().plus(size, size + length);
    } else {
      extent(spilling ? place : ~place);
    }
    if (!spilling) {
      memory.append(chunk, chunk.position(), length);
    }
    size += length;
    return place >= 0;
  }

  @Override
  public String problem() {
    return storage.problem().orElse("");
  }

  @Override
  public void skip(long bytes) {
    holes = holes().plus(size, size + bytes);
    size += bytes;
  }

  private MissingRanges holes() {
    return holes == null ? MissingRanges.NONE : holes;
  }

  private void extent(long place) {
    if (used > 0 && place == along(extents[used - 1], size - extents[used - 2])) {
      return;
    }
    if (used == extents.length) {
      extents = Arrays.copyOf(extents, Math.max(2, used * 2));
    }
    extents[used++] = size;
    extents[used++] = place;
  }

  private static long along(long place, long bytes) {
    return place < 0 ? place - bytes : place + bytes;
  }

  @Override
  public View view() {
    return Seen.of(this);
  }

  private record Seen(
      byte[][] memory, long[] extents, int used, MissingRanges holes, StorageBudget storage)
      implements View {
    /** Returns it as a view: in a fresh JVM nobody loads a view before one is asked for. */
    static View of(CompleteStore whole) {
      return new Seen(whole.memory.view(), whole.extents, whole.used, whole.holes(), whole.storage);
    }

    @Override
    public void copy(long from, int length, byte[] target, int at) {
      int done = 0;
      for (int extent = extentAt(from); done < length; extent += 2) {
        long end = extent + 2 < used ? extents[extent + 2] : Long.MAX_VALUE;
        int part = (int) Math.min(length - done, end - from - done);
        long place = along(extents[extent + 1], from + done - extents[extent]);
        if (place < 0) {
          AppendBuffer.copy(memory, ~place, part, target, at + done);
        } else {
          storage.spill().read(place, target, at + done, part);
        }
        done += part;
      }
    }

    private int extentAt(long place) {
      int from = 0;
      int to = used / 2;
      while (from + 1 < to) {
        int middle = (from + to) >>> 1;
        if (extents[middle * 2] <= place) {
          from = middle;
        } else {
          to = middle;
        }
      }
      return from * 2;
    }
  }
}
