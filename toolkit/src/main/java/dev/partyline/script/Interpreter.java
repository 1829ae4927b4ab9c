package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one sequence of operations: up to the next action, or until something has to happen. */
final class Interpreter {
  /** A script that does nothing but count must let others have the loop now and then. */
  private static final int STRIDE = 10_000;

  private final PlayerContext setting;
  private final PendingExpectation waiting;
  private Frame frame;
  private @Nullable InterleavedBlock sides;
  private @Nullable Action action;
  private @Nullable Failure failure;
  private long wakeAt;

  Interpreter(List<Instruction> ops, Variables scope, PlayerContext setting) {
    this(Frame.top(ops, scope), setting);
  }

  Interpreter(Frame frame, PlayerContext setting) {
    this.setting = setting;
    this.waiting = new PendingExpectation(setting);
    this.frame = frame;
  }

  @Nullable Action action() {
    return action;
  }

  @Nullable Failure failure() {
    return failure;
  }

  long wakeAt() {
    return wakeAt;
  }

  Frame frame() {
    return frame;
  }

  /** Returns the expectations of an {@code any order} that are yet to be met. */
  List<Instruction.Expect> missing() {
    return waiting.missing();
  }

  /** Returns the sequences of the {@code together} that it is in; none if it is in none. */
  List<Interpreter> inside() {
    return sides == null ? List.of() : sides.fibers();
  }

  /** Whether it waits for the peer's bytes, so that holding them back would hold it too. */
  boolean isExpecting() {
    return sides == null ? waiting.isExpecting() : sides.isExpecting();
  }

  /**
   * Whether what comes right behind the next line may be TLS, which is not for a script to read.
   */
  boolean isBeforeTls() {
    if (sides != null || frame.isAtEnd()) {
      return false;
    }
    Instruction op = frame.op();
    return op instanceof Instruction.Expect expect
        ? expect.beforeTls()
        : op instanceof Instruction.Choice choice && choice.isBeforeTls();
  }

  boolean isBetweenEndlessPasses() {
    return frame.idleLoop() != null;
  }

  StepResult run(long now) {
    wakeAt = Long.MAX_VALUE;
    for (int i = 0; i < STRIDE; i++) {
      StepResult flow = frame.isAtEnd() ? leave() : step(frame.op(), now);
      if (flow == StepResult.LEFT) {
        flow = leaveLoop();
      }
      if (flow != StepResult.ON && flow != StepResult.AGAIN) {
        return flow;
      }
    }
    wakeAt = now;
    return StepResult.WAIT;
  }

  /** Leaves a block that is played through, or begins its next pass. */
  private StepResult leave() {
    Frame outer = frame.outer;
    if (outer == null) {
      return StepResult.DONE;
    }
    boolean over = frame.loop != null && frame.loop.isEndless() && peerHasEnded();
    if (!over && frame.spins(setting.takes())) {
      return fail(
          Failure.plain(
              EndReason.STUCK, "a pass took nothing and did not pause; it would never end"));
    }
    if (over || !frame.again(setting.takes())) {
      frame = outer;
      frame.index++;
    }
    return StepResult.ON;
  }

  private boolean peerHasEnded() {
    Side own = setting.own();
    return own == null
        ? setting.client().isOver() && setting.server().isOver()
        : setting.inbox(own.peer()).isOver();
  }

  /** Goes on below the loop whose peer has gone; LEFT if the loop is around this fiber. */
  private StepResult leaveLoop() {
    Frame idle = frame.idleLoop();
    sides = null;
    waiting.over();
    if (idle == null || idle.outer == null || !frame.isWithin(idle)) {
      return StepResult.LEFT;
    }
    frame = idle.outer;
    frame.index++;
    return StepResult.ON;
  }

  private StepResult step(Instruction op, long now) {
    if (op instanceof Instruction.Say say) {
      return say(say, now);
    }
    if (op instanceof Instruction.Expect || op instanceof Instruction.ExpectAct) {
      return met(waiting.first(List.of(op), frame, now));
    }
    if (op instanceof Instruction.Choice choice) {
      return choose(choice, now);
    }
    if (op instanceof Instruction.Loop loop) {
      frame = frame.enter(loop, setting.takes());
      return StepResult.ON;
    }
    if (op instanceof Instruction.Do act) {
      return act(act.step(), now);
    }
    if (op instanceof Instruction.Unordered unordered) {
      return anyOrder(unordered, now);
    }
    if (op instanceof Instruction.Both both) {
      return together(both, now);
    }
    if (op instanceof Instruction.Pause pause) {
      return pause(pause.step().time(), now);
    }
    if (op instanceof Instruction.Await await) {
      return next(waited(waiting.mark(await.step().name(), now)));
    }
    if (op instanceof Instruction.StartTls) {
      return startTls();
    }
    if (op instanceof Instruction.Skip skip) {
      setting.inbox(skip.step().side()).letsBy = true;
    } else if (op instanceof Instruction.Within time) {
      waiting.within(time.step().time());
    } else if (op instanceof Instruction.Mark mark) {
      setting.board().mark(mark.step().name());
    }
    return next(StepResult.ON);
  }

