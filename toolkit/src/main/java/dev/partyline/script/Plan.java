package dev.partyline.script;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one side does and expects on one connection, or on all that are left: its operations. */
final class Plan {
  private final Script script;
  private final List<Step> steps;
  private final boolean every;
  private final @Nullable Side own;
  private final Transport transport;
  private final List<Op> ops;

  /**
   * Turns steps into operations.
   *
   * @param steps those of the script that are for this connection
   * @param every whether it is for all the connections that are left
   * @param own the side that the player speaks for; null for an onlooker, who expects both sides
   * @throws ScriptException if that side cannot play the script over that transport
   */
  Plan(Script script, List<Step> steps, boolean every, @Nullable Side own, Transport transport) {
    this.script = script;
    this.steps = steps;
    this.every = every;
    this.own = own;
    this.transport = transport;
    this.ops = sequence(steps, null);
    if (!transport.isStream() || !isPlain(ops)) {
      new Casting(script, own, transport).check(ops);
    }
  }

  List<Step> steps() {
    return steps;
  }

  boolean every() {
    return every;
  }

  @Nullable Side own() {
    return own;
  }

  List<Op> ops() {
    return ops;
  }

  /** Whether all of it are bytes as they stand: over a stream anybody can say and expect those. */
  private static boolean isPlain(List<Op> ops) {
    for (Op op : ops) {
      boolean plain =
          op instanceof Op.Say say
              ? areFixed(say.parts())
              : op instanceof Op.Expect expect && areFixed(expect.parts());
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private static boolean areFixed(List<Part> parts) {
    for (Part part : parts) {
      if (!(part instanceof Part.Fixed)) {
        return false;
      }
    }
    return true;
  }

  private List<Op> sequence(List<Step> steps, @Nullable Ahead outer) {
    List<Op> ops = new ArrayList<>();
    @Nullable Side @Nullable [] nexts = null;
    boolean stalled = false;
    for (int i = 0; i < steps.size(); ) {
      Step step = steps.get(i);
      int next = i + 1;
      int before = ops.size();
      boolean stalls = false;
      if (step instanceof Step.Line line) {
        next = end(steps, i);
        lines(line.side(), message(steps, i, next), ops);
      } else if (step instanceof Step.When) {
        next = i;
        while (next < steps.size() && steps.get(next) instanceof Step.When) {
          next++;
        }
        ops.add(choice(steps.subList(i, next), ahead(steps, next, outer)));
      } else {
        nexts = nexts == null ? Ahead.nexts(steps, outer) : nexts;
        @Nullable Op op = single(step, nexts[next], ahead(steps, next, outer));
        if (op != null) {
          ops.add(op);
        }
        stalls = step instanceof Step.Act act && isStall(act);
        if (step instanceof Step.StartTls) {
          markLast(ops.subList(0, before));
        }
      }
      if (stalled) {
        // Nobody reads any more: what the peer sends from here on cannot be seen, nor checked.
        ops.subList(before, ops.size()).removeIf(Plan::needsReading);
      }
      stalled |= stalls;
      i = next;
    }
    return ops;
  }

  /** Marks the lines of the peer which nothing that we say stands behind. */
  private static void markLast(List<Op> ops) {
    for (int i = ops.size() - 1; i >= 0; i--) {
      Op op = ops.get(i);
      if (op instanceof Op.Expect expect) {
        ops.set(i, expect.rightBeforeTls());
      } else if (!(op instanceof Op.Within || op instanceof Op.Mark)) {
        return;
      }
    }
  }

  private boolean isStall(Step.Act act) {
    return act.side() == own && act.deed() == Step.Deed.STALL;
  }

  private static boolean needsReading(Op op) {
    return op instanceof Op.Expect
        || op instanceof Op.ExpectAct
        || op instanceof Op.Skip
        || op instanceof Op.Unordered
        || op instanceof Op.Choice;
  }

  /** Returns where the message that begins at a line ends: at a cut, or where anything else is. */
  private static int end(List<Step> steps, int start) {
    Side side = ((Step.Line) steps.get(start)).side();
    int end = start + 1;
    while (end < steps.size() && steps.get(end) instanceof Step.Line line && line.side() == side) {
      end++;
    }
    return end;
  }

  private static List<Step.Line> message(List<Step> steps, int start, int end) {
    List<Step.Line> lines = new ArrayList<>();
    for (int i = start; i < end; i++) {
      lines.add((Step.Line) steps.get(i));
    }
    return lines;
  }

  private void lines(Side side, List<Step.Line> lines, List<Op> ops) {
    if (side == own) {
      ops.add(new Op.Say(lines));
    } else if (transport.isStream()) {
      for (Step.Line line : lines) {
        ops.add(expect(List.of(line)));
      }
    } else {
      ops.add(expect(lines));
    }
  }

  private static Op.Expect expect(List<Step.Line> lines) {
    return new Op.Expect(lines.get(0).side(), List.copyOf(lines), parts(lines), false);
  }

  /** Returns what the lines are on the wire: their line ends are parts, files are their content. */
  static List<Part> parts(List<Step.Line> lines) {
    List<Part> parts = new ArrayList<>();
    for (Step.Line line : lines) {
      for (Part part : line.parts()) {
        boolean isFile = !(part instanceof Part.Fixed) && part instanceof Part.File;
        parts.add(isFile ? new Part.Fixed(((Part.File) part).content()) : part);
      }
      parts.add(new Part.Fixed(line.end().bytes()));
    }
    return List.copyOf(Payload.joined(parts));
  }

  private @Nullable Op single(Step step, @Nullable Side next, Ahead ahead) {
    if (step instanceof Step.Rest rest) {
      return rest.side() == own ? null : new Op.Skip(rest);
    }
    if (step instanceof Step.Act act) {
      boolean unseen =
          act.deed() == Step.Deed.STALL || (!transport.isStream() && act.side() != own);
      return act.side() == own ? new Op.Do(act) : unseen ? checked(act) : new Op.ExpectAct(act);
    }
    if (step instanceof Step.Within within) {
      return new Op.Within(within);
    }
    if (step instanceof Step.StartTls start) {
      return new Op.StartTls(start);
    }
    if (step instanceof Step.Repeat repeat) {
      List<Op> ops = sequence(repeat.steps(), new Ahead(repeat.steps(), ahead));
      // What is nothing to this side need not be done a million times.
      return ops.isEmpty() && repeat.times() > 0 ? null : new Op.Loop(repeat, ops);
    }
    if (step instanceof Step.AnyOrder any) {
      return anyOrder(any);
    }
    if (step instanceof Step.Together both) {
      return new Op.Both(
          both,
          sequence(Ahead.ofSide(both.steps(), Side.CLIENT), null),
          sequence(Ahead.ofSide(both.steps(), Side.SERVER), null));
    }
    return timing(step, next);
  }

  /** A datagram socket cannot see the other's FIN or RST, for UDP has none. */
  private @Nullable Op checked(Step.Act act) {
    if (act.deed() == Step.Deed.FINISH || act.deed() == Step.Deed.RESET) {
      throw script.wrong(act, Casting.noConnections(act));
    }
    return null;
  }

  /** Pauses and marks belong to the side that does the next thing; to both if nobody does. */
  private @Nullable Op timing(Step step, @Nullable Side next) {
    if (own == null || (next != null && next != own)) {
      return null;
    }
    if (step instanceof Step.Pause pause) {
      return new Op.Pause(pause);
    }
    if (step instanceof Step.Mark mark) {
      return new Op.Mark(mark);
    }
    return step instanceof Step.Await await ? new Op.Await(await) : null;
  }

  private Op choice(List<Step> whens, Ahead ahead) {
    List<Op.Branch> branches = new ArrayList<>();
    for (Step step : whens) {
      Step.When when = (Step.When) step;
      branches.add(new Op.Branch(when, sequence(when.steps(), ahead)));
    }
    return new Op.Choice(List.copyOf(branches));
  }

  private @Nullable Op anyOrder(Step.AnyOrder any) {
    List<Step.Line> lines =
        any.steps().stream()
            .filter(Step.Line.class::isInstance)
            .map(Step.Line.class::cast)
            .toList();
    Side side = lines.get(0).side();
    if (side != own) {
      boolean letsBy = lines.size() < any.steps().size();
      List<Op.Expect> items = lines.stream().map(line -> expect(List.of(line))).toList();
      return new Op.Unordered(any, side, items, letsBy);
    }
    if (transport.isStream()) {
      return new Op.Say(lines);
    }
    // Each line is a datagram of its own, as the other side expects it.
    return new Op.Loop(
        new Step.Repeat(1, any.steps()),
        lines.stream().map(line -> (Op) new Op.Say(List.of(line))).toList());
  }

  private static Ahead ahead(List<Step> steps, int from, @Nullable Ahead outer) {
    return new Ahead(steps.subList(from, steps.size()), outer);
  }
}
