package dev.partyline.weather;

import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Delivery;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the faults of an injector to one direction of one connection: what the sender sends is
 * pushed, and what its peer is to receive is polled, in order and at its time. For one thread at a
 * time.
 *
 * <p>Times are nanoseconds of one clock of the caller's, and never go back. After each {@link
 * #push}, and whenever the faults change, {@link #poll} until it returns null, and again at {@link
 * #wakeAt}.
 */
public final class FaultPipeline {
  private final FaultInjector injector;
  private final ConnectionDirection direction;
  private final boolean stream;

  /** The other direction of the connection; null if that is on its own. */
  private @Nullable FaultPipeline opposite;

  private final FaultStages stages = new FaultStages();
  private final PipelineOutput output;
  private ActiveFaults knownFaults;

  /** How many bytes, or datagrams, the sender has sent. */
  private long pushedUnits;

  /** How a fault has ended this direction, so that the rest is dropped. */
  private Delivery.@Nullable Kind endKind;

  /** The offset in the stream of that end. */
  private long endOffset;

  /** The offset of the first byte that was dropped because a fault had closed before it left. */
  private long lateOffset = Long.MAX_VALUE;

  private long now;

  /** Whether something came that the stages have not seen. */
  private boolean advanceNeeded = true;

  private boolean bypassable;

  FaultPipeline(FaultInjector injector, ConnectionDirection direction, HoldGate gate) {
    this.injector = injector;
    this.direction = direction;
    this.output = new PipelineOutput(injector, direction, gate);
    this.stream = direction.transport().isStream();
    this.now = direction.openedAt();
    this.knownFaults = injector.activeFaults();
    addStages(knownFaults.faults(), now);
    updateBypassable();
  }

  /**
   * Returns whether bytes may bypass this pipeline, if they are counted by {@link #countBypassed}:
   * nothing is held, nor is to be, and no fault applies to it.
   */
  public boolean isBypassable() {
    return bypassable
        && injector.activeFaults() == knownFaults
        && !isOnHold()
        && (opposite == null || opposite.ignoresOpposite());
  }

  /** Returns whether a test holds all that comes. */
  public boolean isOnHold() {
    return output.gate().isClosed();
  }

  /** Returns whether something is ready to leave that a test holds. */
  public boolean isBlocked() {
    return output.isBlocked();
  }

  private boolean ignoresOpposite() {
    return !stages.awaitOpposite() && injector.activeFaults() == knownFaults;
  }

  /**
   * Returns the pipeline of the other direction of the same connection, whose faults may wait for
   * what is pushed here, as those here for what is pushed there. Call it once.
   */
  public FaultPipeline newOpposite() {
    FaultPipeline pipeline =
        new FaultPipeline(injector, direction.reversed(), output.gate().opposite());
    pipeline.opposite = this;
    opposite = pipeline;
    return pipeline;
  }

  /** Counts bytes, or one datagram of as many, that bypassed this pipeline. */
  public void countBypassed(long bytes) {
    pushedUnits += stream ? bytes : 1;
    output.onBypassed(nextPushedOffset());
  }

