package dev.partyline.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The memory and the file that all tapes of a recording share. */
final class Storage {
  private final Keep keep;
  private final AtomicLong left;
  private @Nullable Spill spill;

  Storage(Keep keep) {
    this.keep = keep;
    this.left = new AtomicLong(keep.inMemory());
  }

  /** Returns a storage for what is in memory already. */
  static Storage unbounded() {
    return new Storage(Keep.everything().inMemory(Long.MAX_VALUE));
  }

  Tape tape() {
    if (keep.isHeadAndTail()) {
      Ends ends = new Ends(keep.head(), keep.tail());
      return new Tape(ends, new Chunks(ends));
    }
    return new Tape(new Whole(this), new Chunks(null));
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

  synchronized Spill spill() {
    Spill made = spill == null ? new Spill(keep.directory()) : spill;
    spill = made;
    return made;
  }

  synchronized Optional<String> problem() {
    return spill == null ? Optional.empty() : spill.problem();
  }
}
