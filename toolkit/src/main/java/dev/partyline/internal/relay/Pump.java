package dev.partyline.internal.relay;

import dev.partyline.internal.net.BufferPool;
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
 * Carries what one side says to the other: read, recorded, through the weather, written.
 *
 * <p>It reads only as long as the sink takes what was read, so that back pressure passes through.
 * Everything happens on the loop.
 */
final class Pump {
  /** How much the weather may hold back before the speaker gets to feel it. */
  private static final long MAX_HELD_BYTES = 4L << 20;

  /** How much is heard of a client before the server has answered the connect. */
  private static final int MAX_EARLY_BYTES = 1 << 16;

  /** What a peer takes at once without reading. An RST can follow as fast as it likes. */
  private static final int MIN_SEND_BUFFER_BYTES = 1 << 15;

  /** Others want to have the loop too. */
  private static final int MAX_READS = 4;

  /** More than two kernels keep for one direction: what comes after it was not there before. */
  private static final long MAX_SENT_BYTES = 16L << 20;

  private final Relay relay;
  private final ConversationRecorder recorder;
  private final FaultPipeline pipeline;
  private final Side side;

  /** What the sink has not taken yet. */
  private @Nullable ByteBuffer pendingOutput;

  /** Whether that is in a buffer to be given back. */
  private boolean pendingOutputPooled;

  /** How this direction ends as soon as the sink has taken all. */
  private @Nullable Kind pendingEnd;

  /** Whether TLS has more to read, which others are not to wait for. */
  private boolean moreDecrypted;

  /** Whether the source has said its last. */
  private boolean inputEnded;

  /** Whether the source is known to be reset, though what it said before is still to be heard. */
  private boolean resetPending;

  /** Whether the source was reset, so that nobody is there to take anything either. */
  private boolean inputReset;

  /** Whether the sink was told the end. */
  private boolean outputShut;

  /** Whether the sink has only to take what was written before it is reset. */
  private boolean resetWhenTaken;

  /** How much was written to the sink. */
  private long writtenBytes;

  Pump(Relay relay, ConversationRecorder recorder, FaultPipeline pipeline, Side side) {
    this.relay = relay;
    this.recorder = recorder;
    this.pipeline = pipeline;
    this.side = side;
  }

  /** Returns whether neither side has anything more to do with this direction. */
  boolean isDone() {
    return inputEnded && outputShut && !relay.endpoint(side.peer()).hasUnsent();
  }

  /** Returns whether bytes are on their way. */
  boolean isBusy() {
    return pendingOutput != null || pipeline.heldBytes() > 0 || resetWhenTaken;
  }

  long wakeAt() {
    if (moreDecrypted) {
      return System.nanoTime();
    }
    // The client is there to be told while the server is dialled.
    boolean sinkReachable = relay.isServerReady() || side == Side.SERVER;
    return pendingOutput == null && sinkReachable && !isOutputClosed()
        ? pipeline.wakeAt()
        : Timer.NEVER;
  }

  /** Reads what the source says, and passes it on. */
  void read() throws IOException {
    for (int i = 0; i < MAX_READS && readOnce() == BufferPool.LARGE_BYTES; i++) {}
    readDecrypted();
  }

  /** Reads what TLS has already got from the channel, and no selector tells of any more. */
  private void readDecrypted() throws IOException {
    for (int i = 0; i < MAX_READS && isReading() && relay.endpoint(side).hasMore(); i++) {
      readOnce();
    }
    moreDecrypted = isReading() && relay.endpoint(side).hasMore();
    if (moreDecrypted) {
      relay.updateTimer();
    }
  }

  /** Goes on with what could not be read for want of room. */
  void resumeReading() throws IOException {
    deliverDue();
    readDecrypted();
  }

