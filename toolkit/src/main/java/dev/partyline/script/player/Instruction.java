package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one player does: a step of the script as one side, or a mere onlooker, sees it. */
sealed interface Instruction {
  /** The step of the script that it stands for; the first, if they are several. */
  Step step();

  /**
   * One message: neighbouring lines of our side.
   *
   * @param constant the message if it is the same every time, else null
   */
  record Send(List<Step.Line> lines, List<Part> parts, @Nullable Bytes constant)
      implements Instruction {
    Send(List<Step.Line> lines) {
      this(List.copyOf(lines), CompiledScript.parts(lines));
    }

    private Send(List<Step.Line> lines, List<Part> parts) {
      // Most messages are fixed bytes, and do without the class that makes the others.
      this(
          lines,
          parts,
          parts.size() == 1 && parts.get(0) instanceof Part.Fixed fixed
              ? fixed.bytes()
              : MessageEncoder.constant(parts));
    }

    @Override
    public Step step() {
      return lines.get(0);
    }
  }

  /**
   * What the peer has to send: a line on a stream, a message on UDP; line ends are parts.
   *
   * @param beforeTls whether the peer may go on under TLS right behind it
   */
  record Expect(Side side, List<Step.Line> lines, List<Part> parts, boolean beforeTls)
      implements Instruction {
    Expect withBeforeTls() {
      return new Expect(side, lines, parts, true);
    }

    @Override
    public Step step() {
      return lines.get(0);
    }
  }

  /** Lets lines of the peer by until the next expectation takes one. */
  record AllowAny(Step.AnyLines step) implements Instruction {}

  record ExpectClose(Step.Control step) implements Instruction {}

  record Control(Step.Control step) implements Instruction {}

  record Pause(Step.Pause step) implements Instruction {}

  record Mark(Step.Mark step) implements Instruction {}

  record Await(Step.Await step) implements Instruction {}

  record StartTls(Step.StartTls step) implements Instruction {}

  record Within(Step.Within step) implements Instruction {}

  record Loop(Step.Repeat step, List<Instruction> instructions) implements Instruction {
    boolean isEndless() {
      return step.times() == 0;
    }
  }

  record Branch(Step.When step, List<Instruction> instructions) {}

  record Choice(List<Branch> branches, List<Instruction> firstInstructions) implements Instruction {
    Choice(List<Branch> branches) {
      // A branch without a first operation is refused before anything is played.
      this(
          List.copyOf(branches),
          branches.stream().flatMap(branch -> branch.instructions().stream().limit(1)).toList());
    }

    boolean isBeforeTls() {
      for (Instruction first : firstInstructions) {
        if (first instanceof Expect expect && expect.beforeTls()) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Step step() {
      return branches.get(0).step();
    }
  }

  record AnyOrder(Step.AnyOrder step, Side side, List<Expect> items, boolean allowsAny)
      implements Instruction {}

  record Interleave(Step.Together step, List<Instruction> client, List<Instruction> server)
      implements Instruction {}
}
