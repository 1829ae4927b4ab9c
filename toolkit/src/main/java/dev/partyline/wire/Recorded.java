package dev.partyline.wire;

/** Something that keeps a recording of what it sent and received. */
@FunctionalInterface
public interface Recorded {
  /** Returns the recording; it can still be read after its owner was closed. */
  Recording recording();
}