  /** Reads all that the source has said so far, as far as there is room for it. */
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
    ByteBuffer in = source.readBufferFor(relay.bufferPool().next());
    int count;
    try {
      count = source.read(in);
    } catch (IOException e) {
      boolean timedOut = String.valueOf(e.getMessage()).contains("timed out");
      onInputReset(
          timedOut ? Termination.Kind.TIMED_OUT : Termination.Kind.RST,
          timedOut ? "no answer any more" : "");
      return -1;
    }
    if (inputEnded || !relay.isOpen()) {
      // The two have agreed on TLS in this read, and what was waiting for that has ended it.
      return -1;
    }
    if (count > 0) {
      in.flip();
      recorder.recordSent(side, in);
      forward(in);
    } else if (source.tlsFailure() != null) {
      relay.onTlsFailure(side, String.valueOf(source.tlsFailure()));
    } else if (count < 0 && resetPending) {
      // The error was told to whoever wrote to the source, and is told once.
      onInputReset(Termination.Kind.RST, "");
    } else if (count < 0) {
      onEndOfInput();
    }
    return count;
  }

  private boolean isReading() {
    return relay.isOpen() && !inputEnded && hasRoom() && pipeline.heldBytes() < MAX_HELD_BYTES;
  }

  private boolean hasRoom() {
    return pendingOutput == null
        || !relay.isServerReady() && pendingOutput.remaining() < MAX_EARLY_BYTES;
  }

  /** Returns whether the source could be reset by now without being noticed. */
  boolean mayHideReset() {
    // Once both have finished, a connection that is over looks like one that was reset.
    return !inputReset && !resetPending && !isReading() && !relay.pump(side.peer()).outputShut;
  }

  private void forward(ByteBuffer in) throws IOException {
    if (isOutputClosed()) {
      // A fault has ended this direction, or the sink is gone: what is said now, nobody hears.
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
    // Behind a FIN the weather may have held back an RST.
    boolean ended = pendingEnd != null && !(pendingEnd == Kind.FIN && inputReset);
    return ended || relay.pump(side.peer()).inputReset;
  }

  /** Has the weather begin. */
  void startFaults() throws IOException {
    if (!pipeline.isBypassable()) {
      deliverDue();
    }
  }

  /** Writes what the weather lets through by now. */
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

  /** Goes on where the sink had no room, or was not there yet. */
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
      // The end itself may have waited for room under TLS.
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
    RelayEndpoint sink = relay.endpoint(side.peer());
    int count;
    try {
      count = sink.write(out);
      if (writtenBytes == 0) {
        relay.onFirstWrite(side.peer());
      }
      writtenBytes += count;
    } catch (IOException e) {
      releaseBuffer(out, pooled);
      relay.pump(side.peer()).onSourceReset();
      return;
    }
    if (sink.tlsFailure() != null) {
      releaseBuffer(out, pooled);
      relay.onTlsFailure(side.peer(), String.valueOf(sink.tlsFailure()));
      return;
    }
    boolean sinkFull = out.hasRemaining() || sink.hasUnsent();
    relay.setInterest(side.peer(), SelectionKey.OP_WRITE, sinkFull);
    if (!sinkFull) {
      releaseBuffer(out, pooled);
    } else {
      pendingOutput = pooled ? relay.bufferPool().retain(out) : out;
      pendingOutputPooled = pooled;
      if ((resetPending || inputReset || isReset(pendingEnd))
          && (count > 0 || !relay.hasResetDeadline())) {
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

  /** Forgets what the sink will not take any more. */
  void discardOutput() {
    ByteBuffer out = pendingOutput;
    if (out != null) {
      releaseBuffer(out, pendingOutputPooled);
    }
    pendingOutput = null;
  }

  /** Has the selector tell what more there is to read, as long as there is room for it. */
  private void updateReadInterest() {
    boolean reading = isReading();
    relay.setInterest(side, SelectionKey.OP_READ, reading);
    if (!reading) {
      relay.updateResetProbe();
    }
  }

  private void onEndOfInput() throws IOException {
    inputEnded = true;
    boolean truncated = relay.endpoint(side).isTruncated();
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
    inputEnded = true;
    inputReset = true;
    recorder.recordRst(side, kind, cause);
    if (outputShut || pipeline.isBypassable()) {
      scheduleEnd(Kind.RST, "");
    } else {
      pipeline.pushRst(System.nanoTime());
      deliverDue();
    }
    updateReadInterest();
  }

  /** The selector says that the source was reset, while nothing is read from it. */
  void onUnreadReset() throws IOException {
    if (!inputReset) {
      onSourceReset();
    }
  }

  /** Nobody takes what is written to the source: it was reset. What it said before still counts. */
  void onSourceReset() throws IOException {
    resetPending = true;
    while (!inputReset && readOnce() > 0) {}
    if (inputReset || !relay.isOpen()) {
      return;
    }
    if (inputEnded || isReading()) {
      onInputReset(Termination.Kind.RST, "");
    } else if (pendingOutput != null) {
      // The rest is heard when the sink has taken what it has got, if it ever does.
      relay.startResetDeadline();
    }
  }

  /** Returns whether it is the sink that has to do something next. */
  boolean awaitsSink() {
    return pendingOutput != null || resetWhenTaken;
  }

  /** The sink has not taken in time what there was. */
  void onResetDeadline() {
    if (resetPending && !inputReset) {
      recorder.recordRst(side);
    }
  }

  /** Has this direction end once the sink has taken all that was said before. */
  void scheduleEnd(Kind kind, String cause) throws IOException {
    if (kind == Kind.CUT_RST) {
      recorder.recordRst(side, Termination.Kind.FAULT, cause);
    } else if (!cause.isEmpty()) {
      recorder.recordFin(side, Termination.Kind.FAULT, cause);
    }
    pendingEnd = kind;
    // The client is there to be told before the server is; nothing was written to it then.
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
      if (writtenBytes <= MIN_SEND_BUFFER_BYTES
          || outputShut
          || relay.pump(side.peer()).inputReset) {
        relay.reset();
      } else {
        resetWhenTaken = true;
        relay.resetWhenTaken(side.peer());
      }
      return;
    }
    if (!outputShut) {
      outputShut = true;
      relay.shutdownOutput(side.peer(), kind == Kind.FIN && !relay.endpoint(side).isTruncated());
    }
    if (kind == Kind.CUT_FIN) {
      relay.pump(side.peer()).onOppositeCut();
    }
    relay.terminateIfDone();
  }

  /** Returns whether something has ended this direction, or is about to. */
  boolean hasPendingEnd() {
    return pendingEnd != null;
  }

  /** The other direction was cut, and so is this one. */
  private void onOppositeCut() throws IOException {
    if (pendingEnd == null) {
      scheduleEnd(Kind.FIN, "");
    }
  }
}
