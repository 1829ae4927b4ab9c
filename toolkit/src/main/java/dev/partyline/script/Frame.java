package dev.partyline.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a fiber stands in one list of operations, and in those around it. */
final class Frame {
  final List<Op> ops;
  final @Nullable Frame outer;
  final Op.@Nullable Loop loop;

  /** The branch that was chosen, if this is one. */
  final @Nullable Step branch;

  Scope scope;
  int index;
  private int pass = 1;

  /** Whether nothing has been said or met in this pass. */
  private boolean fresh;

  private Frame(
      List<Op> ops,
      @Nullable Frame outer,
      Scope scope,
      Op.@Nullable Loop loop,
      @Nullable Step branch) {
    this.ops = ops;
    this.outer = outer;
    this.scope = scope;
    this.loop = loop;
    this.branch = branch;
    this.fresh = loop != null;
  }

  static Frame top(List<Op> ops, Scope scope) {
    return new Frame(ops, null, scope, null, null);
  }

  Frame enter(Op.Loop block) {
    return new Frame(block.ops(), this, scope.inner(), block, null);
  }

  /** The first line of the branch has already been met. */
  Frame enter(Op.Branch chosen) {
    Frame frame = new Frame(chosen.ops(), this, scope.inner(), null, chosen.step());
    frame.index = 1;
    return frame;
  }

  boolean isAtEnd() {
    return index == ops.size();
  }

  Op op() {
    return ops.get(index);
  }

  /** Begins the next pass, unless that was the last. */
  boolean again() {
    if (loop == null || !loop.isEndless() && pass == loop.step().times()) {
      return false;
    }
    pass++;
    index = 0;
    fresh = true;
    scope = outer == null ? scope : outer.scope.inner();
    return true;
  }

  /** Something was said or met here. */
  void busy() {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      frame.fresh = false;
    }
  }

  /** Returns the innermost endless loop between two passes of which this place is, or null. */
  @Nullable Frame idleLoop() {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      if (frame.loop != null) {
        if (!frame.fresh) {
          return null;
        }
        if (frame.loop.isEndless()) {
          return frame;
        }
      }
    }
    return null;
  }

  /** Whether this place is between two passes of a loop, where nobody is kept waiting. */
  boolean isBetweenPasses() {
    if (idleLoop() != null) {
      return true;
    }
    for (Frame frame = this; frame != null && frame.fresh; frame = frame.outer) {
      if (frame.pass > 1) {
        return true;
      }
    }
    return false;
  }

  /** Returns the frames from the outermost to this one. */
  List<Frame> path() {
    List<Frame> path = new ArrayList<>();
    for (Frame frame = this; frame != null; frame = frame.outer) {
      path.add(0, frame);
    }
    return path;
  }
}