  /**
   * Copies what remains in the buffer: bytes of the stream, or one datagram.
   *
   * @param now what time it is
   */
  public void push(ByteBuffer bytes, long now) {
    update(now);
    if (opposite != null) {
      opposite.onOpposite(bytes, now);
    }
    if (endKind != null || stream && !bytes.hasRemaining()) {
      bytes.position(bytes.limit());
      return;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    enqueue(TimedChunk.bytes(copy, nextPushedOffset(), now));
    pushedUnits += stream ? copy.length : 1;
  }

  /**
   * Adds the sender's FIN, which leaves after all bytes.
   *
   * @param now what time it is
   */
  public void pushFin(long now) {
    update(now);
    if (endKind == null) {
      enqueue(TimedChunk.end(Delivery.Kind.FIN, "", pushedUnits, now));
    }
  }

  /**
   * Adds the sender's RST, which leaves after all bytes, and after a FIN.
   *
   * @param now what time it is
   */
  public void pushRst(long now) {
    update(now);
    if (endKind == null || endKind == Delivery.Kind.FIN) {
      enqueue(TimedChunk.end(Delivery.Kind.RST, "", pushedUnits, now));
    }
  }

  private void onOpposite(ByteBuffer bytes, long now) {
    update(now);
    advanceNeeded |= stages.onOpposite(bytes, now);
  }

  private void enqueue(TimedChunk chunk) {
    queueAt(0).add(chunk);
    advanceNeeded = true;
    bypassable = false;
  }

  /**
   * Returns the next thing that leaves by now, in order, or null if nothing does yet.
   *
   * @param now what time it is
   */
  public @Nullable Delivery poll(long now) {
    update(now);
    if (output.isEmpty() || output.isBlocked()) {
      advance();
    }
    TimedChunk chunk = output.poll();
    if (output.isEmpty() && chunk == null) {
      stages.reportPausedCut();
    }
    updateBypassable();
    return chunk == null ? null : chunk.toDelivery();
  }

  /** Returns whether the next thing leaves only when the peer has read all that left before. */
  public boolean awaitsReader() {
    return output.awaitsReader();
  }

  /**
   * Lets that leave; returns the offset of its first byte.
   *
   * @param apart whether the peer will read it apart from what left before
   */
  public long endWait(boolean apart) {
    return output.endWait(apart);
  }

  /**
   * Returns when to poll again at the latest if nothing comes before, {@link Long#MAX_VALUE} for
   * never, or if {@link #awaitsReader}.
   */
  public long wakeAt() {
    if (injector.activeFaults() != knownFaults) {
      return now;
    }
    if (awaitsReader()) {
      return closeAt();
    }
    if (advanceNeeded || !output.isEmpty() && !output.isBlocked()) {
      return now;
    }
    return stages.wakeAt();
  }

  /** Returns when a fault closes the connection whatever is held back by then. */
  public long closeAt() {
    return stages.closeAt();
  }

  /** Drops all that is held if a fault has closed the connection by now; returns whether it has. */
  public boolean dropLate(long now) {
    update(now);
    if (closeAt() <= now) {
      advance();
    }
    TimedChunk end = output.queue().punctualEnd();
    if (end != null) {
      lateOffset = Math.min(lateOffset, output.firstOffset(nextOffset()));
      output.dropBefore(end);
    }
    return end != null;
  }

  /** Returns whether what was polled last is an end that waits for nothing before it. */
  public boolean isEndPunctual() {
    return output.isEndPunctual();
  }

  /** Returns whether a fault lets nothing more be read from the sender for now. */
  public boolean holdsSender() {
    return !bypassable && stages.holdSender();
  }

  /** Returns how many bytes are held back. */
  public long heldBytes() {
    return bypassable ? 0 : output.queue().bytes() + stages.heldBytes();
  }

  /** Returns how many writes wait to leave, each of which takes memory besides its bytes. */
  public int heldWrites() {
    return output.queue().size();
  }

  /**
   * Takes back from the report that a fault has ended this direction, if one has, because the peer
   * does not get that end.
   */
  public void retractEnd() {
    stages.forgetHitsOfFinished(endOffset);
  }

  /**
   * Takes back from the report what faults did to bytes that the peer does not get, because the
   * connection has ended.
   *
   * @param unsentUnits how many bytes, or datagrams, of what was polled have not left
   */
  public void retractUnsent(int unsentUnits) {
    stages.forgetUnsent(output.onClosed(unsentUnits, nextOffset(), lateOffset));
  }

  private void advance() {
    advanceNeeded = false;
    for (int i = 0; i < stages.size(); i++) {
      ChunkQueue nextQueue = queueAt(i + 1);
      TimedChunk endChunk = stages.get(i).advance(now, nextQueue);
      lateOffset = Math.min(lateOffset, stages.get(i).lateOffset());
      if (endChunk != null) {
        nextQueue.add(endChunk);
        endKind = endChunk.kind;
        endOffset = endChunk.offset();
        stages.finish(i, endOffset);
        i = -1;
      }
    }
  }

  /** Returns the queue of a stage; after the last one is the output. */
  private ChunkQueue queueAt(int index) {
    return index < stages.size() ? stages.get(index).queue() : output.queue();
  }

  /** Sets the time, and adds and removes stages for faults that were injected and removed. */
  private void update(long now) {
    this.now = now;
    output.update();
    ActiveFaults activeFaults = injector.activeFaults();
    if (activeFaults == knownFaults) {
      return;
    }
    // Bytes that a removed fault held go through the new stages, so these are added first.
    addStages(
        activeFaults.faults().stream()
            .filter(activeFault -> !knownFaults.contains(activeFault))
            .toList(),
        now);
    // From the last stage on, because what it holds is older than what is drained into it.
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (!activeFaults.contains(stages.get(i).activeFault())) {
        stages.get(i).drain(now, queueAt(i + 1));
        stages.remove(i);
      }
    }
    knownFaults = activeFaults;
    advanceNeeded = true;
  }

  private void addStages(List<ActiveFault> activeFaults, long startedAt) {
    long nextOffset = nextOffset();
    for (ActiveFault activeFault : activeFaults) {
      Weather.check(List.of(activeFault.fault()), direction.transport());
      if (endKind == null && activeFault.appliesTo(direction)) {
        stages.add(new FaultStage(activeFault, direction, startedAt, nextOffset));
        output.countPassed();
      }
    }
  }

  /** Returns the offset of what comes to the end of the pipeline next, or its datagram number. */
  private long nextOffset() {
    FaultStage last = stages.lastHolding();
    TimedChunk first = last == null ? null : last.queue().first();
    return first == null ? nextPushedOffset() : first.offset();
  }

  private long nextPushedOffset() {
    return stream ? pushedUnits : pushedUnits + 1;
  }

  private void updateBypassable() {
    bypassable = stages.isEmpty() && output.isEmpty() && endKind == null;
  }
}
