package dev.partyline.script;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Which steps a player has behind it, and at which it stands.
 *
 * <p>Two lines may be alike, so steps are told apart by what they are, not by what they say.
 */
final class Progress {
  private final IdentityHashMap<Instruction.Choice, Instruction.Branch> chosen;
  private final Set<Step> past = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Step> here = Collections.newSetFromMap(new IdentityHashMap<>());

  Progress(IdentityHashMap<Instruction.Choice, Instruction.Branch> chosen) {
    this.chosen = chosen;
  }

  Set<Step> past() {
    return past;
  }

  Set<Step> here() {
    return here;
  }

  void walk(Interpreter fiber) {
    List<Frame> path = fiber.frame().path();
    for (Frame frame : path) {
      past(frame.ops.subList(0, Math.min(frame.index, frame.ops.size())));
    }
    Frame last = path.get(path.size() - 1);
    if (!last.isAtEnd()) {
      stand(fiber, last.op());
    }
  }

  private void stand(Interpreter fiber, Instruction op) {
    if (op instanceof Instruction.Unordered unordered && !fiber.missing().isEmpty()) {
      past(unordered.items());
      for (Instruction.Expect missing : fiber.missing()) {
        missing.lines().forEach(past::remove);
        here.addAll(missing.lines());
      }
    } else if (!fiber.inside().isEmpty()) {
      fiber.inside().forEach(this::walk);
    } else if (op instanceof Instruction.Choice choice) {
      choice.firsts().forEach(first -> here.addAll(steps(first)));
    } else {
      here.addAll(steps(op));
    }
  }

  private static List<? extends Step> steps(Instruction op) {
    if (op instanceof Instruction.Expect expect) {
      return expect.lines();
    }
    return op instanceof Instruction.Say say ? say.lines() : List.of(op.step());
  }

  private void past(List<? extends Instruction> ops) {
    for (Instruction op : ops) {
      if (op instanceof Instruction.Loop loop) {
        past(loop.ops());
      } else if (op instanceof Instruction.Unordered unordered) {
        past(unordered.items());
      } else if (op instanceof Instruction.Both both) {
        past(both.client());
        past(both.server());
      } else if (op instanceof Instruction.Choice choice) {
        Instruction.Branch branch = chosen.get(choice);
        past(branch == null ? List.of() : branch.ops());
      } else {
        past.addAll(steps(op));
      }
    }
  }
}
