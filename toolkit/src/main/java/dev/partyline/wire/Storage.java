package dev.partyline.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The memory and the file that all tapes of a recording share. */
final class Storage {
  private final Keep keep;
  private final AtomicLong left;
  private final Spill spill;

  Storage(Keep keep) {
    this.keep = keep;
    this.left = new AtomicLong(keep.inMemory());
    this.spill = new Spill(keep.directory());
  }

  /** Returns a storage for what is in memory already. */
  static Storage unbounded() {
    return new Storage(Keep.everything().inMemory(Long.MAX_VALUE));
  }

  Tape tape() {
    return keep.isHeadAndTail()
        ? new Tape(new Ends(keep.head(), keep.tail()))
        : new Tape(new Whole(this));
  }

  /** Takes so much of the memory, if there is as much. */
  boolean reserve(long bytes) {
    // No lambda: this is on the way to the first answer of a JVM.
    while (bytes > 0) {
      long now = left.get();
      if (now < bytes) {
        return false;
      }
      if (left.compareAndSet(now, now - bytes)) {
        return true;
      }
    }
    return true;
  }

  Spill spill() {
    return spill;
  }

  Optional<String> problem() {
    return spill.problem();
  }
}