  private StepResult next(StepResult flow) {
    frame.index += flow == StepResult.ON ? 1 : 0;
    return flow;
  }

  private StepResult act(Action next) {
    frame.busy();
    frame.index++;
    action = next;
    return StepResult.ACT;
  }

  private StepResult fail(@Nullable Failure why) {
    failure = why;
    return StepResult.FAIL;
  }

  /** Notes what a wait came to. */
  private StepResult waited(StepResult flow) {
    if (flow == StepResult.FAIL) {
      return fail(waiting.failure());
    }
    wakeAt = waiting.wakeAt();
    return flow;
  }

  private StepResult met(StepResult flow) {
    if (flow == StepResult.ON) {
      waiting.take(frame.scope);
      frame.busy();
    }
    return next(waited(flow));
  }

  private StepResult choose(Instruction.Choice choice, long now) {
    StepResult flow = waiting.first(choice.firsts(), frame, now);
    if (flow == StepResult.ON) {
      frame.busy();
      Instruction.Branch branch = choice.branches().get(waiting.winner());
      setting.chosen().put(choice, branch);
      frame = frame.enter(branch);
      waiting.take(frame.scope);
    }
    return waited(flow);
  }

  private StepResult anyOrder(Instruction.Unordered block, long now) {
    StepResult flow = waiting.anyOrder(block, frame, now);
    if (flow == StepResult.ON) {
      frame.busy();
    }
    if (flow == StepResult.ON && waiting.missing().isEmpty()) {
      waiting.over();
      return next(flow);
    }
    return waited(flow);
  }

  private StepResult pause(Duration time, long now) {
    if (frame.idleLoop() != null && peerHasEnded()) {
      return StepResult.LEFT;
    }
    StepResult flow = waited(waiting.pause(time, now));
    if (flow == StepResult.ON) {
      frame.paused();
      frame.busy();
    }
    return next(flow);
  }

  /** Whether the script is played in its recorded time, and that has not come yet. */
  private boolean isEarly(@Nullable Duration at, long now) {
    if (!setting.keepsTimes() || at == null) {
      return false;
    }
    long left = at.toNanos() - (now - setting.opened());
    // A recorded time may lie further ahead than the clock can count.
    wakeAt = now + Math.min(left, Duration.ofDays(1).toNanos());
    return left > 0;
  }

  private StepResult say(Instruction.Say say, long now) {
    Step.Line first = say.lines().get(0);
    Side own = first.side();
    if (setting.inbox(own.peer()).isReset()) {
      return fail(
          Failure.plain(
              EndReason.PEER_RESET,
              "the " + own.peer() + " reset the connection before the " + own + " could say this"));
    }
    if (isEarly(first.at(), now)) {
      return StepResult.WAIT;
    }
    Bytes constant = say.constant();
    Bytes message = constant != null ? constant : MessageEncoder.message(say.parts(), frame.scope);
    if (message.isEmpty() && !setting.datagrams()) {
      frame.busy();
      return next(StepResult.ON);
    }
    return act(new Action.Say(message));
  }

  private StepResult act(Step.Act act, long now) {
    if (isEarly(act.at(), now)) {
      return StepResult.WAIT;
    }
    return act(
        switch (act.deed()) {
          case FINISH -> new Action.Finish();
          case CLOSE -> new Action.Close();
          case RESET -> new Action.Reset();
          case STALL -> new Action.Stall();
        });
  }

  private StepResult startTls() {
    if (setting.client().secured) {
      if (!setting.client().startsTls) {
        return fail(Failure.plain(EndReason.HANDSHAKE_FAILED, "TLS has started already"));
      }
      setting.client().startsTls = false;
      frame.busy();
      return next(StepResult.ON);
    }
    for (Side side : Side.values()) {
      InputBuffer inbox = setting.inbox(side);
      if (side != setting.own() && !inbox.isEmpty()) {
        return fail(
            Failure.received(
                EndReason.EXTRA_BYTES,
                "the " + side + " went on in plain where TLS starts",
                side,
                inbox));
      }
      if (side != setting.own() && inbox.hasEnded()) {
        EndReason ending = inbox.isReset() ? EndReason.PEER_RESET : EndReason.PEER_FINISHED;
        return fail(Failure.plain(ending, "the " + side + " has ended where TLS starts"));
      }
    }
    if (setting.own() == null || setting.client().startsTls) {
      return StepResult.WAIT;
    }
    setting.client().startsTls = true;
    action = new Action.StartTls();
    return StepResult.ACT;
  }

  private StepResult together(Instruction.Both both, long now) {
    InterleavedBlock playing = sides == null ? new InterleavedBlock(both, frame, setting) : sides;
    sides = playing;
    StepResult flow = playing.run(now);
    action = playing.action();
    failure = playing.failure();
    wakeAt = playing.wakeAt();
    if (flow == StepResult.DONE) {
      sides = null;
      return next(StepResult.ON);
    }
    return flow;
  }
}
