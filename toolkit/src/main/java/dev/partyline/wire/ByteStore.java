package dev.partyline.wire;

import java.nio.ByteBuffer;

/** Where the bytes of a conversation are kept, by their offset in the bytes of both sides. */
interface ByteStore {
  /** Appends the remaining bytes of the buffer, whose position stays; returns whether it could. */
  boolean append(ByteBuffer chunk);

  /** Returns why bytes could not be kept. */
  String problem();

  /** Counts bytes that are not available, as when a conversation is copied that has gaps. */
  void skip(long byteCount);

  /** Returns about how much memory it takes beside what it has reserved. */
  long heldBytes();

  /** Called when nothing more is appended. */
  default void onEnded() {}

  /** Gives back what it has reserved, because its conversation is dropped. */
  void release();

  Snapshot snapshot();

  /** The store at one moment. */
  interface Snapshot {
    /** Reads a range in which nothing is missing. */
    void copy(long globalOffset, int length, byte[] target, int targetOffset);

    default Bytes bytes(long globalOffset, long globalEndOffset) {
      byte[] result = new byte[(int) (globalEndOffset - globalOffset)];
      copy(globalOffset, result.length, result, 0);
      return Bytes.wrap(result);
    }

    /** Returns the ranges that were not kept. */
    MissingRanges missingRanges();
  }
}
