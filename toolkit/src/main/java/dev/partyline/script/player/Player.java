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
 * <p>Its owner tells it what it received, asks {@link #next} until that returns null, does each
 * action wholly before it asks for the next, and asks again when something was received, when a
 * mark was set on the board, and at the time of {@link #wakeAt}. Safe to use from several threads.
 */
public final class Player {
  private final CompiledScript program;
  private final PlayerContext context;
  private final Interpreter main;
  private long wakeAt;
  private @Nullable EndReason endReason;
  private @Nullable Failure failure;

  /** Whether everything in the script was said and met, though more may come that is too much. */
  private boolean completed;

  private boolean mustReset;

  /** Whether TLS failed because it was to. */
  private boolean handshakeFailureExpected;

  /** Whether our side has stopped reading, so that nothing that comes counts. */
  private boolean ignoresInput;

  Player(CompiledScript program, Variables variables, PlayerContext context) {
    this.program = program;
    this.context = context;
    this.wakeAt = context.openedNanos();
    this.main = new Interpreter(program.instructions(), variables, context);
  }

  /** Tells the player what its peer sent; on UDP exactly one datagram. The buffer is read up. */
  public void onReceived(ByteBuffer bytes) {
    onReceived(peer(), bytes);
  }

  /** Tells the player of a FIN. */
  public void onPeerFin() {
    onEnded(peer(), false);
  }

  /** Tells the player of an RST. */
  public void onPeerReset() {
    onEnded(peer(), true);
  }

  synchronized void onReceived(Side side, ByteBuffer bytes) {
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

  /** Tells the player that both sides have agreed on TLS. */
  public synchronized void onHandshakeDone() {
    InputBuffer input = context.clientInput();
    input.tlsStarted |= input.tlsRequested;
  }

  /** Tells an onlooker that the sides started TLS. */
  synchronized void onTlsStarted() {
    InputBuffer input = context.clientInput();
    input.tlsRequested = true;
    input.tlsStarted = true;
  }

  /**
   * Tells the player that the two sides did not agree on TLS, or that it broke.
   *
   * @param problem what went wrong
   * @param expected whether that is what the test has asked for: then nothing is left to say or
   *     meet
   */
  public synchronized void onTlsFailed(String problem, boolean expected) {
    if (endReason == null) {
      fail(Failure.of(EndReason.HANDSHAKE_FAILED, problem));
      handshakeFailureExpected = expected;
    }
    mustReset = false;
  }

  /** Tells the player that there will be no connection, for nobody listens there. */
  public synchronized void onRefused(String problem) {
    fail(Failure.of(EndReason.REFUSED, problem));
    mustReset = false;
  }

  /** Tells the player that there was no connection in time. */
  public synchronized void onTimeout(String problem) {
    fail(Failure.of(EndReason.TIMED_OUT, problem));
    mustReset = false;
  }

  /** Tells the player that the test closes our end now. */
  public synchronized void onStopped() {
    if (endReason == null) {
      if (isDone()) {
        endReason = EndReason.FINISHED;
      } else {
        fail(Failure.of(EndReason.STOPPED, "the test closed the " + ownName() + " before its end"));
      }
    }
    mustReset = false;
  }

  /** The script has no block for this connection. */
  synchronized void failExtraConnection(int blocks) {
    String limit = blocks == 1 ? "a single connection" : blocks + " connections";
    String problem = "the script is for " + limit + ", and this is one more";
    fail(Failure.of(EndReason.EXTRA_CONNECTION, problem));
  }

  /**
   * Returns what to do now, or null if there is nothing to do before something happens.
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
        endReason = EndReason.FINISHED;
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
    if (action instanceof Action.Close || action instanceof Action.Reset) {
      endReason = EndReason.FINISHED;
    } else if (action instanceof Action.Stall) {
      ignoresInput = true;
      context.input(peer()).consumeAll();
    }
    return action;
  }

  /** After the end nothing may come, unless the script lets everything by. */
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
    if (endReason == null || endReason == EndReason.FINISHED) {
      failure = cause;
      endReason = cause.endReason();
      mustReset = true;
    }
  }

  /**
   * Returns when {@link #next} must be asked again though nothing happened, in the time that it was
   * given; MAX_VALUE for never.
   */
  public synchronized long wakeAt() {
    return endReason == null ? wakeAt : Long.MAX_VALUE;
  }

  /** Returns whether the peer's bytes are welcome now; false puts back pressure on the peer. */
  public synchronized boolean isAcceptingInput() {
    return endReason != null || main.isExpecting() || context.input(peer()).hasCapacity();
  }

  /**
   * Returns whether the peer may go on under TLS right behind the line that is expected now. Its
   * owner then reads no further than the player takes, byte by byte.
   */
  public synchronized boolean isBeforeTls() {
    return endReason == null && main.isBeforeTls();
  }

  /** Returns whether nothing is left to say or to meet on this connection. */
  private boolean isDone() {
    // Half a line is no wait for a line.
    return endReason == EndReason.FINISHED
        || handshakeFailureExpected
        || (endReason == null
            && main.isIdleInEndlessLoop()
            && context.clientInput().isEmpty()
            && context.serverInput().isEmpty());
  }

  /**
   * Returns how it has fared so far.
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

  /** Returns where it stands in its script. */
  public synchronized Cursor cursor() {
    return Cursor.of(program, main, context.chosenBranches(), Optional.ofNullable(failure));
  }

  private String ownName() {
    return program.ownSide() == null ? "recording" : program.ownSide().toString();
  }

  private Side peer() {
    return program.ownSide() == null ? Side.CLIENT : program.ownSide().peer();
  }
}
