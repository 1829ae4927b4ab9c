package dev.partyline.weather;

import dev.partyline.weather.spi.ConnectionDirection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the faults of a pipeline have let through: it leaves at once, unless a test holds it. */
final class PipelineOutput {
  private final FaultInjector injector;
  private final ConnectionDirection direction;
  private final boolean stream;
  private final HoldGate gate;
  private final ChunkQueue queue = new ChunkQueue();

  /** The offset after what left last, or has bypassed the pipeline since then. */
  private long passedOffset;

  /** Whether what left last is an end that waits for nothing before it. */
  private boolean endPunctual;

  /** How many bytes have left for the peer; null as long as nothing was done to the stream. */
  private @Nullable AtomicLong passedBytes;

  PipelineOutput(FaultInjector injector, ConnectionDirection direction, HoldGate gate) {
    this.injector = injector;
    this.direction = direction;
    this.stream = direction.transport().isStream();
    this.gate = gate;
  }

  ChunkQueue queue() {
    return queue;
  }

  HoldGate gate() {
    return gate;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Returns whether something is here that a test holds. */
  boolean isBlocked() {
    return gate.blocks(queue);
  }

  /** Takes note of what the test holds and lets go. */
  void update() {
    gate.update(queue);
    if (gate.isClosed()) {
      countPassed();
    }
  }

  /** Counts from now on what leaves. */
  void countPassed() {
    if (stream && passedBytes == null) {
      passedBytes = injector.passedBytes(direction);
      updatePassed(passedOffset);
    }
  }

  private void updatePassed(long offset) {
    if (passedBytes != null) {
      passedBytes.setRelease(offset);
    }
  }

  /** Called when something has bypassed the pipeline up to an offset. */
  void onBypassed(long endOffset) {
    passedOffset = endOffset;
    updatePassed(endOffset);
  }

  /** Returns what leaves now, null if nothing does. */
  @Nullable TimedChunk poll() {
    if (gate.hold(queue)) {
      return null;
    }
    if (awaitsReader()) {
      nextCut().report();
      return null;
    }
    TimedChunk chunk = queue.poll();
    if (chunk != null) {
      gate.onPassed();
      passedOffset = chunk.offset() + (stream ? chunk.size() : 1);
      updatePassed(passedOffset);
      endPunctual = chunk.punctual;
    }
    return chunk;
  }

  /** Returns whether the next thing leaves only when the peer has read all that left before. */
  boolean awaitsReader() {
    TimedChunk next = queue.first();
    return next != null
        && next.cut != null
        && next.cut.isOf(injector.activeFaults())
        && !isBlocked();
  }

  /** Lets that leave, apart from what left before or not; returns the offset of its first byte. */
  long endWait(boolean apart) {
    SliceCut cut = nextCut();
    if (!apart) {
      cut.reportMerge();
    }
    Objects.requireNonNull(queue.first()).cut = null;
    return cut.offset();
  }

  private SliceCut nextCut() {
    return Objects.requireNonNull(Objects.requireNonNull(queue.first()).cut);
  }

  boolean isEndPunctual() {
    return endPunctual;
  }

  /** Drops everything before an end. */
  void dropBefore(TimedChunk end) {
    gate.onDropped(queue, queue.size() - 1);
    queue.dropBefore(end);
  }

  /**
   * Called when the connection ends.
   *
   * @param unsentUnits how many bytes, or datagrams, of what has left were not sent
   * @param nextOffset the offset of what comes here next
   * @param lateOffset the offset of the first byte that was dropped
   * @return the offset of the first byte, or datagram, that the peer does not get
   */
  long onClosed(int unsentUnits, long nextOffset, long lateOffset) {
    gate.onDropped(queue, queue.size());
    gate.onEnded();
    long unsentOffset = unsentUnits == 0 ? firstOffset(nextOffset) : passedOffset - unsentUnits;
    long offset = Math.min(unsentOffset, lateOffset);
    updatePassed(Math.min(passedOffset, offset));
    return offset;
  }

  /** Returns the offset of the first byte that is here, or of what comes next. */
  long firstOffset(long nextOffset) {
    TimedChunk first = queue.first();
    return first == null ? nextOffset : first.offset();
  }
}
