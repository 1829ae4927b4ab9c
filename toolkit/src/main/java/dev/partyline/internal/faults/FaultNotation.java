package dev.partyline.internal.faults;

/** How a user has written a fault, and so what a message suggests. */
public enum FaultNotation {
  /** Such as {@code loss 1%}. */
  TEXT,
  /** Such as {@code DatagramFaults.loss(0.01)}. */
  JAVA
}
