package dev.partyline.internal.relay;

import dev.partyline.internal.net.InputState;
import dev.partyline.internal.net.Timer;
import dev.partyline.weather.spi.Delivery.Kind;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a pump writes to its sink, and how that ends. */
final class PumpOutput {
  /** How much is taken for a server before it has answered the connect. */
  private static final int MAX_EARLY_BYTES = 1 << 16;

  /** What the kernel of a peer takes, unless its buffer was made small: an RST can follow. */
  private static final int MIN_SEND_BUFFER_BYTES = 1 << 15;

  private static final long MIN_CHECK_DELAY_NANOS = 1_000_000L;
  private static final long MAX_CHECK_DELAY_NANOS = 500_000_000L;

  /** After so many checks without an answer, the system cannot tell what the sink has taken. */
  private static final int MAX_UNANSWERED_CHECKS = 3;

  private final RelayCore relay;
  private final RelayIo io;
  private final RelayRecorder recorder;
  private final Side source;
  private final Side sink;

  /** What the sink has not taken yet. */
  private @Nullable ByteBuffer pending;

  private State state = State.OPEN;

  /** How it ends, or has ended. */
  private @Nullable Kind end;

  /** Whether TLS, if there is any, ends before the FIN. */
  private boolean closeNotify;

  /** Whether a fault ends it at its time, whatever the sink has yet to take. */
  private boolean punctual;

  private long writtenBytes;

  /** What the sink could not take any more. */
  private int lostBytes;

  private long checkDelayNanos = MIN_CHECK_DELAY_NANOS;
  private long checkAtNanos = Timer.NEVER;
  private int unansweredChecks;

  private enum State {
    OPEN,
    /** It ends as soon as the sink has taken everything. */
    ENDING,
    /** The sink is reset as soon as its kernel is known to have taken everything. */
    LINGERING,
    SHUT
  }

  PumpOutput(RelayCore relay, RelayIo io, RelayRecorder recorder, Side source) {
    this.relay = relay;
    this.io = io;
    this.recorder = recorder;
    this.source = source;
    this.sink = source.peer();
  }

  /** Returns whether the sink has yet to take bytes. */
  boolean isPending() {
    return pending != null;
  }

  /** Returns how many bytes of those that were given last the sink has not taken. */
  int unsentBytes() {
    return pending == null ? lostBytes : pending.remaining();
  }

  /** Returns whether there is room for more bytes of the source. */
  boolean hasRoom() {
    return pending == null || !relay.isRelaying() && pending.remaining() < MAX_EARLY_BYTES;
  }

  /** Returns whether it waits for the sink, which has yet to take bytes, or the end under TLS. */
  boolean awaitsSink() {
    boolean endUnsent = state == State.SHUT && io.hasUnsent(sink);
    return pending != null || state == State.LINGERING || endUnsent;
  }

  /** Returns whether it is to end, or has ended. */
  boolean hasEnd() {
    return end != null;
  }

  boolean endsByFin() {
    return end == Kind.FIN;
  }

  boolean isShut() {
    return state == State.SHUT;
  }

  /** Returns whether an RST now would overtake nothing that the sink's kernel has yet to take. */
  boolean canReset() {
    return writtenBytes <= MIN_SEND_BUFFER_BYTES && io.input(sink) != InputState.RESET;
  }

  /** Returns whether everything was sent, the end included. */
  boolean isSent() {
    return state == State.SHUT && !io.hasUnsent(sink);
  }

  /** The client can be reached before the server is, and a fault can end its connection. */
  boolean isSinkReachable() {
    return relay.isRelaying() || sink == Side.CLIENT;
  }

  /** Returns whether TLS with the server is not done, and no byte waits for that. */
  boolean isBeforeTls() {
    return pending == null
        && sink == Side.SERVER
        && relay.isConnected(Side.SERVER)
        && !relay.isRelaying();
  }

  /** Writes bytes that are not kept, or copies them if the server cannot be written to yet. */
  void pass(ByteBuffer in) {
    if (relay.isRelaying()) {
      write(in);
      return;
    }
    ByteBuffer early = pending == null ? ByteBuffer.allocate(0) : pending;
    ByteBuffer combined = ByteBuffer.allocate(early.remaining() + in.remaining());
    pending = combined.put(early).put(in).flip();
  }

  /** Writes what the sink takes now, and keeps the rest. */
  void write(ByteBuffer out) {
    if (!relay.isRelaying()) {
      pending = out;
      return;
    }
    int count = io.write(sink, out);
    writtenBytes += Math.max(count, 0);
    lostBytes = count < 0 ? out.remaining() : 0;
    if (count < 0 || !out.hasRemaining() && !io.hasUnsent(sink)) {
      io.bufferPool().release(out);
      return;
    }
    pending = io.bufferPool().retain(out);
    boolean reset = io.input(source).isReset() && !isCut();
    if (reset && (count > 0 || !relay.hasResetDeadline())) {
      relay.startResetDeadline();
    }
  }

