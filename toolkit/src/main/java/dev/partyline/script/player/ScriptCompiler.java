package dev.partyline.script.player;

import dev.partyline.script.Continuation;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.script.StepVisitor;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
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
    List<Instruction> instructions = new Sequence(steps, null).compile();
    new RoleCheck(script, ownSide, transport).check(instructions);
    return new CompiledScript(steps, every, ownSide, instructions);
  }

  /** Compiles one sequence of steps. */
  private final class Sequence implements StepVisitor {
    private final List<Step> steps;
    private final @Nullable Continuation outer;
    private final @Nullable Side[] nextSides;
    private final List<Instruction> instructions = new ArrayList<>();

    /** The index of the step that is compiled next. */
    private int index;

    /** Whether our side has stopped reading: what the peer sends then cannot be checked. */
    private boolean stalled;

    Sequence(List<Step> steps, @Nullable Continuation outer) {
      this.steps = steps;
      this.outer = outer;
      this.nextSides = Continuation.nextSides(steps, outer);
    }

    List<Instruction> compile() {
      while (index < steps.size()) {
        steps.get(index++).accept(this);
      }
      return instructions;
    }

    private void add(Instruction instruction) {
      if (!(stalled && instruction instanceof Instruction.Reading)) {
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
      boolean stalls = control.kind() == Step.Control.Kind.STALL;
      if (control.side() == ownSide) {
        add(new Instruction.ControlConnection(control));
        stalled |= stalls;
      } else if (transport.isStream()) {
        if (!stalls) {
          add(new Instruction.ExpectClose(control));
        }
      } else {
        RoleCheck.checkOverDatagrams(script, control);
      }
    }

    @Override
    public void visit(Step.Pause pause) {
      addOwn(new Instruction.Sleep(pause));
    }

    @Override
    public void visit(Step.Mark mark) {
      addOwn(new Instruction.SetMark(mark));
    }

    @Override
    public void visit(Step.Await await) {
      addOwn(new Instruction.AwaitMark(await));
    }

    /** Pauses and marks belong to the side that does the next thing; to both if neither does. */
    private void addOwn(Instruction instruction) {
      Side next = nextSides[index];
      if (ownSide != null && (next == null || next == ownSide)) {
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
      List<Instruction> body = new Sequence(repeat.steps(), next).compile();
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
        List<Instruction> body = new Sequence(each.steps(), continuation()).compile();
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
      return new Sequence(Continuation.stepsOfSide(together.steps(), side), null).compile();
    }
  }
}
