package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fiber's wait for what the peer has to send: one expectation, the first of several, or all of
 * several in any order.
 */
final class PendingExpectation {
  private static final long NEVER = Long.MIN_VALUE;

  private final PlayerContext setting;
  private @Nullable Alternatives attempts;
  private @Nullable List<Instruction.Expect> missing;
  private @Nullable Alternatives beyond;
  private @Nullable Failure failure;
  private @Nullable Duration within;
  private long since = NEVER;
  private long wakeAt = Long.MAX_VALUE;

  PendingExpectation(PlayerContext setting) {
    this.setting = setting;
  }

  @Nullable Failure failure() {
    return failure;
  }

  /** Returns until when it waits at the longest. */
  long wakeAt() {
    return wakeAt;
  }

  /** Returns the expectations of an {@code any order} that are yet to be met. */
  List<Instruction.Expect> missing() {
    return missing == null ? List.of() : missing;
  }

  /** Whether it waits for the peer's bytes, so that holding them back would hold it too. */
  boolean isExpecting() {
    return attempts != null;
  }

  /** Sets the time in which the next expectation must be met. */
  void within(Duration time) {
    within = time;
  }

  /** Returns which of the expectations was met. */
  int winner() {
    return attempts == null ? -1 : attempts.winner();
  }

  /** Takes what was met out of the inbox; the wait is over. */
  void take(Variables target) {
    if (attempts != null) {
      attempts.take(target);
    }
    over();
  }

  /** Gives up what was waited for. */
  void over() {
    attempts = null;
    missing = null;
    beyond = null;
    within = null;
    since = NEVER;
  }

  /** Waits for the first of these expectations; ON when one of them is met. */
  StepResult first(List<? extends Instruction> expected, Frame frame, long now) {
    Alternatives tried = attempts(expected, frame);
    Side side = Alternatives.side(expected.get(0));
    InputBuffer inbox = setting.inbox(side);
    if (!tried.decide()) {
      if (!inbox.letsBy) {
        tried.release();
      }
      return idle(tried, side, frame, now);
    }
    if (tried.winner() < 0) {
      return refused(tried, side, frame);
    }
    inbox.letsBy = false;
    return StepResult.ON;
  }

  private Alternatives attempts(List<? extends Instruction> expected, Frame frame) {
    Alternatives tried =
        attempts == null ? new Alternatives(expected, frame.scope, setting) : attempts;
    attempts = tried;
    return tried;
  }

  /**
   * Returns the expectations in which the most bytes are fixed first: a line that says more than
   * another is not left without what only it could take, such as {@code Host: ${h}} beside {@code
   * ${*}}, or {@code ab} beside {@code a}. All of them must come, so nobody waits longer for that.
   */
  private static List<Instruction.Expect> strictest(
      List<Instruction.Expect> expected, Variables scope) {
    List<Instruction.Expect> sorted = new ArrayList<>(expected);
    sorted.sort(Comparator.comparingInt(each -> -fixed(each, scope)));
    return sorted;
  }

  private static int fixed(Instruction.Expect expect, Variables scope) {
    int bytes = 0;
    for (Part part : expect.parts()) {
      if (part instanceof Part.Fixed fixed) {
        bytes += fixed.bytes().size();
      } else if (part instanceof Part.Placeholder taken) {
        Bytes known = scope.get(taken.name());
        bytes += known == null ? 0 : known.size();
      }
    }
    return bytes;
  }

  /** Waits for all the lines of a block; ON when one was met, or the block is over. */
  StepResult anyOrder(Instruction.Unordered block, Frame frame, long now) {
    List<Instruction.Expect> left =
        missing == null ? strictest(block.items(), frame.scope) : missing;
    missing = left;
    InputBuffer inbox = setting.inbox(block.side());
    Alternatives tried = attempts(left, frame);
    if (!tried.decide()) {
      return idle(tried, block.side(), frame, now);
    }
    if (tried.winner() < 0) {
      return block.letsBy() && !inbox.isEmpty()
          ? letBy(tried, block.side(), frame, now)
          : refused(tried, block.side(), frame);
    }
    tried.take(frame.scope);
    left.remove(tried.winner());
    attempts = null;
    beyond = null;
    // Each line has its time, unless the script gives one to them all.
    since = within == null ? NEVER : since;
    inbox.letsBy = left.isEmpty() && block.letsBy();
    return StepResult.ON;
  }

