package dev.partyline.internal.pcap.write;

/** The frames of one conversation, event by event. */
interface FrameSource {
  /** Writes what comes before the first event, such as a handshake. */
  void open();

  /** Returns whether there is another event. */
  boolean hasNext();

  /** Returns when the next event was seen, in nanoseconds after the connection opened. */
  long nextNanos();

  /** Writes the frames of the next event. */
  void writeNext();

  /** Writes what comes after the last event. */
  void close();
}
