package dev.partyline.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The memory and the files that all conversations of a recording share. */
final class StorageBudget {
  private final RecordingPolicy policy;
  private final AtomicLong remainingBytes;
  private @Nullable SpillStore spillStore;

  StorageBudget(RecordingPolicy policy) {
    this.policy = policy;
    this.remainingBytes = new AtomicLong(policy.memoryLimit());
  }

  /** Returns a budget without a limit, for copies of what is in memory already. */
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

  /** Takes so much of the memory, if there is so much left. */
  boolean reserve(long byteCount) {
    return byteCount == 0
        || remainingBytes.getAndUpdate(left -> left < byteCount ? left : left - byteCount)
            >= byteCount;
  }

  synchronized SpillStore spillStore() {
    SpillStore result = spillStore == null ? new SpillStore(policy.directory()) : spillStore;
    spillStore = result;
    return result;
  }

  synchronized Optional<String> problem() {
    return spillStore == null ? Optional.empty() : spillStore.problem();
  }

  /** Returns why bytes could not be kept in a file, if any could not. */
  synchronized Optional<String> spillFailure() {
    return spillStore == null ? Optional.empty() : spillStore.cause();
  }
}
