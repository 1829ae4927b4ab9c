package dev.partyline.internal.pcap.write;

/** Where the frames of one conversation go. */
@FunctionalInterface
interface FrameSink {
  /**
   * Takes a frame.
   *
   * @param nanos when it was sent, in nanoseconds after the connection opened
   * @param frame the frame
   * @param payload where to read its payload, only now
   */
  void write(long nanos, SyntheticFrame frame, Payload payload);

  /** Reads the bytes of the current event. */
  @FunctionalInterface
  interface Payload {
    Payload NONE = (offset, length, target, targetOffset) -> {};

    void read(int offset, int length, byte[] target, int targetOffset);
  }
}
