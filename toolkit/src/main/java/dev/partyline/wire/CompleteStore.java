package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keeps all bytes: in memory while the budget lasts, then in the file of the recording. */
final class CompleteStore implements ByteStore {
  private final StorageBudget budget;
  private final AppendBuffer memory = new AppendBuffer();
  private final SpillBuffer spillBuffer = new SpillBuffer();
  private boolean isSpilling;

  /** Whether the last attempt failed, so that the next one is not put off. */
  private boolean spillFailed;

  private long size;

  /**
   * Where the bytes are: pairs of an offset and a location in the file, or the complement of an
   * offset in memory. Each pair holds up to the next.
   */
  private long[] extents = {};

  private int extentsLength;
  private final MissingRangesBuilder missingRanges = new MissingRangesBuilder();

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
    boolean isKept = true;
    if (!isSpilling) {
      addExtent(size, ~memory.size());
      memory.append(chunk, chunk.position(), length);
    } else if (spillFailed || !spillBuffer.add(chunk, size)) {
      boolean isFlushed = flush();
      boolean isTaken = !spillFailed && spillBuffer.add(chunk, size) || spill(chunk, size);
      isKept = isFlushed && isTaken;
    }
    size += length;
    return isKept;
  }

  /** Appends bytes to the file; returns whether that has succeeded. */
  private boolean spill(ByteBuffer bytes, long offset) {
    long location = budget.spillStore().append(bytes);
    spillFailed = location < 0;
    if (spillFailed) {
      missingRanges.add(offset, offset + bytes.remaining());
    } else {
      addExtent(offset, location);
    }
    return !spillFailed;
  }

  private boolean flush() {
    boolean isKept =
        spillBuffer.length() == 0 || spill(spillBuffer.content(), size - spillBuffer.length());
    spillBuffer.clear();
    return isKept;
  }

  @Override
  public void onEnded() {
    flush();
    spillBuffer.release();
  }

  @Override
  public String problem() {
    return "bytes are missing here: " + budget.spillFailure().orElse("");
  }

  @Override
  public void skip(long byteCount) {
    flush();
    missingRanges.add(size, size + byteCount);
    size += byteCount;
  }

  private void addExtent(long offset, long location) {
    if (extentsLength > 0
        && location == advance(extents[extentsLength - 1], offset - extents[extentsLength - 2])) {
      return;
    }
    if (extentsLength == extents.length) {
      extents = Arrays.copyOf(extents, Math.max(2, extentsLength * 2));
    }
    extents[extentsLength++] = offset;
    extents[extentsLength++] = location;
  }

  private static long advance(long location, long byteCount) {
    return location < 0 ? location - byteCount : location + byteCount;
  }

  @Override
  public long heldBytes() {
    return (long) Long.BYTES * extents.length + missingRanges.heldBytes() + spillBuffer.heldBytes();
  }

  @Override
  public void release() {
    budget.release(memory.capacity());
  }

  @Override
  public Snapshot snapshot() {
    return new CompleteSnapshot(
        memory.snapshot(),
        extents,
        extentsLength,
        missingRanges.build(),
        spillBuffer.snapshot(),
        size - spillBuffer.length(),
        budget);
  }

  private record CompleteSnapshot(
      byte[][] memory,
      long[] extents,
      int extentsLength,
      MissingRanges missingRanges,
      byte[] spillBuffer,
      long spillBufferOffset,
      StorageBudget budget)
      implements Snapshot {

    @Override
    public void copy(long globalOffset, int length, byte[] target, int targetOffset) {
      int storedBytes = (int) Math.max(0, Math.min(length, spillBufferOffset - globalOffset));
      copyStored(globalOffset, storedBytes, target, targetOffset);
      if (storedBytes < length) {
        int bufferIndex = (int) (globalOffset + storedBytes - spillBufferOffset);
        int rest = length - storedBytes;
        System.arraycopy(spillBuffer, bufferIndex, target, targetOffset + storedBytes, rest);
      }
    }

    private void copyStored(long globalOffset, int length, byte[] target, int targetOffset) {
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
