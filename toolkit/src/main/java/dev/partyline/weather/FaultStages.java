package dev.partyline.weather;

import dev.partyline.weather.spi.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that apply to one direction of a connection, in the order in which bytes go on. */
final class FaultStages {
  private final List<FaultStage> active = new ArrayList<>();

  /** Those that receive nothing more, because the direction was ended at or after them. */
  private final List<FaultStage> finished = new ArrayList<>();

  boolean isEmpty() {
    return active.isEmpty();
  }

  int size() {
    return active.size();
  }

  FaultStage get(int index) {
    return active.get(index);
  }

  void add(FaultStage stage) {
    active.add(stage);
  }

  void remove(int index) {
    active.remove(index);
  }

  /**
   * Ends the direction at a stage: what is held by earlier ones is dropped, what is held by later
   * ones goes on.
   *
   * @param endOffset the offset in the stream of that end
   */
  void finish(int index, long endOffset) {
    finished.addAll(active.subList(0, index));
    forgetHitsOfFinished(endOffset);
    finished.add(active.get(index));
    active.subList(0, index + 1).clear();
  }

  /** Takes back from the report what the finished stages did from an offset on. */
  void forgetHitsOfFinished(long offset) {
    finished.forEach(stage -> stage.forgetHitsFrom(offset));
  }

  /** Takes back from the report what was done to bytes from an offset on, which have not left. */
  void forgetUnsent(long offset) {
    active.forEach(stage -> stage.forgetUnsent(offset));
    finished.forEach(stage -> stage.forgetUnsent(offset));
  }

  /** Returns whether one of them waits for what the other direction sends. */
  boolean awaitOpposite() {
    for (FaultStage stage : active) {
      if (stage.awaitsOpposite()) {
        return true;
      }
    }
    return false;
  }

  /** Notes what the other direction sends; returns whether one of them can go on then. */
  boolean onOpposite(ByteBuffer bytes, long now) {
    boolean canAdvance = false;
    for (FaultStage stage : active) {
      canAdvance |= stage.onOpposite(bytes, now);
    }
    return canAdvance;
  }

  /** Returns when the first of them has something to do, {@link Verdict#NEVER} if none has. */
  long wakeAt() {
    long earliest = Verdict.NEVER;
    for (FaultStage stage : active) {
      earliest = Math.min(earliest, stage.wakeAt());
    }
    return earliest;
  }

  /** Returns when the first of them closes the connection, {@link Verdict#NEVER} if none does. */
  long closeAt() {
    long earliest = Verdict.NEVER;
    for (FaultStage stage : active) {
      earliest = Math.min(earliest, stage.closeAt());
    }
    return earliest;
  }

  /** Returns whether one of them lets nothing more be read. */
  boolean holdSender() {
    for (FaultStage stage : active) {
      if (stage.holdsSender()) {
        return true;
      }
    }
    return false;
  }

  long heldBytes() {
    long held = 0;
    for (FaultStage stage : active) {
      held += stage.heldBytes();
    }
    return held;
  }

  /** Returns the last that holds something, which came before all that the others hold. */
  @Nullable FaultStage lastHolding() {
    for (int i = active.size() - 1; i >= 0; i--) {
      if (!active.get(i).queue().isEmpty()) {
        return active.get(i);
      }
    }
    return null;
  }

  /** What a later stage holds is before the cut, so that the peer does not wait for that yet. */
  void reportPausedCut() {
    FaultStage last = lastHolding();
    if (last != null) {
      last.reportPausedCut();
    }
  }
}
