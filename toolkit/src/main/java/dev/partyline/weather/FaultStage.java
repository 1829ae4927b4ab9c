package dev.partyline.weather;

import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.weather.spi.Verdict.CloseConnection;
import dev.partyline.weather.spi.Verdict.Deliver;
import dev.partyline.weather.spi.Verdict.Drop;
import dev.partyline.weather.spi.Verdict.HalfClose;
import dev.partyline.weather.spi.Verdict.Hold;
import dev.partyline.weather.spi.Verdict.Pass;
import dev.partyline.weather.spi.Verdict.Reorder;
import dev.partyline.weather.spi.Verdict.Replace;
import dev.partyline.weather.spi.Verdict.Separate;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One fault in one direction, with what waits there. */
final class FaultStage implements PendingInput {
  private static final int UNDECIDED_SIZE = -1;

  private final ActiveFault activeFault;
  private final boolean stream;
  private final DefaultFaultContext context;
  private final ImpairmentBehavior behavior;
  private final ChunkQueue queue = new ChunkQueue();
  private final ReorderBuffer reorderBuffer = new ReorderBuffer();

  /** The offset in the stream of the next byte that comes here. */
  private long nextOffset;

  private long lateOffset = Long.MAX_VALUE;
  private long now;
  private long lastDeparture = Long.MIN_VALUE;
  private long wakeAt;

  /** How many of the first bytes leave at {@link #departAt}, once that is decided. */
  private int decidedSize = UNDECIDED_SIZE;

  private long departAt;

  /** The cut before them; null for none. */
  private @Nullable SliceCut decidedCut;

  /** Whether a hit is on bytes that leave at once, so that it has an effect only if they do. */
  private boolean hitsWhatPasses;

  /** Whether the connection was ended before this stage. */
  private boolean closed;

  FaultStage(
      ActiveFault activeFault, ConnectionDirection direction, long startedAt, long nextOffset) {
    this.activeFault = activeFault;
    this.stream = direction.transport().isStream();
    this.context = activeFault.newContext(direction, startedAt);
    this.behavior = activeFault.newBehavior(context);
    this.nextOffset = nextOffset;
  }

  ActiveFault activeFault() {
    return activeFault;
  }

  ChunkQueue queue() {
    return queue;
  }

  /** Returns whether nothing more is read from the sender for now. */
  boolean holdsSender() {
    return activeFault.fault().impairment().holdsSender() && !queue.isEmpty();
  }

  long heldBytes() {
    return queue.bytes() + reorderBuffer.bytes();
  }

  /** Returns when to advance again if nothing comes before. */
  long wakeAt() {
    return Math.min(wakeAt, closeAt());
  }

  /** Moves what leaves by now to the next queue; returns the end that the fault makes, if any. */
  @Nullable TimedChunk advance(long now, ChunkQueue nextQueue) {
    this.now = now;
    while (!closed) {
      if (reorderBuffer.nextDeadline() <= Math.min(headDeparture(), now)) {
        reorderBuffer.expire(recordDeparture(reorderBuffer.nextDeadline()), nextQueue);
      } else if (decidedSize != UNDECIDED_SIZE) {
        if (isLate(departAt)) {
          dropLate();
          continue;
        }
        if (departAt > now) {
          wakeAt = Math.min(departAt, reorderBuffer.nextDeadline());
          return null;
        }
        TimedChunk chunk = advanceOffset(queue.take(decidedSize));
        if (decidedCut != null) {
          chunk.cut = decidedCut;
          decidedCut = null;
        }
        emit(chunk, departAt, nextQueue);
        decidedSize = UNDECIDED_SIZE;
        closed = chunk.isEnd() && chunk.kind != Delivery.Kind.FIN;
      } else {
        Verdict verdict = ask();
        if (verdict instanceof Hold hold && isLate(hold.deadline())) {
          dropLate();
        } else if (verdict instanceof Hold hold) {
          if (reorderBuffer.nextDeadline() > now) {
            wakeAt = Math.min(hold.deadline(), reorderBuffer.nextDeadline());
            return null;
          }
          reorderBuffer.expire(recordDeparture(reorderBuffer.nextDeadline()), nextQueue);
        } else if (verdict instanceof Deliver deliver) {
          schedule(deliver.size(), deliver.time(), verdict);
        } else if (verdict instanceof Separate separate) {
          schedule(separate.size(), separate.time(), verdict);
          decidedCut = new SliceCut(activeFault, context, offset(), firstChunk().cut);
        } else if (verdict != null) {
          TimedChunk endChunk = apply(verdict, nextQueue);
          if (endChunk != null) {
            return endChunk;
          }
        }
      }
    }
    wakeAt = Verdict.NEVER;
    return null;
  }

