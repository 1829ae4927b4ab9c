package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Patience;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one sequence of operations: up to the next action, or until something has to happen. */
final class Fiber {
  /** Why a run came to its end. */
  enum Flow {
    /** The operation is done; the next one follows. */
    ON,
    /** Something must come first, or time must pass. */
    WAIT,
    /** There is an action to do. */
    ACT,
    /** The script cannot go on. */
    FAIL,
    /** Everything is done. */
    DONE
  }

  /** A script that does nothing but count must let others have the loop now and then. */
  private static final int STRIDE = 10_000;

  private final Setting setting;
  private Frame frame;
  private @Nullable Attempts attempts;
  private @Nullable List<Op.Expect> missing;
  private @Nullable Attempts beyond;
  private @Nullable Pair pair;
  private @Nullable Action action;
  private @Nullable Failure failure;
  private @Nullable Duration within;
  private long since = Long.MIN_VALUE;
  private long wakeAt;

  /** The two sequences of a {@code together}. */
  private record Pair(Fiber own, Fiber other) {}

  Fiber(List<Op> ops, Scope scope, Setting setting) {
    this.setting = setting;
    this.frame = Frame.top(ops, scope);
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
    return missing == null ? List.of() : missing;
  }

  /** Returns the sequences of the {@code together} that it is in; none if it is in none. */
  List<Fiber> inside() {
    return pair == null ? List.of() : List.of(pair.own(), pair.other());
  }

  /** Whether it waits for the peer's bytes, so that holding them back would hold it too. */
  boolean isExpecting() {
    if (pair != null) {
      return pair.own().isExpecting() || pair.other().isExpecting();
    }
    return attempts != null;
  }

  boolean isBetweenEndlessPasses() {
    return frame.idleLoop() != null;
  }

