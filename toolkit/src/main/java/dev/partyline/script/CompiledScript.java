package dev.partyline.script;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one side does and expects on one connection, or on all that are left: its operations. */
final class CompiledScript {
  private final Script script;
  private final List<Step> steps;
  private final boolean every;
  private final @Nullable Side own;
  private final Transport transport;
  private final List<Instruction> ops;

  /**
   * Turns steps into operations.
   *
   * @param steps those of the script that are for this connection
   * @param every whether it is for all the connections that are left
   * @param own the side that the player speaks for; null for an onlooker, who expects both sides
   * @throws ScriptException if that side cannot play the script over that transport
   */
  CompiledScript(
      Script script, List<Step> steps, boolean every, @Nullable Side own, Transport transport) {
    this.script = script;
    this.steps = steps;
    this.every = every;
    this.own = own;
    this.transport = transport;
    this.ops = sequence(steps, null);
    if (!transport.isStream() || !isPlain(ops)) {
      new RoleCheck(script, own, transport).check(ops);
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

  List<Instruction> ops() {
    return ops;
  }

  /** Whether all of it are bytes as they stand: over a stream anybody can say and expect those. */
  private static boolean isPlain(List<Instruction> ops) {
    for (Instruction op : ops) {
      boolean plain =
          op instanceof Instruction.Say say
              ? areFixed(say.parts())
              : op instanceof Instruction.Expect expect && areFixed(expect.parts());
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

  private List<Instruction> sequence(List<Step> steps, @Nullable Continuation outer) {
    List<Instruction> ops = new ArrayList<>();
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
        nexts = nexts == null ? Continuation.nexts(steps, outer) : nexts;
        @Nullable Instruction op = single(step, nexts[next], ahead(steps, next, outer));
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
        ops.subList(before, ops.size()).removeIf(CompiledScript::needsReading);
      }
      stalled |= stalls;
      i = next;
    }
    return ops;
  }

  /** Marks the lines of the peer which nothing that we say stands behind. */
  private static void markLast(List<Instruction> ops) {
    for (int i = ops.size() - 1; i >= 0; i--) {
      Instruction op = ops.get(i);
      if (op instanceof Instruction.Expect expect) {
        ops.set(i, expect.rightBeforeTls());
      } else if (!(op instanceof Instruction.Within || op instanceof Instruction.Mark)) {
        return;
      }
    }
  }

  private boolean isStall(Step.Act act) {
    return act.side() == own && act.deed() == Step.Deed.STALL;
  }

  private static boolean needsReading(Instruction op) {
    return op instanceof Instruction.Expect
        || op instanceof Instruction.ExpectAct
        || op instanceof Instruction.Skip
        || op instanceof Instruction.Unordered
        || op instanceof Instruction.Choice;
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

  private void lines(Side side, List<Step.Line> lines, List<Instruction> ops) {
    if (side == own) {
      ops.add(new Instruction.Say(lines));
    } else if (transport.isStream()) {
      for (Step.Line line : lines) {
        ops.add(expect(List.of(line)));
      }
    } else {
      ops.add(expect(lines));
    }
  }

  private static Instruction.Expect expect(List<Step.Line> lines) {
    return new Instruction.Expect(lines.get(0).side(), List.copyOf(lines), parts(lines), false);
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
    return List.copyOf(PayloadRules.joined(parts));
  }

  private @Nullable Instruction single(Step step, @Nullable Side next, Continuation ahead) {
    if (step instanceof Step.Rest rest) {
      return rest.side() == own ? null : new Instruction.Skip(rest);
    }
    if (step instanceof Step.Act act) {
      boolean unseen =
          act.deed() == Step.Deed.STALL || (!transport.isStream() && act.side() != own);
      return act.side() == own
          ? new Instruction.Do(act)
          : unseen ? checked(act) : new Instruction.ExpectAct(act);
    }
    if (step instanceof Step.Within within) {
      return new Instruction.Within(within);
    }
    if (step instanceof Step.StartTls start) {
      return new Instruction.StartTls(start);
    }
    if (step instanceof Step.Repeat repeat) {
      List<Instruction> ops = sequence(repeat.steps(), new Continuation(repeat.steps(), ahead));
      // What is nothing to this side need not be done a million times.
      return ops.isEmpty() && repeat.times() > 0 ? null : new Instruction.Loop(repeat, ops);
    }
    if (step instanceof Step.AnyOrder any) {
      return anyOrder(any);
    }
    if (step instanceof Step.Together both) {
      return new Instruction.Both(
          both,
          sequence(Continuation.ofSide(both.steps(), Side.CLIENT), null),
          sequence(Continuation.ofSide(both.steps(), Side.SERVER), null));
    }
    return timing(step, next);
  }

  /** A datagram socket cannot see the other's FIN or RST, for UDP has none. */
  private @Nullable Instruction checked(Step.Act act) {
    if (act.deed() == Step.Deed.FINISH || act.deed() == Step.Deed.RESET) {
      throw script.wrong(act, RoleCheck.noConnections(act));
    }
    return null;
  }

  /** Pauses and marks belong to the side that does the next thing; to both if nobody does. */
  private @Nullable Instruction timing(Step step, @Nullable Side next) {
    if (own == null || (next != null && next != own)) {
      return null;
    }
    if (step instanceof Step.Pause pause) {
      return new Instruction.Pause(pause);
    }
    if (step instanceof Step.Mark mark) {
      return new Instruction.Mark(mark);
    }
    return step instanceof Step.Await await ? new Instruction.Await(await) : null;
  }

  private Instruction choice(List<Step> whens, Continuation ahead) {
    List<Instruction.Branch> branches = new ArrayList<>();
    for (Step step : whens) {
      Step.When when = (Step.When) step;
      branches.add(new Instruction.Branch(when, sequence(when.steps(), ahead)));
    }
    return new Instruction.Choice(List.copyOf(branches));
  }

  private @Nullable Instruction anyOrder(Step.AnyOrder any) {
    List<Step.Line> lines =
        any.steps().stream()
            .filter(Step.Line.class::isInstance)
            .map(Step.Line.class::cast)
            .toList();
    Side side = lines.get(0).side();
    if (side != own) {
      boolean letsBy = lines.size() < any.steps().size();
      List<Instruction.Expect> items = lines.stream().map(line -> expect(List.of(line))).toList();
      return new Instruction.Unordered(any, side, items, letsBy);
    }
    if (transport.isStream()) {
      return new Instruction.Say(lines);
    }
    // Each line is a datagram of its own, as the other side expects it.
    return new Instruction.Loop(
        new Step.Repeat(1, any.steps()),
        lines.stream().map(line -> (Instruction) new Instruction.Say(List.of(line))).toList());
  }

  private static Continuation ahead(List<Step> steps, int from, @Nullable Continuation outer) {
    return new Continuation(steps.subList(from, steps.size()), outer);
  }
}
