package dev.partyline.script.player;

import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one sequence of operations: up to the next action, or until something has to happen. */
final class Interpreter implements Instruction.Visitor<StepResult> {
  /** A script that does nothing but count must let others have the loop now and then. */
  private static final int MAX_STEPS_PER_RUN = 10_000;

  private final PlayerContext context;
  private final PendingExpectation expectation;
  private Frame frame;
  private @Nullable InterleavedBlock interleavedBlock;
  private @Nullable Action action;
  private @Nullable Failure failure;
  private long wakeAt;

  /** The time of the current run. */
  private long now;

  Interpreter(List<Instruction> instructions, Variables variables, PlayerContext context) {
    this(Frame.top(instructions, variables), context);
  }

  Interpreter(Frame frame, PlayerContext context) {
    this.context = context;
    this.expectation = new PendingExpectation(context);
    this.frame = frame;
  }

  @Nullable Action action() {
    return action;
  }

  @Nullable Failure failure() {
    return failure;
  }

  long wakeAt() {
    return wakeAt;
  }

  Frame frame() {
    return frame;
  }

  /** Returns the expectations of an {@code any order} that are yet to be met. */
  List<Instruction.Expect> missingLines() {
    return expectation.missingLines();
  }

  /** Returns the sequences of the {@code together} that it is in; none if it is in none. */
  List<Interpreter> halves() {
    return interleavedBlock == null ? List.of() : interleavedBlock.halves();
  }

  /** Whether it waits for the peer's bytes, so that holding them back would hold it too. */
  boolean isExpecting() {
    return interleavedBlock == null ? expectation.isExpecting() : interleavedBlock.isExpecting();
  }

  /**
   * Whether what comes right behind the next line may be TLS, which is not for a script to read.
   */
  boolean isBeforeTls() {
    if (interleavedBlock != null || frame.isAtEnd()) {
      return false;
    }
    Instruction instruction = frame.instruction();
    return instruction instanceof Instruction.Expect expect
        ? expect.beforeTls()
        : instruction instanceof Instruction.Choice choice && choice.isBeforeTls();
  }

  boolean isIdleInEndlessLoop() {
    return frame.idleLoop() != null;
  }

  StepResult run(long nanos) {
    now = nanos;
    wakeAt = Long.MAX_VALUE;
    for (int i = 0; i < MAX_STEPS_PER_RUN; i++) {
      StepResult result = frame.isAtEnd() ? leaveBlock() : frame.instruction().accept(this);
      if (result == StepResult.EXIT_LOOP) {
        result = leaveLoop();
      }
      if (result != StepResult.NEXT && result != StepResult.RERUN) {
        return result;
      }
    }
    wakeAt = now;
    return StepResult.WAIT;
  }

  /** Leaves a block that is played through, or begins its next pass. */
  private StepResult leaveBlock() {
    Frame outer = frame.outer;
    if (outer == null) {
      return StepResult.DONE;
    }
    boolean loopEnded = frame.loop != null && frame.loop.isEndless() && peerHasEnded();
    if (!loopEnded && frame.isSpinning(context.consumeCount())) {
      return fail(
          Failure.of(
              EndReason.TIMED_OUT, "a pass took nothing and did not pause; it would never end"));
    }
    if (loopEnded || !frame.nextIteration(context.consumeCount())) {
      frame = outer;
      frame.index++;
    }
    return StepResult.NEXT;
  }

  private boolean peerHasEnded() {
    Side ownSide = context.ownSide();
    return ownSide == null
        ? context.clientInput().isDrained() && context.serverInput().isDrained()
        : context.input(ownSide.peer()).isDrained();
  }

  /** Goes on below the loop whose peer has gone; LEFT if the loop is around this fiber. */
  private StepResult leaveLoop() {
    Frame idle = frame.idleLoop();
    interleavedBlock = null;
    expectation.clear();
    if (idle == null || idle.outer == null || !frame.isWithin(idle)) {
      return StepResult.EXIT_LOOP;
    }
    frame = idle.outer;
    frame.index++;
    return StepResult.NEXT;
  }

  private StepResult advance(StepResult result) {
    frame.index += result == StepResult.NEXT ? 1 : 0;
    return result;
  }

  private StepResult emit(Action next) {
    frame.markBusy();
    frame.index++;
    action = next;
    return StepResult.EMIT;
  }

  private StepResult fail(@Nullable Failure cause) {
    failure = cause;
    return StepResult.FAIL;
  }

  /** Notes what a wait came to. */
  private StepResult afterWait(StepResult result) {
    if (result == StepResult.FAIL) {
      return fail(expectation.failure());
    }
    wakeAt = expectation.wakeAt();
    return result;
  }

  @Override
  public StepResult visit(Instruction.Expect expect) {
    return awaitOne(expect);
  }

  @Override
  public StepResult visit(Instruction.ExpectClose expectClose) {
    return awaitOne(expectClose);
  }

  private StepResult awaitOne(Instruction.Candidate candidate) {
    StepResult result = expectation.awaitFirst(List.of(candidate), frame, now);
    if (result == StepResult.NEXT) {
      expectation.consume(frame.variables);
      frame.markBusy();
    }
    return advance(afterWait(result));
  }

