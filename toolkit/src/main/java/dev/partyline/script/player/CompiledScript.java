package dev.partyline.script.player;

import dev.partyline.script.Continuation;
import dev.partyline.script.Part;
import dev.partyline.script.PayloadRules;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
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
  private final @Nullable Side ownSide;
  private final Transport transport;
  private final List<Instruction> instructions;

  /**
   * Turns steps into operations.
   *
   * @param steps those of the script that are for this connection
   * @param every whether it is for all the connections that are left
   * @param ownSide the side that the player speaks for; null for an onlooker, who expects both
   *     sides
   * @throws ScriptException if that side cannot play the script over that transport
   */
  CompiledScript(
      Script script, List<Step> steps, boolean every, @Nullable Side ownSide, Transport transport) {
    this.script = script;
    this.steps = steps;
    this.every = every;
    this.ownSide = ownSide;
    this.transport = transport;
    this.instructions = compileSequence(steps, null);
    if (!transport.isStream() || !isPlain(instructions)) {
      new RoleCheck(script, ownSide, transport).check(instructions);
    }
  }

  List<Step> steps() {
    return steps;
  }

  boolean every() {
    return every;
  }

  @Nullable Side ownSide() {
    return ownSide;
  }

  List<Instruction> instructions() {
    return instructions;
  }

  /** Whether all of it are bytes as they stand: over a stream anybody can say and expect those. */
  private static boolean isPlain(List<Instruction> instructions) {
    for (Instruction instruction : instructions) {
      boolean plain =
          instruction instanceof Instruction.Send send
              ? areFixed(send.parts())
              : instruction instanceof Instruction.Expect expect && areFixed(expect.parts());
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

  private List<Instruction> compileSequence(List<Step> steps, @Nullable Continuation outer) {
    List<Instruction> instructions = new ArrayList<>();
    @Nullable Side @Nullable [] nextSides = null;
    boolean stalled = false;
    for (int i = 0; i < steps.size(); ) {
      Step step = steps.get(i);
      int next = i + 1;
      int sizeBefore = instructions.size();
      boolean stalls = false;
      if (step instanceof Step.Line line) {
        next = messageEnd(steps, i);
        compileLines(line.side(), message(steps, i, next), instructions);
      } else if (step instanceof Step.When) {
        next = i;
        while (next < steps.size() && steps.get(next) instanceof Step.When) {
          next++;
        }
        instructions.add(compileChoice(steps.subList(i, next), continuation(steps, next, outer)));
      } else {
        nextSides = nextSides == null ? Continuation.nextSides(steps, outer) : nextSides;
        @Nullable Instruction instruction =
            compileStep(step, nextSides[next], continuation(steps, next, outer));
        if (instruction != null) {
          instructions.add(instruction);
        }
        stalls = step instanceof Step.Control control && isStall(control);
        if (step instanceof Step.StartTls) {
          markBeforeTls(instructions.subList(0, sizeBefore));
        }
      }
      if (stalled) {
        // Nobody reads any more: what the peer sends from here on cannot be seen, nor checked.
        instructions
            .subList(sizeBefore, instructions.size())
            .removeIf(CompiledScript::needsReading);
      }
      stalled |= stalls;
      i = next;
    }
    return instructions;
  }

  /** Marks the lines of the peer which nothing that we say stands behind. */
  private static void markBeforeTls(List<Instruction> instructions) {
    for (int i = instructions.size() - 1; i >= 0; i--) {
      Instruction instruction = instructions.get(i);
      if (instruction instanceof Instruction.Expect expect) {
        instructions.set(i, expect.withBeforeTls());
      } else if (!(instruction instanceof Instruction.Within
          || instruction instanceof Instruction.Mark)) {
        return;
      }
    }
  }

  private boolean isStall(Step.Control control) {
    return control.side() == ownSide && control.kind() == Step.ControlKind.STALL;
  }

  private static boolean needsReading(Instruction instruction) {
    return instruction instanceof Instruction.Expect
        || instruction instanceof Instruction.ExpectClose
        || instruction instanceof Instruction.AllowAny
        || instruction instanceof Instruction.AnyOrder
        || instruction instanceof Instruction.Choice;
  }

  /** Returns where the message that begins at a line ends: at a cut, or where anything else is. */
  private static int messageEnd(List<Step> steps, int start) {
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

  private void compileLines(Side side, List<Step.Line> lines, List<Instruction> instructions) {
    if (side == ownSide) {
      instructions.add(new Instruction.Send(lines));
    } else if (transport.isStream()) {
      for (Step.Line line : lines) {
        instructions.add(expect(List.of(line)));
      }
    } else {
      instructions.add(expect(lines));
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
    return List.copyOf(PayloadRules.joinFixed(parts));
  }

  private @Nullable Instruction compileStep(
      Step step, @Nullable Side next, Continuation continuation) {
    if (step instanceof Step.AnyLines anyLines) {
      return anyLines.side() == ownSide ? null : new Instruction.AllowAny(anyLines);
    }
    if (step instanceof Step.Control control) {
      boolean isInvisible =
          control.kind() == Step.ControlKind.STALL
              || (!transport.isStream() && control.side() != ownSide);
      return control.side() == ownSide
          ? new Instruction.Control(control)
          : isInvisible ? compileUnseen(control) : new Instruction.ExpectClose(control);
    }
    if (step instanceof Step.Within within) {
      return new Instruction.Within(within);
    }
    if (step instanceof Step.StartTls startTls) {
      return new Instruction.StartTls(startTls);
    }
    if (step instanceof Step.Repeat repeat) {
      List<Instruction> instructions =
          compileSequence(repeat.steps(), new Continuation(repeat.steps(), continuation));
      // What is nothing to this side need not be done a million times.
      return instructions.isEmpty() && repeat.times() > 0
          ? null
          : new Instruction.Loop(repeat, instructions);
    }
    if (step instanceof Step.AnyOrder anyOrder) {
      return compileAnyOrder(anyOrder);
    }
    if (step instanceof Step.Together together) {
      return new Instruction.Interleave(
          together,
          compileSequence(Continuation.stepsOfSide(together.steps(), Side.CLIENT), null),
          compileSequence(Continuation.stepsOfSide(together.steps(), Side.SERVER), null));
    }
    return compileTiming(step, next);
  }

  /** A datagram socket cannot see the other's FIN or RST, for UDP has none. */
  private @Nullable Instruction compileUnseen(Step.Control control) {
    if (control.kind() == Step.ControlKind.FINISH || control.kind() == Step.ControlKind.RESET) {
      throw script.error(control, RoleCheck.noConnectionsProblem(control));
    }
    return null;
  }

  /** Pauses and marks belong to the side that does the next thing; to both if nobody does. */
  private @Nullable Instruction compileTiming(Step step, @Nullable Side next) {
    if (ownSide == null || (next != null && next != ownSide)) {
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

  private Instruction compileChoice(List<Step> whens, Continuation continuation) {
    List<Instruction.Branch> branches = new ArrayList<>();
    for (Step step : whens) {
      Step.When when = (Step.When) step;
      branches.add(new Instruction.Branch(when, compileSequence(when.steps(), continuation)));
    }
    return new Instruction.Choice(List.copyOf(branches));
  }

  private @Nullable Instruction compileAnyOrder(Step.AnyOrder anyOrder) {
    List<Step.Line> lines =
        anyOrder.steps().stream()
            .filter(Step.Line.class::isInstance)
            .map(Step.Line.class::cast)
            .toList();
    Side side = lines.get(0).side();
    if (side != ownSide) {
      boolean allowsAny = lines.size() < anyOrder.steps().size();
      List<Instruction.Expect> items = lines.stream().map(line -> expect(List.of(line))).toList();
      return new Instruction.AnyOrder(anyOrder, side, items, allowsAny);
    }
    if (transport.isStream()) {
      return new Instruction.Send(lines);
    }
    // Each line is a datagram of its own, as the other side expects it.
    return new Instruction.Loop(
        new Step.Repeat(1, anyOrder.steps()),
        lines.stream().map(line -> (Instruction) new Instruction.Send(List.of(line))).toList());
  }

  private static Continuation continuation(
      List<Step> steps, int start, @Nullable Continuation outer) {
    return new Continuation(steps.subList(start, steps.size()), outer);
  }
}
