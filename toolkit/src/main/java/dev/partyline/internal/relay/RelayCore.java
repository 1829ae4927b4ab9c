package dev.partyline.internal.relay;

import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.Timer;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Ticker;

/**
 * What a tap decides about one connection: events come in, and {@link RelayIo} is told what to do.
 *
 * <p>It does no I/O, and its clock is handed in.
 */
final class RelayCore {
  /** How long the reset of a side waits for the other to take what was sent before it. */
  private static final long RESET_DEADLINE_NANOS = 2_000_000_000L;

  private final RelayIo io;
  private final Ticker ticker;
  private final RelayRecorder recorder;
  private final RelaySetup setup;
  private final Pump clientToServer;
  private final Pump serverToClient;
  private final ResetProbe resetProbe;
  private long resetAtNanos = Timer.NEVER;

  RelayCore(
      RelayIo io,
      Ticker ticker,
      RelayRecorder recorder,
      FaultInjector injector,
      ConnectionDirection direction) {
    this.io = io;
    this.ticker = ticker;
    this.recorder = recorder;
    Admission admission = injector.admit(direction);
    long connectAtNanos = direction.openedAt() + admission.delayNanos();
    this.setup = new RelaySetup(this, io, recorder, direction.server(), admission, connectAtNanos);
    FaultPipeline pipeline = injector.newPipeline(direction, recorder::recordNote);
    this.clientToServer = new Pump(this, io, recorder, pipeline, Side.CLIENT);
    this.serverToClient = new Pump(this, io, recorder, pipeline.newOpposite(), Side.SERVER);
    this.resetProbe = new ResetProbe(this, io);
  }

  /** Returns what comes before bytes are passed on. */
  RelaySetup setup() {
    return setup;
  }

  /** Returns the pump that carries what a side sends. */
  Pump pump(Side source) {
    return source == Side.CLIENT ? clientToServer : serverToClient;
  }

  long now() {
    return ticker.nanos();
  }

  boolean isOpen() {
    return setup.isOpen();
  }

  /** Returns whether the server can be written to. */
  boolean isRelaying() {
    return setup.isRelaying();
  }

  boolean isConnected(Side side) {
    return setup.isConnected(side);
  }

  /** Called when a side was reset. */
  void onReset(Side side, SocketError error) {
    if (error == SocketError.TIMED_OUT) {
      pump(side).onReset(Termination.Kind.TIMED_OUT, "no answer any more");
    } else {
      String cause = io.isHandshaking(side) ? "in the TLS handshake" : "";
      pump(side).onReset(Termination.Kind.RST, cause);
    }
  }

  /** Called when our end of TLS with a side does wrong on purpose, with words for it. */
  void onTlsFault(String text) {
    recorder.recordNote(text);
  }

  /**
   * Called when TLS with a side has failed.
   *
   * @param finReceived whether the side has sent a FIN
   */
  void onTlsFailed(Side side, String reason, boolean finReceived) {
    String cause = "TLS with the " + side + " failed: " + reason;
    recorder.recordNote(cause);
    if (side == Side.SERVER) {
      recorder.recordRst(Side.SERVER, Termination.Kind.REFUSED, cause);
      reset();
      return;
    }
    if (finReceived) {
      recorder.recordFin(Side.CLIENT);
    }
    recorder.recordFin(Side.SERVER, Termination.Kind.FIN, cause);
    io.resetOnClose(Side.SERVER);
    close();
  }

  /** Called when the faults have changed. */
  void onFaultsChanged() {
    clientToServer.deliverDue();
    serverToClient.deliverDue();
  }

  /** Starts, continues or ends the probe for resets. */
  void updateResetProbe() {
    resetProbe.update();
  }

  /**
   * Resets both sides soon, because one of them is gone: when the other has taken everything, or
   * takes nothing any more.
   */
  void startResetDeadline() {
    resetAtNanos = now() + RESET_DEADLINE_NANOS;
    updateTimer();
  }

  boolean hasResetDeadline() {
    return resetAtNanos != Timer.NEVER;
  }

  void updateTimer() {
    long pumpNanos = Math.min(clientToServer.wakeAt(), serverToClient.wakeAt());
    long deadlineNanos = Math.min(resetAtNanos, resetProbe.wakeAt());
    long nextNanos = Math.min(setup.wakeAt(), Math.min(pumpNanos, deadlineNanos));
    if (isOpen() && nextNanos != Timer.NEVER) {
      io.wakeAt(nextNanos);
    }
  }

  /** Called at the time that was asked for. */
  void onTimeout() {
    long now = now();
    setup.onTimeout(now);
    if (resetAtNanos <= now && !isDelayedByFaults()) {
      clientToServer.onResetDeadline();
      serverToClient.onResetDeadline();
      reset();
      return;
    }
    clientToServer.onTimeout(now);
    serverToClient.onTimeout(now);
    resetProbe.probe(now);
    onFaultsChanged();
  }

  /** Faults delay bytes or the connect: the deadline starts after that. */
  private boolean isDelayedByFaults() {
    if (setup.isWaiting()) {
      resetAtNanos = setup.wakeAt() + RESET_DEADLINE_NANOS;
      return true;
    }
    if (isRelaying() && !clientToServer.awaitsSink() && !serverToClient.awaitsSink()) {
      resetAtNanos = Timer.NEVER;
      return true;
    }
    return false;
  }

  void closeIfDone() {
    if (!isOpen() || !clientToServer.isDone() || !serverToClient.isDone()) {
      return;
    }
    for (Side side : Side.values()) {
      if (pump(side).canPassResetOn()) {
        io.resetOnClose(side.peer());
      }
    }
    close();
  }

  /** Called before our own end is closed: what was sent there has left, and is only delayed. */
  void deliverEarly(Side own) {
    if (isRelaying()) {
      pump(own).deliverEarly();
    }
  }

  /** Called when the tap is closed: ends both sides by FIN, or resets them if bytes are lost. */
  void shutdown() {
    if (!isConnected(Side.SERVER) || clientToServer.isBusy() || serverToClient.isBusy()) {
      reset();
    } else {
      io.sendCloseNotify();
      close();
    }
  }

  /** Resets both sides. */
  void reset() {
    if (isOpen()) {
      io.resetOnClose(Side.CLIENT);
      io.resetOnClose(Side.SERVER);
      close();
    }
  }

  /** Closes both connections. */
  private void close() {
    if (isOpen()) {
      setup.close();
      clientToServer.retractUnsent();
      serverToClient.retractUnsent();
      clientToServer.onClosed();
      serverToClient.onClosed();
      io.close();
      recorder.recordClosed();
    }
  }
}
