package dev.partyline.wire;

import dev.partyline.internal.text.ArgumentChecks;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a recording keeps of the bytes that were said: an immutable policy.
 *
 * <p>Counts, offsets, times of closing and the ledger are exact whatever is kept.
 */
public final class RecordingPolicy {
  private static final long MIB = 1L << 20;
  private static final long DEFAULT_MEMORY_BYTES = 64 * MIB;

  /** More than anybody has, and less than what overflows where something is added to it. */
  private static final long MAX_BYTES = 1L << 40;

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
   * Returns the default: every byte, the first 64 MiB of a recording in memory, what comes after in
   * a temporary file that goes when nobody holds the recording any more.
   */
  public static RecordingPolicy everything() {
    return EVERYTHING;
  }

  /**
   * Returns the policy that keeps the beginning and the end of each connection in memory, both
   * sides in the order in which they spoke, and drops what lies between.
   *
   * @param headBytes how many bytes to keep from the beginning, 0 or more
   * @param tailBytes how many bytes to keep up to the end, 0 or more
   * @throws IllegalArgumentException if a number is negative
   */
  public static RecordingPolicy headAndTail(long headBytes, long tailBytes) {
    return new RecordingPolicy(
        0,
        null,
        ArgumentChecks.notNegative("headBytes", headBytes),
        ArgumentChecks.notNegative("tailBytes", tailBytes));
  }

  /**
   * Returns this policy with another bound on what all connections of a recording hold in memory
   * before they go on in the file.
   *
   * @param byteCount the bound, 0 or more; 64 MiB unless said otherwise
   * @throws IllegalArgumentException if the number is negative
   * @throws IllegalStateException if this keeps head and tail, which stay in memory
   */
  public RecordingPolicy inMemory(long byteCount) {
    return new RecordingPolicy(
        ArgumentChecks.notNegative("bytes", byteCount),
        requireSpilling("inMemory").directory,
        headBytes,
        tailBytes);
  }

  /**
   * Returns this policy with the temporary file in another directory, which must exist when the
   * memory is full; {@code java.io.tmpdir} unless said otherwise.
   *
   * @throws IllegalStateException if this keeps head and tail, which stay in memory
   */
  public RecordingPolicy spillingTo(Path directory) {
    return new RecordingPolicy(
        requireSpilling("spillingTo").memoryLimit, directory, headBytes, tailBytes);
  }

  private RecordingPolicy requireSpilling(String method) {
    if (isHeadAndTail()) {
      throw new IllegalStateException(
          method
              + " is for RecordingPolicy.everything(): head and tail stay in memory, and nothing"
              + " spills");
    }
    return this;
  }

  boolean isHeadAndTail() {
    return headBytes >= 0;
  }

  long headBytes() {
    return Math.min(headBytes, MAX_BYTES);
  }

  /** Returns no more than there can be memory for, so that room for it can be laid out. */
  long tailBytes() {
    return Math.min(tailBytes, Math.min(Runtime.getRuntime().maxMemory(), MAX_BYTES));
  }

  long memoryLimit() {
    return memoryLimit;
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
