package dev.partyline.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a fiber stands in one list of operations, and in those around it. */
final class Frame {
  final List<Instruction> ops;

  /** The frame to which the fiber returns. */
  final @Nullable Frame outer;

  final Instruction.@Nullable Loop loop;

  /** Where the {@code together} stands in which this is the outermost frame of one side. */
  private final @Nullable Frame around;

  Variables scope;
  int index;
  private int pass = 1;

  /** Whether nothing has been said or met in this pass. */
  private boolean fresh;

  /** Whether this pass has waited for time to pass. */
  private boolean paused;

  /** How often bytes had been taken when this pass began. */
  private long takes;

  private Frame(
      List<Instruction> ops,
      @Nullable Frame outer,
      @Nullable Frame around,
      Variables scope,
      Instruction.@Nullable Loop loop) {
    this.ops = ops;
    this.outer = outer;
    this.around = around;
    this.scope = scope;
    this.loop = loop;
    this.fresh = loop != null;
  }

  static Frame top(List<Instruction> ops, Variables scope) {
    return new Frame(ops, null, null, scope, null);
  }

  /** Returns the outermost frame of one side of a {@code together} that stands here. */
  Frame beside(List<Instruction> side) {
    return new Frame(side, null, this, scope, null);
  }

  Frame enter(Instruction.Loop block, long takesSoFar) {
    Frame frame = new Frame(block.ops(), this, null, scope.inner(), block);
    frame.takes = takesSoFar;
    return frame;
  }

  /** The first line of the branch has already been met. */
  Frame enter(Instruction.Branch chosen) {
    Frame frame = new Frame(chosen.ops(), this, null, scope.inner(), null);
    frame.index = 1;
    return frame;
  }

  private @Nullable Frame next() {
    return outer == null ? around : outer;
  }

  boolean isAtEnd() {
    return index == ops.size();
  }

  Instruction op() {
    return ops.get(index);
  }

  /** Begins the next pass, unless that was the last. */
  boolean again(long takesSoFar) {
    if (loop == null || (!loop.isEndless() && pass == loop.step().times())) {
      return false;
    }
    pass++;
    index = 0;
    fresh = true;
    paused = false;
    takes = takesSoFar;
    scope = outer == null ? scope : outer.scope.inner();
    return true;
  }

  /** Something was said or met here. */
  void busy() {
    for (Frame frame = this; frame != null; frame = frame.next()) {
      frame.fresh = false;
    }
  }

  /** Time has passed here. */
  void paused() {
    for (Frame frame = this; frame != null; frame = frame.next()) {
      frame.paused = true;
    }
  }

  /** Whether this pass has neither taken anything nor paused, and so would go on for ever. */
  boolean spins(long takesSoFar) {
    return loop != null && loop.isEndless() && !paused && takes == takesSoFar;
  }

  /** Returns the innermost endless loop between two passes of which this place is, or null. */
  @Nullable Frame idleLoop() {
    for (Frame frame = this; frame != null; frame = frame.next()) {
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
    for (Frame frame = this; frame != null; frame = frame.next()) {
      if (frame.loop != null) {
        if (!frame.fresh) {
          return false;
        }
        if (frame.loop.isEndless() || frame.pass > 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a frame is this one, or one to which the fiber returns from here. */
  boolean isWithin(Frame frame) {
    for (Frame each = this; each != null; each = each.outer) {
      if (each == frame) {
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
