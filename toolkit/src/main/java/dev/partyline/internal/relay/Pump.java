package dev.partyline.internal.relay;

import dev.partyline.internal.net.BufferPool;
import dev.partyline.internal.net.InputState;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.StreamIo;
import dev.partyline.internal.net.Timer;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.Delivery.Kind;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * Carries the bytes of one side to the other: reads and records them, applies the faults, writes
 * them.
 *
 * <p>It reads only as long as the sink takes what was read, so that back pressure passes through.
 * Everything happens on the loop.
 */
final class Pump {
  /** How much the faults may hold back before the source feels back pressure. */
  private static final long MAX_HELD_BYTES = 4L << 20;

  /** How much is read from a client before the server has answered the connect. */
  private static final int MAX_EARLY_BYTES = 1 << 16;

  /** What the kernel of a peer always takes, even if the peer does not read: an RST can follow. */
  private static final int MIN_SEND_BUFFER_BYTES = 1 << 15;

  /** Other connections of the loop must have their turn. */
  private static final int MAX_READS = 4;

  /** More than two kernels buffer for one direction: bytes after it were sent later. */
  private static final long MAX_SENT_BYTES = 16L << 20;

  private final Relay relay;
  private final ConversationRecorder recorder;
  private final FaultPipeline pipeline;
  private final Side side;

  /** What the sink has not taken yet. */
  private @Nullable ByteBuffer pendingOutput;

  /** Whether that is in a buffer of the pool. */
  private boolean pendingOutputPooled;

  /** How this direction ends once the sink has taken everything. */
  private @Nullable Kind pendingEnd;

  /** Whether TLS has more to read, after other connections have had their turn. */
  private boolean moreDecrypted;

  /** What the source has sent; once it is reset, it takes nothing either. */
  private InputState input = InputState.OPEN;

  /** Whether the end was sent to the sink. */
  private boolean outputShut;

  /** Whether the sink is reset as soon as it has taken what was written. */
  private boolean resetWhenTaken;

  /** How much was written to the sink. */
  private long writtenBytes;

  Pump(Relay relay, ConversationRecorder recorder, FaultPipeline pipeline, Side side) {
    this.relay = relay;
    this.recorder = recorder;
    this.pipeline = pipeline;
    this.side = side;
  }

  /** Returns whether this direction has ended for both sides. */
  boolean isDone() {
    boolean sent = outputShut && !relay.endpoint(side.peer()).io().hasUnsent();
    return sent && !input.isReadable() || sinkInput() == InputState.RESET;
  }

  /** Returns whether bytes are on their way. */
  boolean isBusy() {
    return pendingOutput != null || pipeline.heldBytes() > 0 || resetWhenTaken;
  }

  long wakeAt() {
    if (moreDecrypted) {
      return System.nanoTime();
    }
    // The client can be reached while the server is not connected yet.
    boolean sinkReachable = relay.isServerReady() || side == Side.SERVER;
    return pendingOutput == null && sinkReachable && !isOutputClosed()
        ? pipeline.wakeAt()
        : Timer.NEVER;
  }

  /** Reads what the source has sent, and passes it on. */
  void read() throws IOException {
    for (int i = 0; i < MAX_READS && readOnce() == BufferPool.LARGE_BYTES; i++) {}
    readDecrypted();
  }

  /** Reads what TLS has already taken from the channel, which no selector reports. */
  private void readDecrypted() throws IOException {
    for (int i = 0; i < MAX_READS && isReading() && relay.endpoint(side).io().hasMore(); i++) {
      readOnce();
    }
    moreDecrypted = isReading() && relay.endpoint(side).io().hasMore();
    if (moreDecrypted) {
      relay.updateTimer();
    }
  }

  /** Continues with what could not be read because there was no room. */
  void resumeReading() throws IOException {
    deliverDue();
    readDecrypted();
  }

  /** Reads all that the source has sent so far, as far as there is room for it. */
  void readAll() throws IOException {
    long remaining = MAX_SENT_BYTES;
    for (int count = readOnce(); count > 0 && remaining > count; count = readOnce()) {
      remaining -= count;
    }
  }

  private int readOnce() throws IOException {
    if (!isReading()) {
      return 0;
    }
    RelayEndpoint source = relay.endpoint(side);
    ByteBuffer in = source.io().readBufferFor(relay.bufferPool().next());
    int count;
    try {
      count = source.read(in);
    } catch (IOException e) {
      boolean timedOut = SocketError.TIMED_OUT.matches(e);
      onInputReset(
          timedOut ? Termination.Kind.TIMED_OUT : Termination.Kind.RST,
          timedOut ? "no answer any more" : "");
      return -1;
    }
    if (!input.isReadable() || !relay.isOpen()) {
      // The handshake was done in this read, and what waited for that has ended the connection.
      return -1;
    }
    if (count > 0) {
      in.flip();
      recorder.recordSent(side, in);
      forward(in);
    } else if (source.io().failure() != null) {
      relay.onTlsFailure(side);
    } else if (count < 0 && input == InputState.ERROR_PENDING) {
      onInputReset(Termination.Kind.RST, "");
    } else if (count < 0) {
      boolean resetFollows = input == InputState.RESET_PENDING;
      onEndOfInput();
      if (resetFollows && relay.isOpen()) {
        onInputReset(Termination.Kind.RST, "");
      }
    }
    return count;
  }

