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
final class Reached {
  private final IdentityHashMap<Op.Choice, Op.Branch> chosen;
  private final Set<Step> past = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Step> here = Collections.newSetFromMap(new IdentityHashMap<>());

  Reached(IdentityHashMap<Op.Choice, Op.Branch> chosen) {
    this.chosen = chosen;
  }

  Set<Step> past() {
    return past;
  }

  Set<Step> here() {
    return here;
  }

  void walk(Fiber fiber) {
    List<Frame> path = fiber.frame().path();
    for (Frame frame : path) {
      past(frame.ops.subList(0, Math.min(frame.index, frame.ops.size())));
    }
    Frame last = path.get(path.size() - 1);
    if (!last.isAtEnd()) {
      stand(fiber, last.op());
    }
  }

  private void stand(Fiber fiber, Op op) {
    if (op instanceof Op.Unordered unordered && !fiber.missing().isEmpty()) {
      past(unordered.items());
      for (Op.Expect missing : fiber.missing()) {
        missing.lines().forEach(past::remove);
        here.addAll(missing.lines());
      }
    } else if (!fiber.inside().isEmpty()) {
      fiber.inside().forEach(this::walk);
    } else if (op instanceof Op.Choice choice) {
      choice.firsts().forEach(first -> here.addAll(steps(first)));
    } else {
      here.addAll(steps(op));
    }
  }

  private static List<? extends Step> steps(Op op) {
    if (op instanceof Op.Expect expect) {
      return expect.lines();
    }
    return op instanceof Op.Say say ? say.lines() : List.of(op.step());
  }

  private void past(List<? extends Op> ops) {
    for (Op op : ops) {
      if (op instanceof Op.Loop loop) {
        past(loop.ops());
      } else if (op instanceof Op.Unordered unordered) {
        past(unordered.items());
      } else if (op instanceof Op.Both both) {
        past(both.client());
        past(both.server());
      } else if (op instanceof Op.Choice choice) {
        Op.Branch branch = chosen.get(choice);
        past(branch == null ? List.of() : branch.ops());
      } else {
        past.addAll(steps(op));
      }
    }
  }
}
