package dev.partyline.script.player;

import dev.partyline.script.player.StepResult.Signal;
import dev.partyline.wire.Side;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays a script on one connection without doing any I/O: bytes and events in, actions out.
 *
 * <p>Feed it events; then call {@link #next} until it returns null, finishing each action before
 * the next call. Call {@link #next} again after every event, whenever a mark is set, and at {@link
 * #wakeAt}. Safe to use from several threads.
 */
public final class Player {
  private final CompiledScript program;
  private final PlayerContext context;
  private final Interpreter main;
  private long wakeAt;
  private @Nullable EndReason endReason;
  private @Nullable Failure failure;

  /** Whether everything in the script was sent and matched; the peer may still send too much. */
  private boolean completed;

  private boolean mustReset;

  /** The certificate that the peer is to refuse; null if there is none, or it has sent a byte. */
  private @Nullable String wrongCertificate;

  /** Whether the peer fails the script if it accepts that certificate. */
  private boolean acceptanceFails;

  /** Whether TLS failed as the test expected. */
  private boolean handshakeFailureExpected;

  /** Whether our side has sent its FIN. */
  private boolean outputShut;

  /** Whether our side has stopped reading, so that input is ignored. */
  private boolean ignoresInput;

  Player(CompiledScript program, Variables variables, PlayerContext context) {
    this.program = program;
    this.context = context;
    this.wakeAt = context.openedNanos();
    this.main = new Interpreter(program.instructions(), variables, context);
  }

  /** Takes what the peer sent, all that remains in the buffer; on UDP exactly one datagram. */
  public void onReceived(ByteBuffer bytes) {
    onReceived(peer(), bytes);
  }

  /** Takes note of the peer's FIN. */
  public void onPeerFin() {
    onEnded(peer(), false);
  }

  /**
   * Takes note that the peer's FIN, of which it is told next, ends our direction as well.
   *
   * @param reason why; empty if it does not
   */
  public synchronized void onOutputEnded(String reason) {
    context.input(peer()).outputEnd = reason;
  }

  /** Takes note of the peer's RST. */
  public void onPeerReset() {
    onEnded(peer(), true);
  }

  synchronized void onReceived(Side side, ByteBuffer bytes) {
    if (wrongCertificate != null && acceptanceFails) {
      String problem = "the " + peer() + " accepted " + wrongCertificate;
      fail(Failure.of(EndReason.HANDSHAKE_FAILED, problem));
    }
    wrongCertificate = null;
    if (ignoresInput || (endReason != null && !(completed && endReason == EndReason.FINISHED))) {
      bytes.position(bytes.limit());
    } else {
      context.input(side).add(bytes);
    }
  }

  synchronized void onEnded(Side side, boolean reset) {
    InputBuffer input = context.input(side);
    if (reset) {
      input.reset();
    } else {
      input.finish();
    }
  }

  /** Takes note that the TLS handshake is done. */
  public synchronized void onHandshakeDone() {
    InputBuffer input = context.clientInput();
    input.tlsStarted |= input.tlsRequested;
  }

  /**
   * Takes note that the peer has completed the handshake with a certificate that it is to refuse:
   * it has refused if it ends the connection now, and has accepted if it sends a byte.
   *
   * @param certificate the certificate in words
   * @param certain whether a peer that accepts it fails the script
   */
  public synchronized void onWrongCertificate(String certificate, boolean certain) {
    wrongCertificate = certificate;
    acceptanceFails = certain;
  }

  /** Takes note, as an observer, that the sides started TLS. */
  synchronized void onTlsStarted() {
    InputBuffer input = context.clientInput();
    input.tlsRequested = true;
    input.tlsStarted = true;
  }

  /**
   * Takes note that the TLS handshake failed, or that TLS broke.
   *
   * @param problem what went wrong
   * @param expected whether the test wanted that: then nothing is left to send or expect
   */
  public synchronized void onTlsFailed(String problem, boolean expected) {
    if (endReason == null) {
      // What fails after the peer's FIN is a write to a peer that has ended TLS.
      boolean peerEnded = context.input(peer()).hasEnded() && !expected;
      fail(Failure.of(peerEnded ? EndReason.PEER_FIN : EndReason.HANDSHAKE_FAILED, problem));
      handshakeFailureExpected = expected;
    }
    mustReset = false;
  }

  /** Takes note that our FIN was not sent, because the peer had reset the connection. */
  public synchronized void onFinUnsent() {
    fail(Failure.beforeSending(peer().peer()));
  }

  /** Takes note that the connection was refused. */
  public synchronized void onRefused(String problem) {
    fail(Failure.of(EndReason.REFUSED, problem));
    mustReset = false;
  }

  /** Takes note that there was no connection in time. */
  public synchronized void onTimeout(String problem) {
    fail(Failure.of(EndReason.TIMED_OUT, problem));
    mustReset = false;
  }

  /**
   * Takes note that our end is closed now, for a reason that has nothing to do with the peer.
   *
   * @param reason what closes it, as in "the test closed the server"
   */
  public synchronized void onStopped(String reason) {
    if (endReason == null) {
      if (isDone()) {
        end(EndReason.FINISHED);
      } else {
        fail(Failure.of(EndReason.STOPPED, reason + " before the script ended"));
      }
    }
    mustReset = false;
  }

  /** Fails because the script has no block for this connection. */
  synchronized void failExtraConnection(int blocks) {
    String limit = blocks == 1 ? "a single connection" : blocks + " connections";
    String problem =
        "the script is for "
            + limit
            + ", and this is one more; 'every connection' is for any number";
    fail(Failure.of(EndReason.EXTRA_CONNECTION, problem));
  }

  /**
   * Returns what to do now, or null if something has to happen first.
   *
   * @param nanos the time
   */
  public synchronized @Nullable Action next(long nanos) {
    if (endReason == null) {
      StepResult result = main.run(nanos);
      wakeAt = result instanceof StepResult.Wait wait ? wait.wakeAt() : Long.MAX_VALUE;
      if (result instanceof StepResult.Emit emit) {
        return afterAction(emit.action());
      }
      if (result instanceof StepResult.Fail fail) {
        fail(fail.failure());
      } else if (result == Signal.DONE) {
        completed = true;
        end(EndReason.FINISHED);
      }
    }
    if (completed && endReason == EndReason.FINISHED) {
      checkExtraInput();
    }
    if (mustReset) {
      mustReset = false;
      return new Action.Reset();
    }
    return null;
  }

  private Action afterAction(Action action) {
    if (action instanceof Action.ShutdownOutput) {
      outputShut = true;
    } else if (action instanceof Action.Stall) {
      ignoresInput = true;
      context.input(peer()).consumeAll();
    }
    return action;
  }

  /** After the end nothing may come, unless the script ends in {@code C: ...}. */
  private void checkExtraInput() {
    for (Side side : program.ownSide() == null ? List.of(Side.values()) : List.of(peer())) {
      InputBuffer input = context.input(side);
      if (input.allowsAny) {
        input.consumeAll();
      } else if (!input.isEmpty()) {
        String problem = "the " + side + " went on after the end of the script";
        fail(Failure.unexpectedInput(EndReason.EXTRA_BYTES, problem, side, input));
      }
    }
  }

  private void fail(Failure cause) {
    boolean peerEnded =
        cause.endReason() == EndReason.PEER_FIN || cause.endReason() == EndReason.PEER_RESET;
    if (wrongCertificate != null && peerEnded) {
      String problem = "the " + peer() + " refused " + wrongCertificate;
      onTlsFailed(problem, true);
    } else if (endReason == null || endReason == EndReason.FINISHED) {
      failure = outputShut ? cause.withReason(context.input(peer()).outputEnd) : cause;
      end(cause.endReason());
      mustReset = true;
    }
  }

  private void end(EndReason reason) {
    boolean first = endReason == null;
    endReason = reason;
    // One for every connection sets its marks on the next one.
    if (first && !program.every()) {
      context.marks().removeSetter(program.marks());
    }
  }

  /**
   * Returns when {@link #next} must be called again even if nothing happens, in its time; MAX_VALUE
   * for never.
   */
  public synchronized long wakeAt() {
    return endReason == null ? wakeAt : Long.MAX_VALUE;
  }

  /** Returns whether to read from the peer now; if not, it gets back pressure. */
  public synchronized boolean isAcceptingInput() {
    return endReason != null || main.isExpecting() || context.input(peer()).hasCapacity();
  }

  /**
   * Returns whether the peer may start TLS right after the line that is expected now. The owner
   * then reads byte by byte, no further than the player has matched.
   */
  public synchronized boolean isBeforeTls() {
    return endReason == null && main.isBeforeTls();
  }

  /** Returns whether nothing is left to send or expect on this connection. */
  private boolean isDone() {
    // A player that has half a line is not idle.
    return endReason == EndReason.FINISHED
        || handshakeFailureExpected
        || (endReason == null
            && main.isIdleInEndlessLoop()
            && context.clientInput().isEmpty()
            && context.serverInput().isEmpty());
  }

  /**
   * Returns the result so far.
   *
   * @param connection the ordinal of the connection in its recording
   */
  public synchronized ScriptRun scriptRun(int connection) {
    return new ScriptRun(
        connection,
        program.ownSide() == null ? Side.SERVER : program.ownSide(),
        Optional.ofNullable(endReason),
        isDone(),
        failure == null ? "" : failure.problem(),
        main.frame().variables.texts());
  }

  /** Returns where it is in its script. */
  public synchronized Cursor cursor() {
    return Cursor.of(program, lineStates(), failure);
  }

  /**
   * Returns what to keep of it when its connection is closed, so that nothing can happen any more.
   *
   * @param connection the ordinal of the connection in its recording
   */
  public synchronized EndedRun endedRun(int connection) {
    return new EndedRun(scriptRun(connection), program, lineStates(), failure);
  }

  private byte[] lineStates() {
    return Cursor.lineStates(program, main, context.chosenBranches());
  }

  private Side peer() {
    return program.ownSide() == null ? Side.CLIENT : program.ownSide().peer();
  }
}
