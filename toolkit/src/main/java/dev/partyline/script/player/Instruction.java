package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one player does: a step of the script from the view of one side, or of an observer. */
sealed interface Instruction {
  /** Returns the step of the script that it stands for; the first, if they are several. */
  Step step();

  /** Returns all the steps that it stands for. */
  default List<? extends Step> steps() {
    return List.of(step());
  }

  <R> R accept(InstructionVisitor<R> visitor);

  /** An instruction that looks at what a side sends. */
  sealed interface Reading extends Instruction {
    /** Returns the side; null for a choice that begins with nothing that could be expected. */
    @Nullable Side side();
  }

  /** An expectation that can be one of several, of which the first that matches wins. */
  sealed interface Candidate extends Reading {
    @Override
    Side side();
  }

  /** An instruction that consists of others. */
  sealed interface Block extends Instruction {
    /** Returns the instructions that stand in it. */
    List<? extends Instruction> nested();

    /** Returns those of its instructions that were run once the block is done. */
    default List<? extends Instruction> completed(IdentityHashMap<Choice, Branch> chosenBranches) {
      return nested();
    }
  }

  /**
   * Sends one message: neighbouring lines of our side.
   *
   * @param constant the message if it is the same every time, else null
   */
  record SendMessage(List<Step.Line> lines, List<Part> parts, @Nullable Bytes constant)
      implements Instruction {
    SendMessage(List<Step.Line> lines) {
      this(List.copyOf(lines), WireParts.of(lines));
    }

    private SendMessage(List<Step.Line> lines, List<Part> parts) {
      this(lines, parts, MessageEncoder.constant(parts));
    }

    @Override
    public Step step() {
      return lines.get(0);
    }

    @Override
    public List<Step.Line> steps() {
      return lines;
    }

    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * What the peer has to send: a line on a stream, a message on UDP.
   *
   * @param pattern fixed bytes and placeholders, the line ends among them
   * @param beforeTls whether the peer may go on under TLS right after it
   */
  record Expect(Side side, List<Step.Line> lines, List<Part> pattern, boolean beforeTls)
      implements Candidate {
    Expect(List<Step.Line> lines) {
      this(lines.get(0).side(), List.copyOf(lines), WireParts.pattern(lines), false);
    }

    Expect withBeforeTls() {
      return new Expect(side, lines, pattern, true);
    }

    @Override
    public Step step() {
      return lines.get(0);
    }

    @Override
    public List<Step.Line> steps() {
      return lines;
    }

    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Lets lines of the peer pass until the next expectation takes one. */
  record AllowAny(Step.AnyLines step) implements Reading {
    @Override
    public Side side() {
      return step.side();
    }

    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** How the peer, or our side, ends or stalls. */
  sealed interface End extends Instruction {
    @Override
    Step.Control step();

    /** Whether the script ends with the block in which this stands. */
    default boolean endsScript() {
      return step().kind() == Step.Control.Kind.CLOSE || isReset();
    }

    default boolean isReset() {
      return step().kind() == Step.Control.Kind.RESET;
    }
  }

  record ExpectClose(Step.Control step) implements Candidate, End {
    @Override
    public Side side() {
      return step.side();
    }

    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record ControlConnection(Step.Control step) implements End {
    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record Sleep(Step.Pause step) implements Instruction {
    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record SetMark(Step.Mark step) implements Instruction {
    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record AwaitMark(Step.Await step) implements Instruction {
    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record UpgradeToTls(Step.StartTls step) implements Instruction {
    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record SetTimeout(Step.Within step) implements Instruction {
    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record Loop(Step.Repeat step, List<Instruction> instructions) implements Block {
    boolean isEndless() {
      return step.times() == 0;
    }

    /** Whether a pass takes anything that the peer sends. */
    boolean isReading() {
      return isReading(instructions);
    }

    private static boolean isReading(List<? extends Instruction> nested) {
      return nested.stream()
          .anyMatch(
              each ->
                  each instanceof Reading && !(each instanceof AllowAny)
                      || each instanceof Block block && isReading(block.nested()));
    }

    @Override
    public List<Instruction> nested() {
      return instructions;
    }

    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record Branch(Step.When step, List<Instruction> instructions) {}

  /**
   * The branches of {@code when}.
   *
   * @param candidates the first instruction of each branch
   */
  record Choice(List<Branch> branches, List<Candidate> candidates) implements Reading, Block {
    Choice(List<Branch> branches) {
      // A branch that does not start with a candidate is refused before anything is played.
      this(
          List.copyOf(branches),
          branches.stream()
              .flatMap(branch -> branch.instructions().stream().limit(1))
              .filter(Candidate.class::isInstance)
              .map(Candidate.class::cast)
              .toList());
    }

    @Override
    public @Nullable Side side() {
      return candidates.isEmpty() ? null : candidates.get(0).side();
    }

    boolean isBeforeTls() {
      return candidates.stream()
          .anyMatch(each -> each instanceof Expect expect && expect.beforeTls());
    }

    @Override
    public Step step() {
      return branches.get(0).step();
    }

    @Override
    public List<Instruction> nested() {
      return branches.stream().flatMap(branch -> branch.instructions().stream()).toList();
    }

    @Override
    public List<Instruction> completed(IdentityHashMap<Choice, Branch> chosenBranches) {
      Branch branch = chosenBranches.get(this);
      return branch == null ? List.of() : branch.instructions();
    }

    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record ExpectAll(Step.AnyOrder step, Side side, List<Expect> items, boolean allowsAny)
      implements Reading, Block {
    @Override
    public List<Expect> nested() {
      return items;
    }

    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record Interleave(Step.Together step, List<Instruction> client, List<Instruction> server)
      implements Block {
    @Override
    public List<Instruction> nested() {
      return Stream.concat(client.stream(), server.stream()).toList();
    }

    @Override
    public <R> R accept(InstructionVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