  @Override
  public StepResult visit(Instruction.Choice choice) {
    StepResult result = expectation.awaitFirst(choice.candidates(), frame, now);
    if (result == StepResult.NEXT) {
      frame.markBusy();
      Instruction.Branch branch = choice.branches().get(expectation.winner());
      context.chosenBranches().put(choice, branch);
      frame = frame.enter(branch);
      expectation.consume(frame.variables);
    }
    return afterWait(result);
  }

  @Override
  public StepResult visit(Instruction.AnyOrder anyOrder) {
    StepResult result = expectation.awaitAnyOrder(anyOrder, frame, now);
    if (result == StepResult.NEXT) {
      frame.markBusy();
    }
    if (result == StepResult.NEXT && expectation.missingLines().isEmpty()) {
      expectation.clear();
      return advance(result);
    }
    return afterWait(result);
  }

  @Override
  public StepResult visit(Instruction.Loop loop) {
    frame = frame.enter(loop, context.consumeCount());
    return StepResult.NEXT;
  }

  @Override
  public StepResult visit(Instruction.AllowAny allowAny) {
    context.input(allowAny.step().side()).allowsAny = true;
    return advance(StepResult.NEXT);
  }

  @Override
  public StepResult visit(Instruction.Within within) {
    expectation.setTimeout(within.step().time());
    return advance(StepResult.NEXT);
  }

  @Override
  public StepResult visit(Instruction.Mark mark) {
    context.marks().mark(mark.step().name());
    return advance(StepResult.NEXT);
  }

  @Override
  public StepResult visit(Instruction.Await await) {
    return advance(afterWait(expectation.awaitMark(await.step().name(), now)));
  }

  @Override
  public StepResult visit(Instruction.Pause pause) {
    if (frame.idleLoop() != null && peerHasEnded()) {
      return StepResult.EXIT_LOOP;
    }
    StepResult result = afterWait(expectation.awaitPause(pause.step().time(), now));
    if (result == StepResult.NEXT) {
      frame.markPaused();
      frame.markBusy();
    }
    return advance(result);
  }

  /** Whether the script is played in its recorded time, and that has not come yet. */
  private boolean isEarly(@Nullable Duration timestamp) {
    if (!context.keepsTimes() || timestamp == null) {
      return false;
    }
    long remainingNanos = timestamp.toNanos() - (now - context.openedNanos());
    // A recorded time may lie further ahead than the clock can count.
    wakeAt = now + Math.min(remainingNanos, Duration.ofDays(1).toNanos());
    return remainingNanos > 0;
  }

  @Override
  public StepResult visit(Instruction.Send send) {
    Step.Line first = send.lines().get(0);
    Side ownSide = first.side();
    if (context.input(ownSide.peer()).isReset()) {
      return fail(
          Failure.of(
              EndReason.PEER_RESET,
              "the "
                  + ownSide.peer()
                  + " reset the connection before the "
                  + ownSide
                  + " could say this"));
    }
    if (isEarly(first.timestamp())) {
      return StepResult.WAIT;
    }
    Bytes constant = send.constant();
    Bytes message =
        constant != null ? constant : MessageEncoder.encode(send.parts(), frame.variables);
    if (message.isEmpty() && !context.datagrams()) {
      frame.markBusy();
      return advance(StepResult.NEXT);
    }
    return emit(new Action.Send(message));
  }

  @Override
  public StepResult visit(Instruction.Control control) {
    if (isEarly(control.step().timestamp())) {
      return StepResult.WAIT;
    }
    return emit(
        switch (control.step().kind()) {
          case FINISH -> new Action.ShutdownOutput();
          case CLOSE -> new Action.Close();
          case RESET -> new Action.Reset();
          case STALL -> new Action.Stall();
        });
  }

  @Override
  public StepResult visit(Instruction.StartTls startTls) {
    if (context.clientInput().tlsStarted) {
      if (!context.clientInput().tlsRequested) {
        return fail(Failure.of(EndReason.HANDSHAKE_FAILED, "TLS has started already"));
      }
      context.clientInput().tlsRequested = false;
      frame.markBusy();
      return advance(StepResult.NEXT);
    }
    for (Side side : Side.values()) {
      InputBuffer input = context.input(side);
      if (side != context.ownSide() && !input.isEmpty()) {
        return fail(
            Failure.unexpectedInput(
                EndReason.EXTRA_BYTES,
                "the " + side + " went on in plain where TLS starts",
                side,
                input));
      }
      if (side != context.ownSide() && input.hasEnded()) {
        EndReason endReason = input.isReset() ? EndReason.PEER_RESET : EndReason.PEER_FINISHED;
        return fail(Failure.of(endReason, "the " + side + " has ended where TLS starts"));
      }
    }
    if (context.ownSide() == null || context.clientInput().tlsRequested) {
      return StepResult.WAIT;
    }
    context.clientInput().tlsRequested = true;
    action = new Action.StartTls();
    return StepResult.EMIT;
  }

  @Override
  public StepResult visit(Instruction.Interleave interleave) {
    InterleavedBlock block =
        interleavedBlock == null
            ? new InterleavedBlock(interleave, frame, context)
            : interleavedBlock;
    interleavedBlock = block;
    StepResult result = block.run(now);
    action = block.action();
    failure = block.failure();
    wakeAt = block.wakeAt();
    if (result == StepResult.DONE) {
      interleavedBlock = null;
      return advance(StepResult.NEXT);
    }
    return result;
  }
}
