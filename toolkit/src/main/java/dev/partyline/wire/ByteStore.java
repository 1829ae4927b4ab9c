package dev.partyline.wire;

import java.nio.ByteBuffer;

/** Where the bytes of a tape are kept, each at its place on the tape. */
interface ByteStore {
  /**
   * Takes the remaining bytes of the buffer, whose position stays; returns whether it keeps them.
   */
  boolean append(ByteBuffer chunk);

  /** Returns why bytes were not kept. */
  String problem();

  /** Counts bytes that nobody has, as for a conversation that was not kept whole. */
  void skip(long byteCount);

  Snapshot snapshot();

  /** The store as it was at one moment. */
  interface Snapshot {
    /** Reads a part of the tape, in which nothing is missing. */
    void copy(long globalOffset, int length, byte[] target, int targetOffset);

    default Bytes bytes(long globalOffset, long globalEndOffset) {
      byte[] result = new byte[(int) (globalEndOffset - globalOffset)];
      copy(globalOffset, result.length, result, 0);
      return Bytes.wrap(result);
    }

    /** What of the tape is missing: where each hole begins and ends, in their order. */
    MissingRanges missingRanges();
  }
}
