package dev.partyline.weather;

import org.jspecify.annotations.Nullable;

/** A cut before a chunk, which the peer is to read apart from what left before. */
final class SliceCut {
  private final ActiveFault activeFault;
  private final DefaultFaultContext context;
  private final long offset;
  private final @Nullable SliceCut other;
  private boolean reported;

  /**
   * Makes one.
   *
   * @param activeFault the fault that made it
   * @param context what it reports to
   * @param offset the first byte after it
   * @param other another fault's cut at the same place
   */
  SliceCut(
      ActiveFault activeFault, DefaultFaultContext context, long offset, @Nullable SliceCut other) {
    this.activeFault = activeFault;
    this.context = context;
    this.offset = offset;
    this.other = other;
  }

  long offset() {
    return offset;
  }

  /** Returns whether a fault that is still active has made it. */
  boolean isOf(ActiveFaults activeFaults) {
    return activeFaults.contains(activeFault) || other != null && other.isOf(activeFaults);
  }

  /**
   * Reports a hit, once what follows is all that waits: the peer can read what was before alone.
   */
  void report() {
    if (!reported) {
      reported = true;
      context.reportHit(offset, "");
    }
    if (other != null) {
      other.report();
    }
  }

  /** Reports that the peer may read what follows together with what was before, so no hit. */
  void reportMerge() {
    if (reported) {
      context.forgetHitAt(offset);
    }
    context.reportMerge();
    if (other != null) {
      other.reportMerge();
    }
  }
}
