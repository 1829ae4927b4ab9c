package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one sequence of operations: up to the next action, or until something has to happen. */
final class Fiber {
  /** A script that does nothing but count must let others have the loop now and then. */
  private static final int STRIDE = 10_000;

  private final Setting setting;
  private final Waiting waiting;
  private Frame frame;
  private @Nullable Sides sides;
  private @Nullable Action action;
  private @Nullable Failure failure;
  private long wakeAt;

  Fiber(List<Op> ops, Scope scope, Setting setting) {
    this(Frame.top(ops, scope), setting);
  }

  Fiber(Frame frame, Setting setting) {
    this.setting = setting;
    this.waiting = new Waiting(setting);
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
  List<Op.Expect> missing() {
    return waiting.missing();
  }

  /** Returns the sequences of the {@code together} that it is in; none if it is in none. */
  List<Fiber> inside() {
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
    Op op = frame.op();
    return op instanceof Op.Expect expect
        ? expect.beforeTls()
        : op instanceof Op.Choice choice && choice.isBeforeTls();
  }

  boolean isBetweenEndlessPasses() {
    return frame.idleLoop() != null;
  }

  Flow run(long now) {
    wakeAt = Long.MAX_VALUE;
    for (int i = 0; i < STRIDE; i++) {
      Flow flow = frame.isAtEnd() ? leave() : step(frame.op(), now);
      if (flow == Flow.LEFT) {
        flow = leaveLoop();
      }
      if (flow != Flow.ON && flow != Flow.AGAIN) {
        return flow;
      }
    }
    wakeAt = now;
    return Flow.WAIT;
  }

  /** Leaves a block that is played through, or begins its next pass. */
  private Flow leave() {
    Frame outer = frame.outer;
    if (outer == null) {
      return Flow.DONE;
    }
    boolean over = frame.loop != null && frame.loop.isEndless() && peerHasEnded();
    if (!over && frame.spins(setting.takes())) {
      return fail(
          Failure.plain(Ending.STUCK, "a pass took nothing and did not pause; it would never end"));
    }
    if (over || !frame.again(setting.takes())) {
      frame = outer;
      frame.index++;
    }
    return Flow.ON;
  }

  private boolean peerHasEnded() {
    Side own = setting.own();
    return own == null
        ? setting.client().isOver() && setting.server().isOver()
        : setting.inbox(own.peer()).isOver();
  }

  /** Goes on below the loop whose peer has gone; LEFT if the loop is around this fiber. */
  private Flow leaveLoop() {
    Frame idle = frame.idleLoop();
    sides = null;
    waiting.over();
    if (idle == null || idle.outer == null || !frame.isWithin(idle)) {
      return Flow.LEFT;
    }
    frame = idle.outer;
    frame.index++;
    return Flow.ON;
  }

  private Flow step(Op op, long now) {
    if (op instanceof Op.Say say) {
      return say(say, now);
    }
    if (op instanceof Op.Expect || op instanceof Op.ExpectAct) {
      return met(waiting.first(List.of(op), frame, now));
    }
    if (op instanceof Op.Choice choice) {
      return choose(choice, now);
    }
    if (op instanceof Op.Loop loop) {
      frame = frame.enter(loop, setting.takes());
      return Flow.ON;
    }
    if (op instanceof Op.Do act) {
      return act(act.step(), now);
    }
    if (op instanceof Op.Unordered unordered) {
      return anyOrder(unordered, now);
    }
    if (op instanceof Op.Both both) {
      return together(both, now);
    }
    if (op instanceof Op.Pause pause) {
      return pause(pause.step().time(), now);
    }
    if (op instanceof Op.Await await) {
      return next(waited(waiting.mark(await.step().name(), now)));
    }
    if (op instanceof Op.StartTls) {
      return startTls();
    }
    if (op instanceof Op.Skip skip) {
      setting.inbox(skip.step().side()).letsBy = true;
    } else if (op instanceof Op.Within time) {
      waiting.within(time.step().time());
    } else if (op instanceof Op.Mark mark) {
      setting.board().mark(mark.step().name());
    }
    return next(Flow.ON);
  }

  private Flow next(Flow flow) {
    frame.index += flow == Flow.ON ? 1 : 0;
    return flow;
  }

  private Flow act(Action next) {
    frame.busy();
    frame.index++;
    action = next;
    return Flow.ACT;
  }

  private Flow fail(@Nullable Failure why) {
    failure = why;
    return Flow.FAIL;
  }

  /** Notes what a wait came to. */
  private Flow waited(Flow flow) {
    if (flow == Flow.FAIL) {
      return fail(waiting.failure());
    }
    wakeAt = waiting.wakeAt();
    return flow;
  }

  private Flow met(Flow flow) {
    if (flow == Flow.ON) {
      waiting.take(frame.scope);
      frame.busy();
    }
    return next(waited(flow));
  }

  private Flow choose(Op.Choice choice, long now) {
    Flow flow = waiting.first(choice.firsts(), frame, now);
    if (flow == Flow.ON) {
      frame.busy();
      Op.Branch branch = choice.branches().get(waiting.winner());
      setting.chosen().put(choice, branch);
      frame = frame.enter(branch);
      waiting.take(frame.scope);
    }
    return waited(flow);
  }

  private Flow anyOrder(Op.Unordered block, long now) {
    Flow flow = waiting.anyOrder(block, frame, now);
    if (flow == Flow.ON) {
      frame.busy();
    }
    if (flow == Flow.ON && waiting.missing().isEmpty()) {
      waiting.over();
      return next(flow);
    }
    return waited(flow);
  }

  private Flow pause(Duration time, long now) {
    if (frame.idleLoop() != null && peerHasEnded()) {
      return Flow.LEFT;
    }
    Flow flow = waited(waiting.pause(time, now));
    if (flow == Flow.ON) {
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

  private Flow say(Op.Say say, long now) {
    Step.Line first = say.lines().get(0);
    Side own = first.side();
    if (setting.inbox(own.peer()).isReset()) {
      return fail(
          Failure.plain(
              Ending.PEER_RESET,
              "the " + own.peer() + " reset the connection before the " + own + " could say this"));
    }
    if (isEarly(first.at(), now)) {
      return Flow.WAIT;
    }
    Bytes constant = say.constant();
    Bytes message = constant != null ? constant : Saying.message(say.parts(), frame.scope);
    if (message.isEmpty() && !setting.datagrams()) {
      frame.busy();
      return next(Flow.ON);
    }
    return act(new Action.Say(message));
  }

  private Flow act(Step.Act act, long now) {
    if (isEarly(act.at(), now)) {
      return Flow.WAIT;
    }
    return act(
        switch (act.deed()) {
          case FINISH -> new Action.Finish();
          case CLOSE -> new Action.Close();
          case RESET -> new Action.Reset();
          case STALL -> new Action.Stall();
        });
  }

  private Flow startTls() {
    if (setting.client().secured) {
      if (!setting.client().startsTls) {
        return fail(Failure.plain(Ending.HANDSHAKE_FAILED, "TLS has started already"));
      }
      setting.client().startsTls = false;
      frame.busy();
      return next(Flow.ON);
    }
    for (Side side : Side.values()) {
      Inbox inbox = setting.inbox(side);
      if (side != setting.own() && !inbox.isEmpty()) {
        return fail(
            Failure.received(
                Ending.EXTRA_BYTES,
                "the " + side + " went on in plain where TLS starts",
                side,
                inbox));
      }
      if (side != setting.own() && inbox.hasEnded()) {
        Ending ending = inbox.isReset() ? Ending.PEER_RESET : Ending.PEER_FINISHED;
        return fail(Failure.plain(ending, "the " + side + " has ended where TLS starts"));
      }
    }
    if (setting.own() == null || setting.client().startsTls) {
      return Flow.WAIT;
    }
    setting.client().startsTls = true;
    action = new Action.StartTls();
    return Flow.ACT;
  }

  private Flow together(Op.Both both, long now) {
    Sides playing = sides == null ? new Sides(both, frame, setting) : sides;
    sides = playing;
    Flow flow = playing.run(now);
    action = playing.action();
    failure = playing.failure();
    wakeAt = playing.wakeAt();
    if (flow == Flow.DONE) {
      sides = null;
      return next(Flow.ON);
    }
    return flow;
  }
}
