package dev.partyline.wire;

import dev.partyline.internal.text.ArgumentChecks;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which of the bytes a recording keeps, and where: an immutable value.
 *
 * <p>Counts, offsets, times and the ledger are exact, whatever is kept. Beside the bytes, which
 * {@link #inMemory} limits, a recording has in memory what it knows about each connection and
 * chunk: about 1 KiB for a connection and 16 bytes for a chunk. For these there is the same limit
 * once more, but at least 4 MiB. When it is reached, the connections that have ended are dropped,
 * the oldest first: {@link Recording#droppedConnections()} counts them, and an assertion on one
 * fails and says so. The newest connection stays, and so do all that are open; if that is not
 * enough, chunks from the middle of these are dropped, with their bytes, as {@link
 * Conversation#gaps()} tells.
 */
public final class RecordingPolicy {
  private static final long MIB = 1L << 20;
  private static final long DEFAULT_MEMORY_BYTES = 64 * MIB;

  /** More than any machine has, and so little that sums with it do not overflow. */
  private static final long MAX_BYTES = 1L << 40;

  /** So that a recording without memory for bytes still has some for connections. */
  private static final long MIN_HELD_BYTES = 4 * MIB;

  private static final RecordingPolicy EVERYTHING =
      new RecordingPolicy(DEFAULT_MEMORY_BYTES, null, -1, -1);

  private final long memoryLimit;
  private final @Nullable Path directory;
  private final long headBytes;
  private final long tailBytes;

  private RecordingPolicy(
      long memoryLimit, @Nullable Path directory, long headBytes, long tailBytes) {
    this.memoryLimit = memoryLimit;
    this.directory = directory;
    this.headBytes = headBytes;
    this.tailBytes = tailBytes;
  }

  /**
   * Returns the default: every byte, the first 64 MiB of a recording in memory, the rest in a
   * temporary file that is deleted when the recording is no longer referenced.
   */
  public static RecordingPolicy everything() {
    return EVERYTHING;
  }

  /**
   * Returns the policy that keeps the beginning and the end of each connection in memory, counting
   * the bytes of both sides, and drops what lies between. All connections of a recording keep 64
   * MiB in this way; with more, those that have ended are dropped, the oldest first.
   *
   * @param headBytes how many bytes to keep from the beginning, 0 or more
   * @param tailBytes how many bytes to keep up to the end, 0 or more
   * @throws IllegalArgumentException if a number is negative
   */
  public static RecordingPolicy headAndTail(long headBytes, long tailBytes) {
    return new RecordingPolicy(
        DEFAULT_MEMORY_BYTES,
        null,
        ArgumentChecks.notNegative("headBytes", headBytes),
        ArgumentChecks.notNegative("tailBytes", tailBytes));
  }

  /**
   * Returns this policy with another limit for what all connections of a recording keep in memory.
   * Beyond it, bytes go to the file; with head and tail, connections are dropped.
   *
   * @param byteCount the limit, 0 or more; 64 MiB by default
   * @throws IllegalArgumentException if the number is negative
   */
  public RecordingPolicy inMemory(long byteCount) {
    return new RecordingPolicy(
        ArgumentChecks.notNegative("bytes", byteCount), directory, headBytes, tailBytes);
  }

  /**
   * Returns this policy with the temporary file in another directory, which must exist when the
   * limit of the memory is reached; {@code java.io.tmpdir} by default.
   *
   * @throws IllegalStateException if this keeps head and tail, which are always in memory
   */
  public RecordingPolicy spillingTo(Path directory) {
    if (isHeadAndTail()) {
      throw new IllegalStateException(
          "spillingTo is for RecordingPolicy.everything(): head and tail stay in memory, and nothing"
              + " spills");
    }
    return new RecordingPolicy(memoryLimit, directory, headBytes, tailBytes);
  }

  boolean isHeadAndTail() {
    return headBytes >= 0;
  }

  long headBytes() {
    return Math.min(headBytes, MAX_BYTES);
  }

  /** Returns at most what there can be memory for, because the ring is allocated for it. */
  long tailBytes() {
    return Math.min(tailBytes, Math.min(Runtime.getRuntime().maxMemory(), MAX_BYTES));
  }

  long memoryLimit() {
    return memoryLimit;
  }

  /** Returns how much may be held in memory beside the bytes that can go to the file. */
  long heldLimit() {
    return Math.min(MAX_BYTES, Math.max(MIN_HELD_BYTES, memoryLimit));
  }

  @Nullable Path directory() {
    return directory;
  }

  /** Returns what is kept, as in "everything, 64 MiB of it in memory". */
  @Override
  public String toString() {
    return isHeadAndTail()
        ? "the first " + headBytes + " and the last " + tailBytes + " bytes of each connection"
        : "everything, " + sizeText(memoryLimit) + " of it in memory";
  }

  private static String sizeText(long byteCount) {
    return byteCount >= MIB && byteCount % MIB == 0
        ? byteCount / MIB + " MiB"
        : byteCount + " bytes";
  }
}