  Flow run(long now) {
    wakeAt = Long.MAX_VALUE;
    for (int i = 0; i < STRIDE; i++) {
      if (frame.isAtEnd()) {
        if (!leave()) {
          return Flow.DONE;
        }
        continue;
      }
      Flow flow = step(frame.op(), now);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    wakeAt = now;
    return Flow.WAIT;
  }

  /** Leaves a block that is played through, or begins its next pass. */
  private boolean leave() {
    Frame outer = frame.outer;
    if (outer == null) {
      return false;
    }
    boolean over = frame.loop != null && frame.loop.isEndless() && peerHasEnded();
    if (over || !frame.again()) {
      frame = outer;
      frame.index++;
    }
    return true;
  }

  private boolean peerHasEnded() {
    Inboxes inboxes = setting.inboxes();
    Side own = setting.own();
    if (own == null) {
      return inboxes.client().hasEnded()
          && inboxes.client().isEmpty()
          && inboxes.server().isEmpty();
    }
    Inbox inbox = inboxes.of(own.peer());
    return inbox.hasEnded() && inbox.isEmpty();
  }

  private Flow step(Op op, long now) {
    if (op instanceof Op.Expect expect) {
      return await(expect, expect.side(), now);
    }
    if (op instanceof Op.Say say) {
      return say(say, now);
    }
    if (op instanceof Op.Choice choice) {
      return choose(choice, now);
    }
    if (op instanceof Op.Loop loop) {
      frame = frame.enter(loop);
      return Flow.ON;
    }
    if (op instanceof Op.ExpectAct act) {
      return await(act, act.step().side(), now);
    }
    if (op instanceof Op.Do act) {
      return act(act.step());
    }
    if (op instanceof Op.Unordered unordered) {
      return anyOrder(unordered, now);
    }
    if (op instanceof Op.Both both) {
      return together(both, now);
    }
    if (op instanceof Op.Skip skip) {
      setting.inboxes().of(skip.step().side()).letsBy = true;
    } else if (op instanceof Op.Within time) {
      within = time.step().time();
    } else if (op instanceof Op.Mark mark) {
      setting.board().mark(mark.step().name());
    } else if (op instanceof Op.Pause pause) {
      return pause(pause.step().time(), now);
    } else if (op instanceof Op.Await await) {
      return await(await.step(), now);
    }
    frame.index++;
    return Flow.ON;
  }

  private Flow on() {
    frame.busy();
    frame.index++;
    settled();
    return Flow.ON;
  }

  private void settled() {
    attempts = null;
    since = Long.MIN_VALUE;
    within = null;
  }

  private Flow act(Action next) {
    on();
    action = next;
    return Flow.ACT;
  }

  private Flow fail(Failure why) {
    failure = why;
    return Flow.FAIL;
  }

  private Flow waitUntil(long time) {
    wakeAt = time;
    return Flow.WAIT;
  }

  private Flow say(Op.Say say, long now) {
    Side own = say.lines().get(0).side();
    if (setting.inboxes().of(own.peer()).isReset()) {
      return fail(
          Failure.plain(
              Ending.PEER_RESET,
              "the " + own.peer() + " reset the connection before the " + own + " could say this"));
    }
    Duration at = say.lines().get(0).at();
    if (setting.keepsTimes() && at != null && setting.opened() + at.toNanos() > now) {
      return waitUntil(setting.opened() + at.toNanos());
    }
    Bytes constant = say.constant();
    Bytes message = constant != null ? constant : Saying.message(say.parts(), frame.scope);
    return message.isEmpty() && !setting.datagrams() ? on() : act(new Action.Say(message));
  }

  private Flow act(Step.Act act) {
    return act(
        switch (act.deed()) {
          case FINISH -> new Action.Finish();
          case CLOSE -> new Action.Close();
          case RESET -> new Action.Reset();
          case STALL -> new Action.Stall();
        });
  }

  private Flow pause(Duration time, long now) {
    since = since == Long.MIN_VALUE ? now : since;
    return now - since >= time.toNanos() ? on() : waitUntil(since + time.toNanos());
  }

  private Flow await(Step.Await await, long now) {
    since = since == Long.MIN_VALUE ? now : since;
    if (setting.board().isMarked(await.name())) {
      since = Long.MIN_VALUE;
      frame.index++;
      return Flow.ON;
    }
    if (now - since < setting.patience()) {
      return waitUntil(since + setting.patience());
    }
    String problem = "mark '" + await.name() + "' was not set in time; " + setting.board();
    return fail(Failure.plain(Ending.STUCK, problem));
  }

  /** Waits for one expectation. */
  private Flow await(Op expected, Side side, long now) {
    Attempts tried = attempts(List.of(expected));
    Inbox inbox = setting.inboxes().of(side);
    if (!tried.decide(setting.inboxes())) {
      if (!inbox.letsBy) {
        tried.release(setting.inboxes());
      }
      return idle(tried, side, now);
    }
    if (tried.winner() < 0) {
      return refused(tried, side);
    }
    inbox.letsBy = false;
    tried.take(setting.inboxes(), frame.scope);
    return on();
  }

  private Attempts attempts(List<? extends Op> expected) {
    Attempts tried = attempts == null ? new Attempts(expected, frame.scope) : attempts;
    attempts = tried;
    return tried;
  }

  /** Nothing takes what has come: a line goes by, a loop is over, or the script has failed. */
  private Flow refused(Attempts tried, Side side) {
    Inbox inbox = setting.inboxes().of(side);
    if (inbox.letsBy && !inbox.isEmpty()) {
      inbox.refuseLine();
      attempts = null;
      return Flow.ON;
    }
    if (inbox.isEmpty() && leaveLoop()) {
      return Flow.ON;
    }
    Ending ending = tried.ending(setting.inboxes());
    String did =
        switch (ending) {
          case PEER_RESET -> "reset the connection";
          case PEER_FINISHED -> "finished";
          default -> "sent something else";
        };
    return fail(tried.failure(ending, setting.inboxes(), "the " + side + " " + did));
  }

  private boolean leaveLoop() {
    Frame idle = frame.idleLoop();
    if (idle == null || idle.outer == null) {
      return false;
    }
    frame = idle.outer;
    frame.index++;
    settled();
    return true;
  }

  private Flow idle(Attempts tried, Side side, long now) {
    Inbox inbox = setting.inboxes().of(side);
    if (inbox.isEmpty() && frame.isBetweenPasses()) {
      return Flow.WAIT;
    }
    since = since == Long.MIN_VALUE ? now : since;
    long limit =
        within == null ? setting.patience() : Patience.stretch(within).toNanos();
    if (now - since < limit) {
      return waitUntil(since + limit);
    }
    String time = Printer.duration(Duration.ofNanos(limit));
    return fail(
        tried.failure(
            Ending.STUCK, setting.inboxes(), "the " + side + " did not send this within " + time));
  }

  private Flow choose(Op.Choice choice, long now) {
    List<Op> firsts = choice.firsts();
    Attempts tried = attempts(firsts);
    Side side = Attempts.side(firsts.get(0));
    if (!tried.decide(setting.inboxes())) {
      return idle(tried, side, now);
    }
    if (tried.winner() < 0) {
      return refused(tried, side);
    }
    frame.busy();
    setting.inboxes().of(side).letsBy = false;
    frame = frame.enter(choice.branches().get(tried.winner()));
    tried.take(setting.inboxes(), frame.scope);
    settled();
    return Flow.ON;
  }

  private Flow anyOrder(Op.Unordered block, long now) {
    List<Op.Expect> left = missing == null ? new ArrayList<>(block.items()) : missing;
    missing = left;
    Inbox inbox = setting.inboxes().of(block.side());
    if (left.isEmpty()) {
      missing = null;
      inbox.letsBy = block.letsBy();
      return on();
    }
    Attempts tried = attempts(left);
    if (!tried.decide(setting.inboxes())) {
      return idle(tried, block.side(), now);
    }
    if (tried.winner() >= 0) {
      tried.take(setting.inboxes(), frame.scope);
      left.remove(tried.winner());
      frame.busy();
      inbox.letsBy = false;
      attempts = null;
      return Flow.ON;
    }
    return block.letsBy() && !inbox.isEmpty()
        ? letBy(tried, block.side(), now)
        : refused(tried, block.side());
  }

  /** Lets a line by, unless it is the one that stands below the block: then lines are missing. */
  private Flow letBy(Attempts tried, Side side, long now) {
    Inbox inbox = setting.inboxes().of(side);
    Op below = frame.index + 1 < frame.ops.size() ? frame.ops.get(frame.index + 1) : null;
    if (below instanceof Op.Expect expect && expect.side() == side) {
      Attempts next = beyond == null ? new Attempts(List.of(below), frame.scope) : beyond;
      beyond = next;
      if (!next.decide(setting.inboxes())) {
        return idle(tried, side, now);
      }
      if (next.winner() >= 0) {
        String problem = "the " + side + " went on without all the lines in any order";
        return fail(tried.failure(Ending.WRONG_BYTES, setting.inboxes(), problem));
      }
    }
    inbox.refuseLine();
    beyond = null;
    attempts = null;
    return Flow.ON;
  }

  private Flow together(Op.Both both, long now) {
    if (pair == null) {
      Fiber client = new Fiber(both.client(), frame.scope, setting);
      Fiber server = new Fiber(both.server(), frame.scope, setting);
      pair = setting.own() == Side.CLIENT ? new Pair(client, server) : new Pair(server, client);
    }
    Flow own = pair.own().run(now);
    if (own == Flow.ACT) {
      action = pair.own().action();
      frame.busy();
      return own;
    }
    if (own == Flow.FAIL) {
      return fail(pair.own());
    }
    Flow other = pair.other().run(now);
    if (other == Flow.FAIL) {
      return fail(pair.other());
    }
    if (own == Flow.DONE && other == Flow.DONE) {
      pair = null;
      return on();
    }
    return waitUntil(Math.min(pair.own().wakeAt(), pair.other().wakeAt()));
  }

  private Flow fail(Fiber inner) {
    failure = inner.failure();
    return Flow.FAIL;
  }
}
