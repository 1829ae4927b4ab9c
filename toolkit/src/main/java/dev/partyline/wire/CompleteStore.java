package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keeps all bytes: in memory while the budget lasts, then in the file of the recording. */
final class CompleteStore implements ByteStore {
  private final StorageBudget budget;
  private final AppendBuffer memory = new AppendBuffer();
  private boolean isSpilling;
  private long size;

  /**
   * Where the bytes are: pairs of an offset and a location in the file, or the complement of an
   * offset in memory. Each pair holds up to the next.
   */
  private long[] extents = {};

  private int extentsLength;
  private MissingRanges missingRanges = MissingRanges.NONE;

  CompleteStore(StorageBudget budget) {
    this.budget = budget;
  }

  @Override
  public boolean append(ByteBuffer chunk) {
    int length = chunk.remaining();
    if (length == 0) {
      return true;
    }
    isSpilling = isSpilling || !budget.reserve(memory.growthFor(length));
    long location = isSpilling ? budget.spillStore().append(chunk) : memory.size();
    if (location < 0) {
      missingRanges = missingRanges.plus(size, size + length);
    } else {
      addExtent(isSpilling ? location : ~location);
    }
    if (!isSpilling) {
      memory.append(chunk, chunk.position(), length);
    }
    size += length;
    return location >= 0;
  }

  @Override
  public String problem() {
    return "bytes are missing here: " + budget.spillFailure().orElse("");
  }

  @Override
  public void skip(long byteCount) {
    missingRanges = missingRanges.plus(size, size + byteCount);
    size += byteCount;
  }

  private void addExtent(long location) {
    if (extentsLength > 0
        && location == advance(extents[extentsLength - 1], size - extents[extentsLength - 2])) {
      return;
    }
    if (extentsLength == extents.length) {
      extents = Arrays.copyOf(extents, Math.max(2, extentsLength * 2));
    }
    extents[extentsLength++] = size;
    extents[extentsLength++] = location;
  }

  private static long advance(long location, long byteCount) {
    return location < 0 ? location - byteCount : location + byteCount;
  }

  @Override
  public long heldBytes() {
    return Long.BYTES * (extents.length + (long) missingRanges.bounds().length);
  }

  @Override
  public void release() {
    budget.release(memory.capacity());
  }

  @Override
  public Snapshot snapshot() {
    return new CompleteSnapshot(memory.snapshot(), extents, extentsLength, missingRanges, budget);
  }

  private record CompleteSnapshot(
      byte[][] memory,
      long[] extents,
      int extentsLength,
      MissingRanges missingRanges,
      StorageBudget budget)
      implements Snapshot {

    @Override
    public void copy(long globalOffset, int length, byte[] target, int targetOffset) {
      int copiedBytes = 0;
      for (int extent = extentAt(globalOffset); copiedBytes < length; extent += 2) {
        long extentEndOffset = extent + 2 < extentsLength ? extents[extent + 2] : Long.MAX_VALUE;
        int part =
            (int) Math.min(length - copiedBytes, extentEndOffset - globalOffset - copiedBytes);
        long location = advance(extents[extent + 1], globalOffset + copiedBytes - extents[extent]);
        if (location < 0) {
          AppendBuffer.copy(memory, ~location, part, target, targetOffset + copiedBytes);
        } else {
          budget.spillStore().read(location, target, targetOffset + copiedBytes, part);
        }
        copiedBytes += part;
      }
    }

    private int extentAt(long globalOffset) {
      int low = 0;
      int high = extentsLength / 2;
      while (low + 1 < high) {
        int middle = (low + high) >>> 1;
        if (extents[middle * 2] <= globalOffset) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low * 2;
    }
  }
}
