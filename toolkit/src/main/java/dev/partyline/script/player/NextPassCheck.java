package dev.partyline.script.player;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that no pass of a loop has to send after the FIN of an earlier one. */
final class NextPassCheck {
  private NextPassCheck() {}

  /**
   * Checks a loop that has more than one pass.
   *
   * @throws ScriptException if our side sends a FIN in a pass, and can begin another
   */
  static void check(Script script, Instruction.Loop loop) {
    Step.Control finish = openFinish(loop.instructions());
    if (finish != null) {
      char own = finish.side().letter();
      char peer = finish.side().peer().letter();
      throw script.error(
          finish,
          String.format(
              "the %s cannot send in the next pass of 'repeat' after %c! finish; expected %c! close"
                  + " in its place, or %c! close below it",
              finish.side(), own, own, peer));
    }
  }

  /** Returns our FIN if another pass can begin after it: if neither side has closed since. */
  private static Step.@Nullable Control openFinish(List<? extends Instruction> instructions) {
    Step.Control finish = null;
    for (Instruction instruction : instructions) {
      if (isClosing(instruction)) {
        return null;
      }
      Step.Control inner = openFinish(instruction);
      finish = finish == null ? inner : finish;
    }
    return finish;
  }

  private static Step.@Nullable Control openFinish(Instruction instruction) {
    if (instruction instanceof Instruction.ControlConnection control) {
      return control.step().kind() == Step.Control.Kind.FINISH ? control.step() : null;
    }
    if (instruction instanceof Instruction.Choice choice) {
      for (Instruction.Branch branch : choice.branches()) {
        Step.Control finish = openFinish(branch.instructions());
        if (finish != null) {
          return finish;
        }
      }
      return null;
    }
    return instruction instanceof Instruction.Block block ? openFinish(block.nested()) : null;
  }

  private static boolean isClosing(Instruction instruction) {
    if (instruction instanceof Instruction.Choice choice) {
      return choice.branches().stream()
          .allMatch(branch -> branch.instructions().stream().anyMatch(NextPassCheck::isClosing));
    }
    return instruction instanceof Instruction.ExpectClose
        || instruction instanceof Instruction.End end && end.endsScript();
  }
}
