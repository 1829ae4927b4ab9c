package dev.partyline.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The memory and the file that all tapes of a recording share. */
final class StorageBudget {
  private final RecordingPolicy policy;
  private final AtomicLong remainingBytes;
  private @Nullable SpillStore spillStore;

  StorageBudget(RecordingPolicy policy) {
    this.policy = policy;
    this.remainingBytes = new AtomicLong(policy.memoryLimit());
  }

  /** Returns a storage for what is in memory already. */
  static StorageBudget unbounded() {
    return new StorageBudget(RecordingPolicy.everything().inMemory(Long.MAX_VALUE));
  }

  ConversationLog newLog() {
    if (policy.isHeadAndTail()) {
      HeadTailStore headTailStore = new HeadTailStore(policy.headBytes(), policy.tailBytes());
      return new ConversationLog(headTailStore, new ChunkLog(headTailStore));
    }
    return new ConversationLog(new CompleteStore(this), new ChunkLog(null));
  }

  /** Takes so much of the memory, if there is as much. */
  boolean reserve(long byteCount) {
    // No lambda: this is on the way to the first answer of a JVM.
    while (byteCount > 0) {
      long available = remainingBytes.get();
      if (available < byteCount) {
        return false;
      }
      if (remainingBytes.compareAndSet(available, available - byteCount)) {
        return true;
      }
    }
    return true;
  }

  synchronized SpillStore spillStore() {
    SpillStore result = spillStore == null ? new SpillStore(policy.directory()) : spillStore;
    spillStore = result;
    return result;
  }

  synchronized Optional<String> problem() {
    return spillStore == null ? Optional.empty() : spillStore.problem();
  }
}
