package dev.partyline.weather;

import org.jspecify.annotations.Nullable;

/**
 * A cut before a chunk, which the peer is to read apart from what left before.
 *
 * @param activeFault the fault that made it
 * @param context what it reports to
 * @param offset the first byte after it
 * @param other another fault's cut at the same place
 */
record SliceCut(
    ActiveFault activeFault, DefaultFaultContext context, long offset, @Nullable SliceCut other) {
  /** Returns whether a fault that is still active has made it. */
  boolean isOf(ActiveFaults activeFaults) {
    return activeFaults.contains(activeFault) || other != null && other.isOf(activeFaults);
  }

  /** Takes its hit back, because the peer may read what follows together with what was before. */
  void retract() {
    context.retractCut(offset);
    if (other != null) {
      other.retract();
    }
  }
}