  /** Returns whether the connection is closed, at its time, before the first chunk leaves. */
  private boolean isLate(long departure) {
    TimedChunk end = queue.punctualEnd();
    return end != null && end != queue.first() && departure > end.arrivedAt;
  }

  private void dropLate() {
    lateOffset = Math.min(lateOffset, offset());
    queue.dropBefore(Objects.requireNonNull(queue.punctualEnd()));
    decidedSize = UNDECIDED_SIZE;
    decidedCut = null;
  }

  /** Returns the offset of the first byte that was dropped because it was late. */
  long lateOffset() {
    return lateOffset;
  }

  /** Returns when the fault closes the connection whatever is held. */
  long closeAt() {
    return closed ? Verdict.NEVER : behavior.closeAt();
  }

  /** Returns whether its fault starts only after something in the other direction. */
  boolean awaitsOpposite() {
    return behavior instanceof StartGate gate && gate.awaitsOpposite();
  }

  /** Called with what comes in the other direction; returns whether the fault starts by that. */
  boolean onOpposite(ByteBuffer bytes, long now) {
    return behavior instanceof StartGate gate && gate.onOpposite(bytes, now);
  }

  /** Forgets hits from an offset on, because a later fault has ended the stream there. */
  void forgetHitsFrom(long offset) {
    context.forgetHitsFrom(offset);
  }

  /** Reports the cut before what leaves next, because the peer waits for that. */
  void reportPausedCut() {
    if (decidedCut != null) {
      decidedCut.report();
    }
  }

  /** Forgets hits on what passed from an offset on, because that has not left. */
  void forgetUnsent(long offset) {
    if (hitsWhatPasses) {
      context.forgetHitsFrom(offset);
    }
  }

  /** Returns when the first chunk leaves if that is decided, or would leave if it is not held. */
  private long headDeparture() {
    TimedChunk first = queue.first();
    return decidedSize != UNDECIDED_SIZE ? departAt : first == null ? now : first.arrivedAt;
  }

  /** Returns the verdict on the first chunk; null if that is an end, whose time is then decided. */
  private @Nullable Verdict ask() {
    TimedChunk first = queue.first();
    if (first != null && first.isEnd()) {
      // Whether the end had arrived when the last byte passed depends on the load of the machine.
      boolean cut = first.kind == Delivery.Kind.CUT_FIN || first.kind == Delivery.Kind.CUT_RST;
      Verdict idleVerdict = cut ? Verdict.WAIT : askIdle(first.arrivedAt);
      if (!(idleVerdict instanceof Hold)) {
        return idleVerdict;
      }
      long departure =
          first.punctual ? first.arrivedAt : behavior.onEnd(first.kind, first.arrivedAt);
      if (departure > first.arrivedAt) {
        context.reportFirst(first.offset());
      }
      departAt = Math.max(departure, lastDeparture);
      decidedSize = 0;
      return null;
    }
    long hitCount = context.hitCount();
    Verdict verdict = first == null ? askIdle(now) : requireVerdict(behavior.onInput(this));
    hitsWhatPasses |=
        context.hitCount() > hitCount && (verdict instanceof Pass || verdict instanceof Replace);
    if (verdict instanceof Hold hold && hold.deadline() <= now) {
      throw invalidVerdict(verdict, "it must hold until after now, " + now);
    }
    if (first != null && !(verdict instanceof Pass || verdict instanceof Separate)) {
      context.reportFirst(first.offset());
    }
    return verdict;
  }

  private Verdict askIdle(long time) {
    Verdict verdict = requireVerdict(behavior.onIdle(time));
    if (!(verdict instanceof Hold
        || verdict instanceof CloseConnection
        || verdict instanceof HalfClose)) {
      throw invalidVerdict(verdict, "nothing is pending: it must hold or close");
    }
    return verdict;
  }

  /** Checks for null, because the fault of a user is not checked by the compiler. */
  private Verdict requireVerdict(@Nullable Verdict verdict) {
    if (verdict == null) {
      throw new IllegalStateException(
          "fault (" + activeFault.fault() + ") returned null; it must decide");
    }
    return verdict;
  }

