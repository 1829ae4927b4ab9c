package dev.partyline.script.player;

import dev.partyline.script.Continuation;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.script.StepVisitor;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the steps of a script into the instructions of one side. */
final class ScriptCompiler {
  private final Script script;
  private final @Nullable Side ownSide;
  private final Transport transport;

  /**
   * Returns the compiler for a side.
   *
   * @param ownSide the side that the player plays; null for an observer, which expects both sides
   */
  ScriptCompiler(Script script, @Nullable Side ownSide, Transport transport) {
    this.script = script;
    this.ownSide = ownSide;
    this.transport = transport;
  }

  /**
   * Compiles the connection blocks of the script, or all of it if it has none.
   *
   * @throws ScriptException if the side cannot play the script over the transport
   */
  List<CompiledScript> compile() {
    List<CompiledScript> programs = new ArrayList<>();
    for (Step step : script.steps()) {
      if (step instanceof Step.ConnectionBlock block) {
        programs.add(compile(block.steps(), block.every()));
      }
    }
    return programs.isEmpty() ? List.of(compile(script.steps(), false)) : List.copyOf(programs);
  }

  private CompiledScript compile(List<Step> steps, boolean every) {
    List<Instruction> instructions = new Sequence(steps, null, null, List.of()).compile();
    new RoleCheck(script, ownSide, transport).check(instructions);
    return new CompiledScript(steps, every, ownSide, instructions);
  }