  private boolean isReading() {
    return relay.isOpen()
        && input.isReadable()
        && hasRoom()
        && pipeline.heldBytes() < MAX_HELD_BYTES;
  }

  private boolean hasRoom() {
    return pendingOutput == null
        || !relay.isServerReady() && pendingOutput.remaining() < MAX_EARLY_BYTES;
  }

  /** Returns whether the source could have been reset without being noticed. */
  boolean mayHideReset() {
    // After both FINs a closed connection looks like one that was reset.
    return !input.isReset() && !isReading() && !relay.pump(side.peer()).outputShut;
  }

  private void forward(ByteBuffer in) throws IOException {
    if (isOutputClosed()) {
      // A fault has ended this direction, or the sink is gone: these bytes go nowhere.
      return;
    }
    if (!pipeline.isBypassable()) {
      pipeline.push(in, System.nanoTime());
      deliverDue();
      return;
    }
    pipeline.countBypassed(in.remaining());
    if (relay.isServerReady()) {
      write(in, true);
    } else {
      write(concat(pendingOutput, in), false);
      updateReadInterest();
    }
  }

  private static ByteBuffer concat(@Nullable ByteBuffer earlyBytes, ByteBuffer in) {
    ByteBuffer combined =
        ByteBuffer.allocate((earlyBytes == null ? 0 : earlyBytes.remaining()) + in.remaining());
    return (earlyBytes == null ? combined : combined.put(earlyBytes)).put(in).flip();
  }

  private boolean isOutputClosed() {
    // The faults may have held back an RST after the FIN.
    boolean ended = pendingEnd != null && !(pendingEnd == Kind.FIN && input == InputState.RESET);
    return ended || sinkInput() == InputState.RESET;
  }

  /** Returns what the sink has sent in the other direction. */
  private InputState sinkInput() {
    return relay.pump(side.peer()).input;
  }

  /** Starts the faults, which may act before any byte is sent. */
  void startFaults() throws IOException {
    if (!pipeline.isBypassable()) {
      deliverDue();
    }
  }

  /** Writes what the faults let through by now. */
  void deliverDue() throws IOException {
    long now = System.nanoTime();
    while (pendingOutput == null && relay.isOpen() && !isOutputClosed()) {
      Delivery delivery = pipeline.poll(now);
      if (delivery == null) {
        break;
      }
      if (delivery.kind() != Kind.BYTES) {
        scheduleEnd(delivery.kind(), delivery.cause());
      } else if (pendingEnd == null) {
        write(delivery.bytes(), false);
      }
    }
    updateReadInterest();
    relay.updateTimer();
  }

  /** Called when the sink has room again, or is connected. */
  void onWritable() throws IOException {
    if (resetWhenTaken) {
      relay.reset();
      return;
    }
    ByteBuffer out = pendingOutput;
    if (out != null && relay.isServerReady()) {
      pendingOutput = null;
      write(out, pendingOutputPooled);
    }
    if (pendingOutput != null || !relay.isOpen()) {
      return;
    }
    if (!pipeline.isBypassable()) {
      deliverDue();
    }
    if (outputShut) {
      // Under TLS the end itself may have waited for room.
      relay.terminateIfDone();
    } else if (pendingOutput == null && pendingEnd != null) {
      applyEnd(pendingEnd);
    }
    updateReadInterest();
    if (relay.isServerReady()) {
      readDecrypted();
    }
  }

  /** Writes what the sink takes now, and keeps the rest. */
  private void write(ByteBuffer out, boolean pooled) throws IOException {
    if (!relay.isServerReady()) {
      pendingOutput = out;
      pendingOutputPooled = pooled;
      return;
    }
    StreamIo sink = relay.endpoint(side.peer()).io();
    int count;
    try {
      count = sink.write(out);
      if (writtenBytes == 0) {
        relay.onFirstWrite(side.peer());
      }
      writtenBytes += count;
    } catch (IOException e) {
      releaseBuffer(out, pooled);
      relay.pump(side.peer()).onWriteError(e);
      return;
    }
    if (sink.failure() != null) {
      releaseBuffer(out, pooled);
      relay.onTlsFailure(side.peer());
      return;
    }
    boolean sinkFull = out.hasRemaining() || sink.hasUnsent();
    relay.setInterest(side.peer(), SelectionKey.OP_WRITE, sinkFull);
    if (!sinkFull) {
      releaseBuffer(out, pooled);
    } else {
      pendingOutput = pooled ? relay.bufferPool().retain(out) : out;
      pendingOutputPooled = pooled;
      if ((input.isReset() || isReset(pendingEnd)) && (count > 0 || !relay.hasResetDeadline())) {
        relay.startResetDeadline();
      }
    }
    updateReadInterest();
  }

