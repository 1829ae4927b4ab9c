package dev.partyline.script.player;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an interpreter is in one list of instructions, and in those around it. */
final class Frame {
  final List<Instruction> instructions;

  /** The frame to which the interpreter returns. */
  final @Nullable Frame outer;

  final Instruction.@Nullable Loop loop;

  /** The frame of the {@code together} in which this is the outermost frame of one side. */
  private final @Nullable Frame interleaveFrame;

  Variables variables;
  int index;
  private int iteration = 1;

  /** Whether nothing has been sent or matched in this pass. */
  private boolean idle;

  /** Whether this pass has waited for time to pass. */
  private boolean paused;

  /** How often input had been consumed when this pass began. */
  private long consumeCount;

  private Frame(
      List<Instruction> instructions,
      @Nullable Frame outer,
      @Nullable Frame interleaveFrame,
      Variables variables,
      Instruction.@Nullable Loop loop) {
    this.instructions = instructions;
    this.outer = outer;
    this.interleaveFrame = interleaveFrame;
    this.variables = variables;
    this.loop = loop;
    this.idle = loop != null;
  }

  static Frame top(List<Instruction> instructions, Variables variables) {
    return new Frame(instructions, null, null, variables, null);
  }

  /** Returns the outermost frame of one side of the {@code together} that is here. */
  Frame forHalf(List<Instruction> half) {
    return new Frame(half, null, this, variables, null);
  }

  Frame enter(Instruction.Loop block, long currentConsumeCount) {
    Frame frame = new Frame(block.instructions(), this, null, variables.child(), block);
    frame.consumeCount = currentConsumeCount;
    return frame;
  }

  /** Enters a branch of which the first line has already matched. */
  Frame enter(Instruction.Branch branch) {
    Frame frame = new Frame(branch.instructions(), this, null, variables.child(), null);
    frame.index = 1;
    return frame;
  }

  private @Nullable Frame enclosing() {
    return outer == null ? interleaveFrame : outer;
  }

  boolean isAtEnd() {
    return index == instructions.size();
  }

  Instruction instruction() {
    return instructions.get(index);
  }

  /** Begins the next pass; returns false if that was the last. */
  boolean nextIteration(long currentConsumeCount) {
    if (loop == null || (!loop.isEndless() && iteration == loop.step().times())) {
      return false;
    }
    iteration++;
    index = 0;
    idle = true;
    paused = false;
    consumeCount = currentConsumeCount;
    variables = outer == null ? variables : outer.variables.child();
    return true;
  }

  /** Notes that something was sent or matched here. */
  void markBusy() {
    for (Frame frame = this; frame != null; frame = frame.enclosing()) {
      frame.idle = false;
    }
  }

  /** Notes that time has passed here. */
  void markPaused() {
    for (Frame frame = this; frame != null; frame = frame.enclosing()) {
      frame.paused = true;
    }
  }

  /** Whether this pass has neither consumed input nor paused, and so would go on for ever. */
  boolean isSpinning(long currentConsumeCount) {
    return loop != null && loop.isEndless() && !paused && consumeCount == currentConsumeCount;
  }

  /** Returns the innermost endless loop that is between two passes here, or null. */
  @Nullable Frame idleLoop() {
    for (Frame frame = this; frame != null; frame = frame.enclosing()) {
      if (frame.loop != null) {
        if (!frame.idle) {
          return null;
        }
        if (frame.loop.isEndless()) {
          return frame;
        }
      }
    }
    return null;
  }

  /** Whether this is between two passes of a loop, where no deadline runs. */
  boolean isBetweenIterations() {
    for (Frame frame = this; frame != null; frame = frame.enclosing()) {
      if (frame.loop != null) {
        if (!frame.idle) {
          return false;
        }
        if (frame.loop.isEndless() || frame.iteration > 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a frame is this one, or one to which the interpreter returns from here. */
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
