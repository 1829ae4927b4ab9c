package dev.partyline.internal.pcap.streams;

/** How much all streams of a capture hold of what has come too early. */
final class HeldBytes {
  /** About what a held piece takes beside its bytes. */
  private static final int PIECE_BYTES = 100;

  private static final long MAX_BYTES = 32L << 20;

  private final long limit;
  private long count;

  HeldBytes() {
    this(Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / 8));
  }

  HeldBytes(long limit) {
    this.limit = limit;
  }

  void add(int length) {
    count += PIECE_BYTES + length;
  }

  void remove(int length) {
    count -= PIECE_BYTES + length;
  }

  boolean isTooMuch() {
    return count > limit;
  }
}
