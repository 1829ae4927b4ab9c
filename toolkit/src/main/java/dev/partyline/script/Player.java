package dev.partyline.script;

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
  private final CompiledScript plan;
  private final PlayerContext setting;
  private final Interpreter main;
  private @Nullable EndReason ending;
  private @Nullable Failure failure;

  /** Whether everything in the script was said and met, though more may come that is too much. */
  private boolean over;

  private boolean mustReset;

  /** Whether TLS failed because it was to. */
  private boolean refusedAsAsked;

  /** Whether our side has stopped reading, so that nothing that comes counts. */
  private boolean deaf;

  Player(CompiledScript plan, Variables scope, PlayerContext setting) {
    this.plan = plan;
    this.setting = setting;
    this.main = new Interpreter(plan.ops(), scope, setting);
  }

  /** Tells the player what its peer sent; on UDP exactly one datagram. The buffer is read up. */
  public void received(ByteBuffer bytes) {
    received(peer(), bytes);
  }

  /** Tells the player of a FIN. */
  public void peerFinished() {
    ended(peer(), false);
  }

  /** Tells the player of an RST. */
  public void peerReset() {
    ended(peer(), true);
  }

  synchronized void received(Side side, ByteBuffer bytes) {
    if (deaf || (ending != null && !(over && ending == EndReason.FINISHED))) {
      bytes.position(bytes.limit());
    } else {
      setting.inbox(side).add(bytes);
    }
  }

  synchronized void ended(Side side, boolean reset) {
    InputBuffer inbox = setting.inbox(side);
    if (reset) {
      inbox.reset();
    } else {
      inbox.finish();
    }
  }

  /** Tells the player that both sides have agreed on TLS. */
  public synchronized void secured() {
    InputBuffer inbox = setting.client();
    inbox.secured |= inbox.startsTls;
  }

  /** Tells an onlooker that the sides started TLS. */
  synchronized void startedTls() {
    InputBuffer inbox = setting.client();
    inbox.startsTls = true;
    inbox.secured = true;
  }

  /**
   * Tells the player that the two sides did not agree on TLS, or that it broke.
   *
   * @param why what went wrong
   * @param asked whether that is what the test has asked for: then nothing is left to say or meet
   */
  public synchronized void handshakeFailed(String why, boolean asked) {
    if (ending == null) {
      fail(Failure.plain(EndReason.HANDSHAKE_FAILED, why));
      refusedAsAsked = asked;
    }
    mustReset = false;
  }

  /** Tells the player that there will be no connection, for nobody listens there. */
  public synchronized void refused(String why) {
    fail(Failure.plain(EndReason.REFUSED, why));
    mustReset = false;
  }

  /** Tells the player that there was no connection in time. */
  public synchronized void unanswered(String why) {
    fail(Failure.plain(EndReason.STUCK, why));
    mustReset = false;
  }

  /** Tells the player that the test closes our end now. */
  public synchronized void stopped() {
    if (ending == null) {
      if (isDone()) {
        ending = EndReason.FINISHED;
      } else {
        fail(
            Failure.plain(
                EndReason.STOPPED, "the test closed the " + speaker() + " before its end"));
      }
    }
    mustReset = false;
  }

  /** The script has no block for this connection. */
  synchronized void refuse(int blocks) {
    String all = blocks == 1 ? "a single connection" : blocks + " connections";
    String problem = "the script is for " + all + ", and this is one more";
    fail(Failure.plain(EndReason.EXTRA_CONNECTION, problem));
  }

  /**
   * Returns what to do now, or null if there is nothing to do before something happens.
   *
   * @param nanos the time
   */
  public synchronized @Nullable Action next(long nanos) {
    if (ending == null) {
      // No switch, for that takes one more class; so it is wherever a first answer passes.
      StepResult flow = main.run(nanos);
      if (flow == StepResult.ACT) {
        return acted(main.action());
      }
      if (flow == StepResult.FAIL) {
        fail(main.failure());
      } else if (flow == StepResult.DONE) {
        over = true;
        ending = EndReason.FINISHED;
      }
    }
    if (over && ending == EndReason.FINISHED) {
      lookForMore();
    }
    if (mustReset) {
      mustReset = false;
      return new Action.Reset();
    }
    return null;
  }

  private @Nullable Action acted(@Nullable Action action) {
    if (action instanceof Action.Say) {
      return action;
    }
    if (action instanceof Action.Close || action instanceof Action.Reset) {
      ending = EndReason.FINISHED;
    } else if (action instanceof Action.Stall) {
      deaf = true;
      setting.inbox(peer()).drop();
    }
    return action;
  }

  /** After the end nothing may come, unless the script lets everything by. */
  private void lookForMore() {
    for (Side side : plan.own() == null ? List.of(Side.values()) : List.of(peer())) {
      InputBuffer inbox = setting.inbox(side);
      if (inbox.letsBy) {
        inbox.drop();
      } else if (!inbox.isEmpty()) {
        String problem = "the " + side + " went on after the end of the script";
        fail(Failure.received(EndReason.EXTRA_BYTES, problem, side, inbox));
      }
    }
  }

  private void fail(@Nullable Failure why) {
    if (why != null && (ending == null || ending == EndReason.FINISHED)) {
      failure = why;
      ending = why.ending();
      mustReset = true;
    }
  }

  /**
   * Returns when {@link #next} must be asked again though nothing happened, in the time that it was
   * given; MAX_VALUE for never.
   */
  public synchronized long wakeAt() {
    return ending == null ? main.wakeAt() : Long.MAX_VALUE;
  }

  /** Returns whether the peer's bytes are welcome now; false puts back pressure on the peer. */
  public synchronized boolean hasRoom() {
    return ending != null || main.isExpecting() || setting.inbox(peer()).hasRoom();
  }

  /**
   * Returns whether the peer may go on under TLS right behind the line that is expected now. Its
   * owner then reads no further than the player takes, byte by byte.
   */
  public synchronized boolean isBeforeTls() {
    return ending == null && main.isBeforeTls();
  }

  /** Returns whether nothing is left to say or to meet on this connection. */
  private boolean isDone() {
    // Half a line is no wait for a line.
    return ending == EndReason.FINISHED
        || refusedAsAsked
        || (ending == null
            && main.isBetweenEndlessPasses()
            && setting.client().isEmpty()
            && setting.server().isEmpty());
  }

  /**
   * Returns how it has fared so far.
   *
   * @param connection the ordinal of the connection in its recording
   */
  public synchronized ScriptRun performance(int connection) {
    return new ScriptRun(
        connection,
        plan.own() == null ? Side.SERVER : plan.own(),
        Optional.ofNullable(ending),
        isDone(),
        failure == null ? "" : failure.problem(),
        main.frame().scope.texts());
  }

  /** Returns where it stands in its script. */
  public synchronized Cursor cursor() {
    return Cursor.of(plan, main, setting.chosen(), Optional.ofNullable(failure));
  }

  private String speaker() {
    return plan.own() == null ? "recording" : plan.own().toString();
  }

  private Side peer() {
    return plan.own() == null ? Side.CLIENT : plan.own().peer();
  }
}
