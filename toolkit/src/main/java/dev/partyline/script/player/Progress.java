package dev.partyline.script.player;

import dev.partyline.script.Step;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Which steps a player has done, and at which it is now.
 *
 * <p>Steps are compared by identity, because two lines may be equal.
 */
final class Progress {
  private final IdentityHashMap<Instruction.Choice, Instruction.Branch> chosenBranches;
  private final Set<Step> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Step> current = Collections.newSetFromMap(new IdentityHashMap<>());

  Progress(IdentityHashMap<Instruction.Choice, Instruction.Branch> chosenBranches) {
    this.chosenBranches = chosenBranches;
  }

  Set<Step> done() {
    return done;
  }

  Set<Step> current() {
    return current;
  }

  void walk(Interpreter interpreter) {
    List<Frame> path = interpreter.frame().path();
    for (Frame frame : path) {
      addDone(frame.instructions.subList(0, Math.min(frame.index, frame.instructions.size())));
    }
    Frame last = path.get(path.size() - 1);
    if (!last.isAtEnd()) {
      addCurrent(interpreter, last.instruction());
    }
  }

  private void addCurrent(Interpreter interpreter, Instruction instruction) {
    if (instruction instanceof Instruction.ExpectAll anyOrder
        && !interpreter.missingLines().isEmpty()) {
      addDone(anyOrder.items());
      for (Instruction.Expect expect : interpreter.missingLines()) {
        expect.lines().forEach(done::remove);
        current.addAll(expect.lines());
      }
    } else if (!interpreter.halves().isEmpty()) {
      interpreter.halves().forEach(this::walk);
    } else if (instruction instanceof Instruction.Choice choice) {
      choice.candidates().forEach(candidate -> current.addAll(candidate.steps()));
    } else {
      current.addAll(instruction.steps());
    }
  }

  private void addDone(List<? extends Instruction> instructions) {
    for (Instruction instruction : instructions) {
      if (instruction instanceof Instruction.Block block) {
        addDone(block.completed(chosenBranches));
      } else {
        done.addAll(instruction.steps());
      }
    }
  }
}
