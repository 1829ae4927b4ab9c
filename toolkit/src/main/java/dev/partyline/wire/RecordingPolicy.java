package dev.partyline.wire;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a recording keeps of the bytes that were said: an immutable policy.
 *
 * <p>Counts, offsets, times of closing and the ledger are exact whatever is kept.
 */
public final class RecordingPolicy {
  private static final long MIB = 1L << 20;
  private static final long IN_MEMORY = 64 * MIB;

  /** More than anybody has, and less than what overflows where something is added to it. */
  private static final long MOST = 1L << 40;

  private static final RecordingPolicy EVERYTHING = new RecordingPolicy(IN_MEMORY, null, -1, -1);

  private final long inMemory;
  private final @Nullable Path directory;
  private final long head;
  private final long tail;

  private RecordingPolicy(long inMemory, @Nullable Path directory, long head, long tail) {
    this.inMemory = inMemory;
    this.directory = directory;
    this.head = head;
    this.tail = tail;
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
        0, null, notNegative("headBytes", headBytes), notNegative("tailBytes", tailBytes));
  }

  /**
   * Returns this policy with another bound on what all connections of a recording hold in memory
   * before they go on in the file.
   *
   * @param bytes the bound, 0 or more; 64 MiB unless said otherwise
   * @throws IllegalArgumentException if the number is negative
   * @throws IllegalStateException if this keeps head and tail, which stay in memory
   */
  public RecordingPolicy inMemory(long bytes) {
    return new RecordingPolicy(
        notNegative("bytes", bytes), spilling("inMemory").directory, head, tail);
  }

  /**
   * Returns this policy with the temporary file in another directory, which must exist when the
   * memory is full; {@code java.io.tmpdir} unless said otherwise.
   *
   * @throws IllegalStateException if this keeps head and tail, which stay in memory
   */
  public RecordingPolicy spillingTo(Path directory) {
    return new RecordingPolicy(spilling("spillingTo").inMemory, directory, head, tail);
  }

  private RecordingPolicy spilling(String method) {
    if (isHeadAndTail()) {
      throw new IllegalStateException(
          method + " is for Keep.everything(): head and tail stay in memory, and nothing spills");
    }
    return this;
  }

  boolean isHeadAndTail() {
    return head >= 0;
  }

  long head() {
    return Math.min(head, MOST);
  }

  /** Returns no more than there can be memory for, so that room for it can be laid out. */
  long tail() {
    return Math.min(tail, Math.min(Runtime.getRuntime().maxMemory(), MOST));
  }

  long inMemory() {
    return inMemory;
  }

  @Nullable Path directory() {
    return directory;
  }

  private static long notNegative(String name, long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(name + " (" + bytes + ") must not be negative");
    }
    return bytes;
  }

  /** Returns what is kept, as in "everything, 64 MiB of it in memory". */
  @Override
  public String toString() {
    return isHeadAndTail()
        ? "the first " + head + " and the last " + tail + " bytes of each connection"
        : "everything, " + size(inMemory) + " of it in memory";
  }

  private static String size(long bytes) {
    return bytes >= MIB && bytes % MIB == 0 ? bytes / MIB + " MiB" : bytes + " bytes";
  }
}