  private void releaseBuffer(ByteBuffer out, boolean pooled) {
    if (pooled) {
      relay.bufferPool().release(out);
    }
  }

  /** Drops what the sink will not take any more. */
  void discardOutput() {
    ByteBuffer out = pendingOutput;
    if (out != null) {
      releaseBuffer(out, pendingOutputPooled);
    }
    pendingOutput = null;
  }

  /** Watches the source for more to read, as long as there is room for it. */
  private void updateReadInterest() {
    boolean reading = isReading();
    relay.setInterest(side, SelectionKey.OP_READ, reading);
    if (!reading) {
      relay.updateResetProbe();
    }
  }

  private void onEndOfInput() throws IOException {
    input = InputState.EOF;
    boolean truncated = relay.endpoint(side).io().isTruncated();
    recorder.recordFin(side, Termination.Kind.FIN, truncated ? "without a close_notify" : "");
    if (isOutputClosed()) {
      relay.terminateIfDone();
    } else if (pipeline.isBypassable()) {
      scheduleEnd(Kind.FIN, "");
    } else {
      pipeline.pushFin(System.nanoTime());
      deliverDue();
    }
    updateReadInterest();
  }

  private void onInputReset(Termination.Kind kind, String cause) throws IOException {
    boolean afterFin = input == InputState.EOF;
    input = InputState.RESET;
    recorder.recordRst(side, kind, cause);
    if (afterFin && pipeline.isBypassable()) {
      // What the source sent before its FIN, and the FIN, still go to the sink.
      if (pendingOutput != null) {
        relay.startResetDeadline();
      }
      relay.terminateIfDone();
    } else if (outputShut || pipeline.isBypassable()) {
      scheduleEnd(Kind.RST, "");
    } else {
      pipeline.pushRst(System.nanoTime());
      deliverDue();
    }
    updateReadInterest();
  }

  /** Called when the selector reports that the source was reset, while it is not read. */
  void onUnreadReset() throws IOException {
    if (input == InputState.OPEN) {
      input = InputState.RESET_PENDING;
    }
    if (input != InputState.RESET) {
      readToReset();
    }
  }

  /** Called when a write to the source has failed: it was reset. */
  void onWriteError(IOException e) throws IOException {
    input = input.afterWriteError(e);
    readToReset();
  }

  /** Reads what the source sent before it was reset. */
  private void readToReset() throws IOException {
    while (input.isReadable() && readOnce() > 0) {}
    if (input == InputState.RESET || !relay.isOpen()) {
      return;
    }
    if (input == InputState.EOF || isReading()) {
      onInputReset(Termination.Kind.RST, "");
    } else if (pendingOutput != null) {
      // The rest is read when the sink has taken what is pending, if it ever does.
      relay.startResetDeadline();
    }
  }

  /** Returns whether it waits for the sink. */
  boolean awaitsSink() {
    return pendingOutput != null || resetWhenTaken;
  }

  /** Called when the sink has not taken in time what was pending. */
  void onResetDeadline() {
    if (input.isReset() && input != InputState.RESET) {
      recorder.recordRst(side);
    }
  }

  /** Ends this direction once the sink has taken all that was sent before. */
  void scheduleEnd(Kind kind, String cause) throws IOException {
    if (kind == Kind.CUT_RST) {
      recorder.recordRst(side, Termination.Kind.FAULT, cause);
    } else if (!cause.isEmpty()) {
      recorder.recordFin(side, Termination.Kind.FAULT, cause);
    }
    pendingEnd = kind;
    // The client can be reached before the server is; nothing was written to it then.
    if (pendingOutput == null && (relay.isServerReady() || side == Side.SERVER)) {
      applyEnd(kind);
    } else if (isReset(kind)) {
      relay.startResetDeadline();
    }
  }

  private static boolean isReset(@Nullable Kind kind) {
    return kind == Kind.RST || kind == Kind.CUT_RST;
  }

  private void applyEnd(Kind kind) throws IOException {
    if (isReset(kind)) {
      if (kind == Kind.RST && outputShut) {
        // The kernel still sends what the sink has not taken, and its FIN.
        relay.terminateIfDone();
      } else if (writtenBytes <= MIN_SEND_BUFFER_BYTES
          || outputShut
          || sinkInput() == InputState.RESET) {
        relay.reset();
      } else {
        resetWhenTaken = true;
        relay.resetWhenTaken(side.peer());
      }
      return;
    }
    if (!outputShut) {
      outputShut = true;
      relay.shutdownOutput(
          side.peer(), kind == Kind.FIN && !relay.endpoint(side).io().isTruncated());
    }
    if (kind == Kind.CUT_FIN) {
      relay.pump(side.peer()).onOppositeCut();
    }
    relay.terminateIfDone();
  }

  /** Returns whether this direction has ended, or is about to. */
  boolean hasPendingEnd() {
    return pendingEnd != null;
  }

  /** Called when a fault has cut the other direction: this one ends as well. */
  private void onOppositeCut() throws IOException {
    if (pendingEnd == null) {
      scheduleEnd(Kind.FIN, "");
    }
  }
}
