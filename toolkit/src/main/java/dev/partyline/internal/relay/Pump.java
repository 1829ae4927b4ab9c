package dev.partyline.internal.relay;

import dev.partyline.internal.net.InputState;
import dev.partyline.internal.net.Timer;
import dev.partyline.internal.net.procfs.PeerProgress;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.Delivery.Kind;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.nio.ByteBuffer;

/**
 * Carries the bytes of one side, the source, to the other, the sink: records them, applies the
 * faults, and writes what they let through. It does no I/O of its own.
 *
 * <p>It reads only as long as the sink takes what was read, so that back pressure passes through.
 */
final class Pump {
  /** How much the faults may hold back before the source feels back pressure. */
  private static final long MAX_HELD_BYTES = 4L << 20;

  /** The same for writes, each of which takes about as much memory as 64 bytes. */
  private static final int MAX_HELD_WRITES = 1 << 16;

  private final RelayCore relay;
  private final RelayIo io;
  private final RelayRecorder recorder;
  private final FaultPipeline pipeline;
  private final Side source;
  private final Side sink;
  private final PumpOutput output;
  private final SliceWait sliceWait;
  private SourceFin sourceFin = SourceFin.NONE;

  /** The FIN of the source. */
  private enum SourceFin {
    NONE,
    RECEIVED,
    /** TLS has not ended before it. */
    WITHOUT_CLOSE_NOTIFY
  }

  Pump(RelayCore relay, RelayIo io, RelayRecorder recorder, FaultPipeline pipeline, Side source) {
    this.relay = relay;
    this.io = io;
    this.recorder = recorder;
    this.pipeline = pipeline;
    this.source = source;
    this.sink = source.peer();
    this.output = new PumpOutput(relay, io, recorder, source);
    this.sliceWait = new SliceWait(relay, io, recorder, pipeline, sink);
  }

  /** Returns whether this direction has ended for both sides. */
  boolean isDone() {
    boolean allSent = output.isSent() && !io.input(source).isReadable() && !holdsReset();
    return allSent || io.input(sink) == InputState.RESET;
  }

  /** Returns whether a test holds an RST of the source, whose FIN may have passed. */
  private boolean holdsReset() {
    return pipeline.isBlocked() && !isOutputClosed();
  }

  /** Returns whether the source has sent an RST after its FIN that the sink can have as well. */
  boolean canPassResetOn() {
    boolean afterFin = sourceFin != SourceFin.NONE && io.input(source) == InputState.RESET;
    return afterFin && output.canReset();
  }

  /** Returns whether bytes are on their way. */
  boolean isBusy() {
    return awaitsSink() || pipeline.heldBytes() > 0;
  }

  /** Returns whether it waits for the sink. */
  boolean awaitsSink() {
    return output.awaitsSink();
  }

  /** Returns whether this direction has ended, or is about to. */
  boolean hasEnd() {
    return output.hasEnd();
  }

  /** Returns when the faults let something through, or act. */
  long wakeAt() {
    if (pipeline.isBypassable() || !output.isSinkReachable() || isOutputClosed()) {
      return output.checkAt();
    }
    long faultNanos =
        output.isPending() ? pipeline.closeAt() : Math.min(pipeline.wakeAt(), sliceWait.wakeAt());
    return Math.min(faultNanos, output.checkAt());
  }

  /** Returns whether more of the source is read. */
  boolean isReading() {
    // What a sink that was reset has not taken goes nowhere, so it needs no room.
    return relay.setup().canRead(source)
        && io.input(source).isReadable()
        && (io.input(sink).isReset() || hasRoom());
  }

  private boolean hasRoom() {
    return output.hasRoom()
        && !pipeline.holdsSender()
        && pipeline.heldBytes() < MAX_HELD_BYTES
        && pipeline.heldWrites() < MAX_HELD_WRITES;
  }

  /** Returns whether the source could have been reset without being noticed. */
  boolean mayHideReset() {
    // After both FINs a closed connection looks like one that was reset.
    return !io.input(source).isReset() && !isReading() && !relay.pump(sink).output.isShut();
  }

  /** Called when the source has sent bytes. */
  void onReceived(ByteBuffer in) {
    recorder.recordSent(source, in);
    if (isOutputClosed()) {
      // A fault has ended this direction, or the sink is gone: these bytes go nowhere.
      return;
    }
    if (pipeline.isBypassable()) {
      pipeline.countBypassed(in.remaining());
      output.pass(in);
      if (!output.hasRoom()) {
        updateReading();
      }
    } else {
      pipeline.push(in, relay.now());
      deliverDue();
    }
  }

  private boolean isOutputClosed() {
    // The faults may have held back an RST after the FIN.
    boolean rstFollows = output.endsByFin() && io.input(source) == InputState.RESET;
    return output.hasEnd() && !rstFollows || io.input(sink).isReset();
  }

  /** Starts the faults, which may act before any byte is sent. */
  void startFaults() {
    if (!pipeline.isBypassable()) {
      deliverDue();
    }
  }

  /** Writes what the faults let through by now. */
  void deliverDue() {
    var unused = deliver(relay.now());
    updateReading();
    relay.updateTimer();
  }

  /**
   * Writes at once what the faults only delay, because the relay is about to be closed; what they
   * hold for ever stays.
   */
  void deliverEarly() {
    long now = relay.now();
    boolean delivered = true;
    while (!output.isPending() && relay.isOpen() && !isOutputClosed()) {
      if (pipeline.awaitsReader()) {
        pipeline.endWait(false);
      }
      long dueAt = pipeline.wakeAt();
      if (dueAt == Timer.NEVER || !delivered && dueAt <= now) {
        return;
      }
      now = Math.max(now, dueAt);
      delivered = deliver(now);
    }
  }

