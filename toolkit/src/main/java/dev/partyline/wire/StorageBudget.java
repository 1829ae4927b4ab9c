package dev.partyline.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The memory and the file that all tapes of a recording share. */
final class StorageBudget {
  private final RecordingPolicy keep;
  private final AtomicLong left;
  private @Nullable SpillStore spill;

  StorageBudget(RecordingPolicy keep) {
    this.keep = keep;
    this.left = new AtomicLong(keep.inMemory());
  }

  /** Returns a storage for what is in memory already. */
  static StorageBudget unbounded() {
    return new StorageBudget(RecordingPolicy.everything().inMemory(Long.MAX_VALUE));
  }

  ConversationLog tape() {
    if (keep.isHeadAndTail()) {
      HeadTailStore ends = new HeadTailStore(keep.head(), keep.tail());
      return new ConversationLog(ends, new ChunkLog(ends));
    }
    return new ConversationLog(new CompleteStore(this), new ChunkLog(null));
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

  synchronized SpillStore spill() {
    SpillStore made = spill == null ? new SpillStore(keep.directory()) : spill;
    spill = made;
    return made;
  }

  synchronized Optional<String> problem() {
    return spill == null ? Optional.empty() : spill.problem();
  }
}