  /** Called when the sink has room again, or is connected; returns whether all was written. */
  boolean onWritable() {
    if (state == State.LINGERING) {
      io.checkProgress(sink);
      return false;
    }
    ByteBuffer out = pending;
    if (out != null && relay.isRelaying()) {
      pending = null;
      write(out);
    }
    return pending == null && relay.isOpen();
  }

  /** Ends if it is to end, and nothing is pending. */
  void endIfWritten() {
    if (state == State.SHUT) {
      // Under TLS the end itself may have waited for room.
      relay.closeIfDone();
    } else if (state == State.ENDING && pending == null && end != null) {
      apply(end);
    }
  }

  /** Drops what the sink will not take any more. */
  void discard() {
    if (pending != null) {
      lostBytes = pending.remaining();
      io.bufferPool().release(pending);
    }
    pending = null;
  }

  /**
   * Ends once the sink has taken everything.
   *
   * @param cause the fault that ends it; empty if the source does
   * @param withCloseNotify whether TLS, if there is any, ends before a FIN
   * @param atOnce whether an RST waits for nothing that the sink's kernel has yet to take
   */
  void end(Kind kind, String cause, boolean withCloseNotify, boolean atOnce) {
    if (kind == Kind.CUT_RST) {
      recorder.recordRst(source, Termination.Kind.FAULT, cause);
    } else if (!cause.isEmpty()) {
      recorder.recordFin(source, Termination.Kind.FAULT, cause);
    }
    end = kind;
    closeNotify = withCloseNotify;
    punctual = atOnce;
    state = state == State.SHUT ? state : State.ENDING;
    if (pending == null && isSinkReachable() || kind == Kind.RST && isBeforeTls()) {
      apply(kind);
    } else if (kind == Kind.RST) {
      relay.startResetDeadline();
    }
  }

  /** Returns whether a fault ends it, which waits for the sink as long as that takes. */
  boolean isCut() {
    return end == Kind.CUT_FIN || end == Kind.CUT_RST;
  }

  private void apply(Kind kind) {
    if (kind == Kind.RST || kind == Kind.CUT_RST) {
      applyReset(kind);
      return;
    }
    if (state != State.SHUT) {
      state = State.SHUT;
      io.shutdownOutput(sink, closeNotify);
    }
    if (kind == Kind.CUT_FIN) {
      relay.pump(sink).onOppositeCut(punctual);
    }
    relay.closeIfDone();
  }

  private void applyReset(Kind kind) {
    if (state == State.SHUT && kind == Kind.RST) {
      // The kernel still sends what the sink has not taken, and its FIN.
      relay.closeIfDone();
    } else if (state != State.SHUT
        && !punctual
        && writtenBytes > (kind == Kind.RST ? MIN_SEND_BUFFER_BYTES : 0)
        && io.input(sink) != InputState.RESET
        && io.notifyWhenTaken(sink)) {
      // An RST at once would overtake what was written.
      state = State.LINGERING;
      if (kind == Kind.RST) {
        relay.startResetDeadline();
      }
    } else {
      reset();
    }
  }

  private void reset() {
    state = State.SHUT;
    relay.reset();
  }

  /** Returns when to check again what the sink's kernel has taken. */
  long checkAt() {
    return checkAtNanos;
  }

  /** Checks if it is time to. */
  void onTimeout(long now) {
    if (checkAtNanos <= now) {
      checkAtNanos = Timer.NEVER;
      io.checkProgress(sink);
    }
  }

  /**
   * Called with what a check has found.
   *
   * @param untakenBytes how many bytes the sink's kernel has yet to take; empty if unknown
   */
  void onChecked(OptionalLong untakenBytes) {
    if (state != State.LINGERING) {
      return;
    }
    unansweredChecks += untakenBytes.isEmpty() ? 1 : 0;
    if (untakenBytes.orElse(1) == 0) {
      reset();
    } else if (unansweredChecks == MAX_UNANSWERED_CHECKS) {
      recorder.recordNote(
          "the system does not tell whether the "
              + sink
              + " has received everything before the RST");
      reset();
    } else {
      checkAtNanos = relay.now() + checkDelayNanos;
      checkDelayNanos = Math.min(2 * checkDelayNanos, MAX_CHECK_DELAY_NANOS);
      relay.updateTimer();
    }
  }

  /** Called when the relay closes. */
  void onClosed() {
    if (end == Kind.CUT_RST && state != State.SHUT) {
      recorder.recordNote(
          "the connection ended before the " + sink + " had received everything before the RST");
    }
    state = State.SHUT;
  }
}