  private @Nullable TimedChunk apply(Verdict verdict, ChunkQueue nextQueue) {
    if (verdict instanceof Pass pass) {
      TimedChunk chunk = takeChecked(pass.size(), verdict);
      emit(chunk, chunk.arrivedAt, nextQueue);
    } else if (verdict instanceof Replace replace) {
      TimedChunk chunk = takeChecked(replace.size(), verdict);
      emit(chunk.withBytes(replace.bytes().toArray()), chunk.arrivedAt, nextQueue);
    } else if (verdict instanceof Drop drop) {
      takeChecked(drop.size(), verdict);
    } else if (verdict instanceof Verdict.Duplicate) {
      TimedChunk chunk = takeDatagram(verdict);
      TimedChunk second = chunk.duplicate();
      emit(chunk, chunk.arrivedAt, nextQueue);
      emit(second, second.arrivedAt, nextQueue);
    } else if (verdict instanceof Reorder reorder) {
      reorderBuffer.add(takeDatagram(verdict), reorder.datagrams(), reorder.deadline());
    } else if (verdict instanceof CloseConnection close) {
      Delivery.Kind kind =
          close.type() == CloseType.FIN ? Delivery.Kind.CUT_FIN : Delivery.Kind.CUT_RST;
      return endChunk(kind, close.time());
    } else if (verdict instanceof HalfClose halfClose) {
      return endChunk(Delivery.Kind.FIN, halfClose.time());
    }
    return null;
  }

  private TimedChunk endChunk(Delivery.Kind kind, long time) {
    context.reportFirst(nextOffset);
    long closeTime = Math.min(time, now);
    boolean punctual = behavior.closeAt() <= now;
    TimedChunk end =
        TimedChunk.end(
            kind,
            activeFault.fault().cause(),
            nextOffset,
            punctual ? closeTime : recordDeparture(closeTime));
    end.punctual = punctual;
    return end;
  }

  private TimedChunk takeChecked(int size, Verdict verdict) {
    checkSize(size, size(), verdict);
    return advanceOffset(queue.take(size));
  }

  private TimedChunk takeDatagram(Verdict verdict) {
    if (stream) {
      throw invalidVerdict(verdict, "bytes of a stream cannot be duplicated or reordered");
    }
    return advanceOffset(queue.take(size()));
  }

  private void schedule(int size, long time, Verdict verdict) {
    if (!stream && verdict instanceof Separate) {
      throw invalidVerdict(verdict, "a datagram is read by itself: it must be delivered");
    }
    checkSize(size, stream ? queue.bytes() : size(), verdict);
    decidedSize = size;
    departAt = Math.max(Math.max(time, arrivedAt()), lastDeparture);
  }

  private void checkSize(int size, long maxSize, Verdict verdict) {
    if (stream ? size < 1 || size > maxSize : size != maxSize) {
      throw invalidVerdict(verdict, "size must be " + (stream ? "in 1.." : "") + maxSize);
    }
  }

  private TimedChunk advanceOffset(TimedChunk chunk) {
    nextOffset = chunk.offset() + (stream ? chunk.size() : 1);
    return chunk;
  }

  private void emit(TimedChunk chunk, long time, ChunkQueue nextQueue) {
    if (chunk.isEnd()) {
      reorderBuffer.drain(lastDeparture, nextQueue);
    }
    chunk.arrivedAt = recordDeparture(time);
    nextQueue.add(chunk);
    reorderBuffer.onPassed(chunk.arrivedAt, nextQueue);
  }

  private long recordDeparture(long time) {
    lastDeparture = Math.max(lastDeparture, time);
    return lastDeparture;
  }

  /** Moves all that is held to the next queue, because the fault was removed. */
  void drain(long now, ChunkQueue nextQueue) {
    reorderBuffer.drain(now, nextQueue);
    for (TimedChunk chunk = queue.poll(); chunk != null; chunk = queue.poll()) {
      chunk.arrivedAt = now;
      nextQueue.add(chunk);
    }
  }

  private IllegalStateException invalidVerdict(Verdict verdict, String rule) {
    return new IllegalStateException(
        "fault (" + activeFault.fault() + ") returned " + verdict + "; " + rule);
  }

  private TimedChunk firstChunk() {
    return Objects.requireNonNull(queue.first());
  }

  @Override
  public long offset() {
    return firstChunk().offset();
  }

  @Override
  public long index() {
    return firstChunk().offset() + ((long) firstChunk().copy << 48);
  }

  @Override
  public int size() {
    return firstChunk().size();
  }

  @Override
  public byte byteAt(int position) {
    return firstChunk().byteAt(position);
  }

  @Override
  public ByteBuffer bytes() {
    return firstChunk().buffer().asReadOnlyBuffer();
  }

  @Override
  public long arrivedAt() {
    return firstChunk().arrivedAt;
  }

  @Override
  public long totalBytes() {
    return queue.bytes();
  }

  @Override
  public long lastArrivedAt() {
    return Objects.requireNonNull(queue.last()).arrivedAt;
  }

  @Override
  public boolean isEndPending() {
    return Objects.requireNonNull(queue.last()).isEnd();
  }

  @Override
  public long now() {
    return now;
  }
}