  /** Returns the side that does the last thing in the steps, or null if neither does anything. */
  private static @Nullable Side lastSide(List<Step> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      List<Step> inner = steps.get(i).steps();
      Side side = inner.isEmpty() ? Continuation.firstSide(steps.get(i)) : lastSide(inner);
      if (side != null) {
        return side;
      }
    }
    return null;
  }

  /** Compiles one sequence of steps. */
  private final class Sequence implements StepVisitor {
    private final List<Step> steps;
    private final @Nullable Continuation outer;
    private final @Nullable Side[] nextSides;

    /** The side of the last line up to the end, if no line comes after that. */
    private final @Nullable Side lastSide;

    /** The sides whose peer has stalled: what they send then cannot be checked. */
    private final EnumSet<Side> unreadSides = EnumSet.noneOf(Side.class);

    private final List<Instruction> instructions = new ArrayList<>();

    /** The index of the step that is compiled next. */
    private int index;

    Sequence(
        List<Step> steps,
        @Nullable Continuation outer,
        @Nullable Side lastSideBefore,
        Collection<Side> unreadSides) {
      this.steps = steps;
      this.outer = outer;
      this.nextSides = Continuation.nextSides(steps, outer);
      Side last = lastSide(steps);
      this.lastSide = last == null ? lastSideBefore : last;
      this.unreadSides.addAll(unreadSides);
    }

    private List<Instruction> compileInner(List<Step> innerSteps, @Nullable Continuation next) {
      return new Sequence(innerSteps, next, lastSide, unreadSides).compile();
    }

    List<Instruction> compile() {
      while (index < steps.size()) {
        steps.get(index++).accept(this);
      }
      return instructions;
    }

    private void add(Instruction instruction) {
      if (!(instruction instanceof Instruction.Reading reading
          && unreadSides.contains(reading.side()))) {
        instructions.add(instruction);
      }
    }

    private Continuation continuation() {
      return new Continuation(steps.subList(index, steps.size()), outer);
    }

    /** Neighbouring lines of one side are one message. */
    @Override
    public void visit(Step.Line line) {
      List<Step.Line> lines = new ArrayList<>(List.of(line));
      while (index < steps.size()
          && steps.get(index) instanceof Step.Line next
          && next.side() == line.side()) {
        lines.add(next);
        index++;
      }
      if (line.side() == ownSide) {
        add(new Instruction.SendMessage(lines));
      } else if (transport.isStream()) {
        for (Step.Line each : lines) {
          add(new Instruction.Expect(List.of(each)));
        }
      } else {
        add(new Instruction.Expect(lines));
      }
    }

    @Override
    public void visit(Step.AnyLines anyLines) {
      if (anyLines.side() != ownSide) {
        add(new Instruction.AllowAny(anyLines));
      }
    }

    @Override
    public void visit(Step.Control control) {
      if (control.side() == ownSide) {
        add(new Instruction.ControlConnection(control));
      } else if (transport.isStream() || ownSide == null) {
        expectEnd(control);
      } else {
        RoleCheck.checkOverDatagrams(script, control);
      }
      if (control.kind() == Step.Control.Kind.STALL
          && (ownSide == null || control.side() == ownSide)) {
        unreadSides.add(control.side().peer());
      }
    }

    private void expectEnd(Step.Control control) {
      boolean isStall = control.kind() == Step.Control.Kind.STALL;
      if (isStall && ownSide == null) {
        // The side that stalled did not look at what came after its last line.
        add(new Instruction.AllowAny(new Step.AnyLines(control.side().peer(), null)));
      } else if (!isStall && (transport.isStream() || control.kind() != Step.Control.Kind.CLOSE)) {
        add(new Instruction.ExpectClose(control));
      }
    }

    @Override
    public void visit(Step.Pause pause) {
      addOwn(new Instruction.Sleep(pause));
    }

    @Override
    public void visit(Step.Mark mark) {
      if (ownSide != null) {
        add(new Instruction.SetMark(mark));
      }
    }

    @Override
    public void visit(Step.Await await) {
      addOwn(new Instruction.AwaitMark(await));
    }

    /** Waits belong to the side that does the next thing, or else the last. */
    private void addOwn(Instruction instruction) {
      Side side = nextSides[index] == null ? lastSide : nextSides[index];
      if (ownSide != null && (side == null || side == ownSide)) {
        add(instruction);
      }
    }

    @Override
    public void visit(Step.Within within) {
      add(new Instruction.SetTimeout(within));
    }

    @Override
    public void visit(Step.StartTls startTls) {
      markBeforeTls();
      add(new Instruction.UpgradeToTls(startTls));
    }

    /** Marks the lines of the peer after which we send nothing more before TLS starts. */
    private void markBeforeTls() {
      for (int i = instructions.size() - 1; i >= 0; i--) {
        Instruction instruction = instructions.get(i);
        if (instruction instanceof Instruction.Expect expect) {
          instructions.set(i, expect.withBeforeTls());
        } else if (!(instruction instanceof Instruction.SetTimeout
            || instruction instanceof Instruction.SetMark)) {
          return;
        }
      }
    }

    /** Nothing to do: it ended the message before it, because it is not a line. */
    @Override
    public void visit(Step.Cut cut) {}

    /** Nothing to do: a block at top level is compiled on its own, and there are no others. */
    @Override
    public void visit(Step.ConnectionBlock block) {}

    @Override
    public void visit(Step.Repeat repeat) {
      Continuation next = new Continuation(repeat.steps(), continuation());
      List<Instruction> body = compileInner(repeat.steps(), next);
      // A body that is empty for this side need not be run a million times.
      if (!body.isEmpty() || repeat.times() == 0) {
        add(new Instruction.Loop(repeat, body));
      }
    }

    /** Adjacent branches are one choice. */
    @Override
    public void visit(Step.When when) {
      List<Step.When> whens = new ArrayList<>(List.of(when));
      while (index < steps.size() && steps.get(index) instanceof Step.When next) {
        whens.add(next);
        index++;
      }
      List<Instruction.Branch> branches = new ArrayList<>();
      for (Step.When each : whens) {
        List<Instruction> body = compileInner(each.steps(), continuation());
        branches.add(new Instruction.Branch(each, body));
      }
      add(new Instruction.Choice(branches));
    }

    @Override
    public void visit(Step.AnyOrder anyOrder) {
      List<Step.Line> lines =
          anyOrder.steps().stream()
              .filter(Step.Line.class::isInstance)
              .map(Step.Line.class::cast)
              .toList();
      Side side = lines.get(0).side();
      if (side != ownSide) {
        boolean allowsAny = lines.size() < anyOrder.steps().size();
        add(new Instruction.ExpectAll(anyOrder, side, eachAlone(lines), allowsAny));
      } else if (transport.isStream()) {
        add(new Instruction.SendMessage(lines));
      } else {
        // Each line is a datagram of its own, as the other side expects it.
        lines.forEach(line -> add(new Instruction.SendMessage(List.of(line))));
      }
    }

    private List<Instruction.Expect> eachAlone(List<Step.Line> lines) {
      return lines.stream().map(line -> new Instruction.Expect(List.of(line))).toList();
    }

    @Override
    public void visit(Step.Together together) {
      add(
          new Instruction.Interleave(
              together, half(together, Side.CLIENT), half(together, Side.SERVER)));
    }

    private List<Instruction> half(Step.Together together, Side side) {
      return compileInner(Continuation.stepsOfSide(together.steps(), side), null);
    }
  }
}