  /** Lets a line by, unless it is the one that stands below the block: then lines are missing. */
  private StepResult letBy(Alternatives tried, Side side, Frame frame, long now) {
    Instruction below = frame.index + 1 < frame.ops.size() ? frame.ops.get(frame.index + 1) : null;
    if (below instanceof Instruction.Expect expect && expect.side() == side) {
      Alternatives next =
          beyond == null ? new Alternatives(List.of(below), frame.scope, setting) : beyond;
      beyond = next;
      if (!next.decide()) {
        return idle(tried, side, frame, now);
      }
      if (next.winner() >= 0) {
        String problem = "the " + side + " went on without all the lines in any order";
        return fail(tried.failure(EndReason.WRONG_BYTES, problem));
      }
    }
    setting.inbox(side).refuseLine();
    beyond = null;
    attempts = null;
    return StepResult.AGAIN;
  }

  /** Nothing takes what has come: a line goes by, a loop is over, or the script has failed. */
  private StepResult refused(Alternatives tried, Side side, Frame frame) {
    InputBuffer inbox = setting.inbox(side);
    if (inbox.letsBy && !inbox.isEmpty()) {
      inbox.refuseLine();
      attempts = null;
      return StepResult.AGAIN;
    }
    // An onlooker learns only from what comes next that the other side's end has ended the loop.
    boolean over =
        inbox.isEmpty() || (setting.own() == null && setting.inbox(side.peer()).hasEnded());
    if (over && frame.idleLoop() != null) {
      return StepResult.LEFT;
    }
    EndReason ending = tried.ending();
    String what =
        switch (ending) {
          case PEER_RESET -> "the " + side + " reset the connection";
          case PEER_FINISHED -> "the " + side + " finished";
          case STUCK -> "the pattern was given up";
          default -> "the " + side + " sent something else";
        };
    return fail(tried.failure(ending, what));
  }

  private StepResult idle(Alternatives tried, Side side, Frame frame, long now) {
    if (setting.inbox(side).isEmpty() && frame.isBetweenPasses()) {
      wakeAt = Long.MAX_VALUE;
      return StepResult.WAIT;
    }
    long limit = within == null ? setting.patience() : TimeoutFactor.stretch(within).toNanos();
    if (goesOn(limit, now)) {
      return StepResult.WAIT;
    }
    String time = DurationText.print(Duration.ofNanos(limit));
    String problem = "the " + side + " did not send this within " + time;
    return fail(tried.failure(EndReason.STUCK, problem));
  }

  /** Whether a wait that began when this was first asked goes on; if not, it is over. */
  private boolean goesOn(long limit, long now) {
    since = since == NEVER ? now : since;
    wakeAt = since + limit;
    return now - since < limit;
  }

  /** Waits for time to pass; ON when it has. */
  StepResult pause(Duration time, long now) {
    if (goesOn(time.toNanos(), now)) {
      return StepResult.WAIT;
    }
    since = NEVER;
    return StepResult.ON;
  }

  /** Waits for a mark; ON when it is set. */
  StepResult mark(String name, long now) {
    if (setting.board().isMarked(name)) {
      since = NEVER;
      return StepResult.ON;
    }
    if (goesOn(setting.patience(), now)) {
      return StepResult.WAIT;
    }
    String problem = "mark '" + name + "' was not set in time; " + setting.board();
    return fail(Failure.plain(EndReason.STUCK, problem));
  }

  private StepResult fail(Failure why) {
    failure = why;
    return StepResult.FAIL;
  }
}