  /** Writes what the faults let through by a time; returns whether that was anything. */
  private boolean deliver(long now) {
    dropLate(now);
    boolean delivered = false;
    while (!output.isPending() && relay.isOpen() && !isOutputClosed()) {
      Delivery delivery = pipeline.poll(now);
      if (delivery == null) {
        if (output.isSinkReachable() && sliceWait.update()) {
          continue;
        }
        break;
      }
      delivered = true;
      // If a slice has left without its wait, because the fault was removed, no answer is for it.
      sliceWait.cancel();
      if (delivery.kind() != Kind.BYTES) {
        end(delivery.kind(), delivery.cause());
      } else if (!output.hasEnd()) {
        output.write(delivery.bytes());
      }
    }
    return delivered;
  }

  /** Drops what waits for the sink if a fault closes the connection at this time. */
  private void dropLate(long now) {
    boolean waits = output.isPending() || pipeline.awaitsReader() || pipeline.isBlocked();
    boolean canClose = relay.isOpen() && output.isSinkReachable() && !isOutputClosed();
    if (waits && canClose && pipeline.dropLate(now)) {
      output.discard();
    }
  }

  private void end(Kind kind, String cause) {
    boolean closeNotify = kind == Kind.FIN && sourceFin != SourceFin.WITHOUT_CLOSE_NOTIFY;
    output.end(kind, cause, closeNotify, pipeline.isEndPunctual());
  }

  /** Called when the sink has room again, or is connected. */
  void onWritable() {
    if (output.onWritable()) {
      startFaults();
      output.endIfWritten();
      updateReading();
    }
  }

  /** Reads more from the source as long as there is room for it. */
  void updateReading() {
    if (!relay.isOpen()) {
      return;
    }
    boolean reading = isReading();
    io.setAutoRead(source, reading);
    if (!reading) {
      relay.updateResetProbe();
    }
  }

  /** Called when the source has sent a FIN. */
  void onFin(boolean truncated) {
    sourceFin = truncated ? SourceFin.WITHOUT_CLOSE_NOTIFY : SourceFin.RECEIVED;
    recorder.recordFin(source, Termination.Kind.FIN, truncated ? "without a close_notify" : "");
    if (isOutputClosed()) {
      relay.closeIfDone();
    } else if (pipeline.isBypassable()) {
      end(Kind.FIN, "");
    } else {
      pipeline.pushFin(relay.now());
      deliverDue();
    }
    updateReading();
  }

  /** Called when the source was reset. */
  void onReset(Termination.Kind kind, String cause) {
    recorder.recordRst(source, kind, cause);
    boolean finFirst = sourceFin != SourceFin.NONE && !output.isBeforeTls();
    if (finFirst && pipeline.isBypassable()) {
      // What the source sent before its FIN, and the FIN, still go to the sink.
      if (!output.isSent()) {
        relay.startResetDeadline();
      }
      relay.closeIfDone();
    } else if (output.isShut() && !pipeline.isOnHold() || pipeline.isBypassable()) {
      end(Kind.RST, "");
    } else {
      pipeline.pushRst(relay.now());
      deliverDue();
      // The other side may be gone as well, so that nothing is left to deliver it to.
      relay.closeIfDone();
    }
    updateReadingOfBoth();
  }

  /** What the sink sends is read even if the source, which was reset, takes nothing of it. */
  private void updateReadingOfBoth() {
    updateReading();
    relay.pump(sink).updateReading();
  }

  /** Called when the source was reset, but not everything that it sent before was read. */
  void onResetPending() {
    if (!relay.setup().canRead(source)) {
      // What the server sent before TLS is not for the client.
      onReset(Termination.Kind.RST, "");
      return;
    }
    if (output.isPending() && !output.isCut()) {
      // The rest is read when the sink has taken what is pending, if it ever does.
      relay.startResetDeadline();
    }
    updateReadingOfBoth();
  }

  /** Called when the sink has not taken in time what was pending. */
  void onResetDeadline() {
    InputState input = io.input(source);
    if (input.isReset() && input != InputState.RESET) {
      recorder.recordRst(source);
    }
  }

  /**
   * Called when a fault has cut the other direction: this one ends as well.
   *
   * @param punctual whether it does not wait for the sink
   */
  void onOppositeCut(boolean punctual) {
    if (!output.hasEnd()) {
      if (punctual) {
        output.discard();
      }
      end(Kind.FIN, "");
    }
  }

  /** Called at the time that was asked for. */
  void onTimeout(long now) {
    output.onTimeout(now);
    if (sliceWait.onTimeout(now)) {
      deliverDue();
    }
  }

  /** Called with how far the sink is. */
  void onChecked(PeerProgress progress) {
    output.onChecked(progress.untakenBytes());
    if (sliceWait.onChecked(progress)) {
      deliverDue();
    }
  }

  /**
   * Called before the relay closes: a fault has not hit what the sink does not get, because it is
   * held back, or waits for the sink; nor has it ended this direction if that end does.
   */
  void retractUnsent() {
    pipeline.retractUnsent(output.unsentBytes());
    PumpOutput opposite = relay.pump(sink).output;
    boolean cutByOpposite = opposite.isCut() && opposite.isShut();
    if (!output.isShut() && !cutByOpposite) {
      pipeline.retractEnd();
    }
  }

  /** Called when the relay closes: drops what the sink will not take any more. */
  void onClosed() {
    output.onClosed();
    output.discard();
  }
}
