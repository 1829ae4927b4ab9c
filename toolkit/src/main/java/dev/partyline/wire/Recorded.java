package dev.partyline.wire;

/** Something that keeps a recording of what it said and heard. */
@FunctionalInterface
public interface Recorded {
  /** Returns the recording; it stays readable after its owner has closed. */
  Recording recording();
}
