package dev.partyline.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The memory and the files that all conversations of a recording share. */
final class StorageBudget {
  private final RecordingPolicy policy;
  private final AtomicLong remainingBytes;

  /** What is in memory and cannot go to a file, of all conversations. */
  private final AtomicLong heldBytes = new AtomicLong();

  /** From where on it is worth while to look for conversations to drop. */
  private volatile long fullBytes;

  private @Nullable SpillStore spillStore;

  StorageBudget(RecordingPolicy policy) {
    this.policy = policy;
    this.remainingBytes = new AtomicLong(policy.memoryLimit());
    this.fullBytes = policy.heldLimit();
  }

  /** Returns a budget without a limit, for copies of what is in memory already. */
  static StorageBudget unbounded() {
    return new StorageBudget(RecordingPolicy.everything().inMemory(Long.MAX_VALUE));
  }

  ConversationLog newLog() {
    if (policy.isHeadAndTail()) {
      HeadTailStore headTailStore = new HeadTailStore(policy.headBytes(), policy.tailBytes());
      return new ConversationLog(this, headTailStore, new ChunkLog(this, headTailStore));
    }
    return new ConversationLog(this, new CompleteStore(this), new ChunkLog(this, null));
  }

  /** Takes so much of the memory, if there is so much left. */
  boolean reserve(long byteCount) {
    return byteCount == 0
        || remainingBytes.getAndUpdate(left -> left < byteCount ? left : left - byteCount)
            >= byteCount;
  }

  /** Gives back what was reserved. */
  void release(long byteCount) {
    remainingBytes.addAndGet(byteCount);
  }

  /** Notes that so much more is held, or less if it is negative. */
  void hold(long byteCount) {
    heldBytes.addAndGet(byteCount);
  }

  /** Returns whether conversations are to be dropped. */
  boolean isFull() {
    return heldBytes.get() > fullBytes;
  }

  /**
   * Returns whether more are to be dropped: a few at a time, because each time all are looked at.
   */
  boolean isNearlyFull() {
    return heldBytes.get() > policy.heldLimit() - policy.heldLimit() / 8;
  }

  /** Called when all that could be dropped was: it is of no use to look again soon. */
  void onDropped() {
    fullBytes = Math.max(policy.heldLimit(), heldBytes.get() + policy.heldLimit() / 8);
  }

  /** Called when a conversation has ended: there is something to drop again. */
  void onEnded() {
    fullBytes = policy.heldLimit();
  }

  /** Returns whether new chunks go to an index whose oldest can be dropped. */
  boolean isHalfFull() {
    return heldBytes.get() > policy.heldLimit() / 2;
  }

  /** Returns whether dropping conversations was not enough. */
  boolean isOverfull() {
    return heldBytes.get() > policy.heldLimit() + policy.heldLimit() / 4;
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
