package dev.partyline.script.player;

import dev.partyline.script.Step;
import dev.partyline.script.player.StepResult.Signal;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs instructions up to the next action, or until something has to happen first. */
final class Interpreter implements InstructionVisitor<StepResult> {
  /** A script that only counts must yield the event loop now and then. */
  private static final int MAX_STEPS_PER_RUN = 10_000;

  private final PlayerContext context;
  private final PendingExpectation expectation;
  private Frame frame;
  private @Nullable InterleavedBlock interleavedBlock;

  /** Whether a side has closed or reset: then the rest of the block is all that is played. */
  private boolean ended;

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

  Frame frame() {
    return frame;
  }

  /** Returns the lines of an {@code any order} that have not matched yet. */
  List<Instruction.Expect> missingLines() {
    return expectation.missingLines();
  }

  /** Returns the interpreters of the {@code together} that it is in; none if it is in none. */
  List<Interpreter> halves() {
    return interleavedBlock == null ? List.of() : interleavedBlock.halves();
  }

  /** Whether it waits for the peer's bytes, so that back pressure would block it. */
  boolean isExpecting() {
    return interleavedBlock == null ? expectation.isExpecting() : interleavedBlock.isExpecting();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether what comes right after the next line may be TLS, which is not for a script to read. */
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
    for (int i = 0; i < MAX_STEPS_PER_RUN; i++) {
      StepResult result = frame.isAtEnd() ? leaveBlock() : frame.instruction().accept(this);
      if (result == Signal.EXIT_LOOP) {
        result = leaveLoop();
      }
      if (result != Signal.NEXT && result != Signal.RERUN) {
        return result;
      }
    }
    return new StepResult.Wait(now);
  }

  /** Leaves a block that is done, or begins its next pass. */
  private StepResult leaveBlock() {
    Frame outer = frame.outer;
    if (outer == null || ended) {
      return Signal.DONE;
    }
    boolean loopEnded = frame.loop != null && frame.loop.isEndless() && peerHasEnded(frame.loop);
    if (!loopEnded && frame.isSpinning(context.consumeCount())) {
      return fail(
          EndReason.TOO_COMPLEX, "a pass matched nothing and did not pause; it would never end");
    }
    if (loopEnded || !frame.nextIteration(context.consumeCount())) {
      frame = outer;
      frame.index++;
    }
    return Signal.NEXT;
  }

  /** Whether a loop is over: what it does not take of the peer is for the lines below it. */
  private boolean peerHasEnded(Instruction.Loop loop) {
    Side ownSide = context.ownSide();
    if (ownSide == null) {
      return context.clientInput().isDrained() && context.serverInput().isDrained();
    }
    InputBuffer input = context.input(ownSide.peer());
    return loop.isReading() ? input.isDrained() : input.hasEnded();
  }

  /** Goes on below the loop whose peer has closed; EXIT_LOOP if it is around this interpreter. */
  private StepResult leaveLoop() {
    Frame idle = frame.idleLoop();
    interleavedBlock = null;
    expectation.clear();
    if (idle == null || idle.outer == null || !frame.isWithin(idle)) {
      return Signal.EXIT_LOOP;
    }
    frame = idle.outer;
    frame.index++;
    return Signal.NEXT;
  }

  private boolean isPeerReset() {
    Side ownSide = context.ownSide();
    return ownSide != null && context.input(ownSide.peer()).isReset();
  }

  /** Returns whether there is no connection any more, so that no time and no mark matters. */
  private boolean isReset() {
    Side ownSide = context.ownSide();
    return ownSide != null && (context.input(ownSide).isReset() || isPeerReset());
  }

  private StepResult advance() {
    frame.index++;
    return Signal.NEXT;
  }

  private StepResult emit(Action action) {
    frame.markBusy();
    frame.index++;
    return new StepResult.Emit(action);
  }

  private static StepResult fail(EndReason endReason, String problem) {
    return new StepResult.Fail(Failure.of(endReason, problem));
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
    if (result != Signal.NEXT) {
      return result;
    }
    expectation.consume(frame.variables);
    frame.markBusy();
    noteEnd(candidate);
    return advance();
  }

  private void noteEnd(Instruction instruction) {
    ended |= instruction instanceof Instruction.End end && end.endsScript();
  }

  @Override
  public StepResult visit(Instruction.Choice choice) {
    StepResult result = expectation.awaitFirst(choice.candidates(), frame, now);
    if (result == Signal.NEXT) {
      frame.markBusy();
      Instruction.Branch branch = choice.branches().get(expectation.winner());
      noteEnd(choice.candidates().get(expectation.winner()));
      context.chosenBranches().put(choice, branch);
      frame = frame.enter(branch);
      expectation.consume(frame.variables);
    }
    return result;
  }

  @Override
  public StepResult visit(Instruction.ExpectAll anyOrder) {
    StepResult result = expectation.awaitAnyOrder(anyOrder, frame, now);
    if (result != Signal.NEXT) {
      return result;
    }
    frame.markBusy();
    if (!expectation.missingLines().isEmpty()) {
      return Signal.RERUN;
    }
    expectation.clear();
    return advance();
  }

  @Override
  public StepResult visit(Instruction.Loop loop) {
    frame = frame.enter(loop, context.consumeCount());
    return Signal.NEXT;
  }

  @Override
  public StepResult visit(Instruction.AllowAny allowAny) {
    context.input(allowAny.step().side()).allowsAny = true;
    return advance();
  }

  @Override
  public StepResult visit(Instruction.SetTimeout within) {
    expectation.setTimeout(within.step().time());
    return advance();
  }

  @Override
  public StepResult visit(Instruction.SetMark mark) {
    context.marks().mark(mark.step().name());
    return advance();
  }

  @Override
  public StepResult visit(Instruction.AwaitMark await) {
    StepResult result =
        isReset() ? expectation.skip() : expectation.awaitMark(await.step().name(), now);
    return result == Signal.NEXT ? advance() : result;
  }

  @Override
  public StepResult visit(Instruction.Sleep pause) {
    Frame idle = frame.idleLoop();
    if (idle != null && idle.loop != null && peerHasEnded(idle.loop)) {
      return Signal.EXIT_LOOP;
    }
    StepResult result =
        isReset() ? expectation.skip() : expectation.awaitPause(pause.step().time(), now);
    if (result != Signal.NEXT) {
      return result;
    }
    frame.markPaused();
    frame.markBusy();
    return advance();
  }

  /** Returns for how long a line is early in a script that is played in its recorded time. */
  private long earlyNanos(@Nullable Duration timestamp) {
    return context.keepsTimes() && timestamp != null && !isReset()
        ? timestamp.toNanos() - (now - context.openedNanos())
        : 0;
  }

  private StepResult waitFor(long nanos) {
    // A recorded time may be later than the clock can count.
    return new StepResult.Wait(now + Math.min(nanos, Duration.ofDays(1).toNanos()));
  }

  @Override
  public StepResult visit(Instruction.SendMessage send) {
    Step.Line first = send.lines().get(0);
    Side ownSide = first.side();
    if (isPeerReset()) {
      return failBeforeSending(ownSide);
    }
    String outputEnd = ownSide == null ? "" : context.input(ownSide.peer()).outputEnd;
    if (!outputEnd.isEmpty()) {
      return fail(
          EndReason.PEER_FIN, "the " + ownSide + " cannot send this any more: " + outputEnd);
    }
    long earlyNanos = earlyNanos(first.timestamp());
    if (earlyNanos > 0) {
      return waitFor(earlyNanos);
    }
    Bytes constant = send.constant();
    Bytes message =
        constant != null ? constant : MessageEncoder.encode(send.parts(), frame.variables);
    if (message.isEmpty() && !context.datagrams()) {
      frame.markBusy();
      return advance();
    }
    return emit(new Action.Send(message));
  }

  private static StepResult failBeforeSending(Side ownSide) {
    return new StepResult.Fail(Failure.beforeSending(ownSide));
  }

  @Override
  public StepResult visit(Instruction.ControlConnection control) {
    Side ownSide = control.step().side();
    InputBuffer ownInput = context.input(ownSide);
    InputBuffer peerInput = context.input(ownSide.peer());
    if (peerInput.isReset() && control.step().kind() == Step.Control.Kind.FINISH) {
      return failBeforeSending(ownSide);
    }
    if (control.isReset() && ownInput.isFinished() && peerInput.isFinished()) {
      return fail(
          EndReason.PEER_FIN, "both sides have sent FIN, so there is no connection left to reset");
    }
    long earlyNanos = earlyNanos(control.step().timestamp());
    if (earlyNanos > 0) {
      return waitFor(earlyNanos);
    }
    noteEnd(control);
    return emit(
        switch (control.step().kind()) {
          case FINISH -> {
            ownInput.finish();
            yield new Action.ShutdownOutput();
          }
          case CLOSE -> new Action.Close();
          case RESET -> {
            ownInput.reset();
            yield new Action.Reset();
          }
          case STALL -> new Action.Stall();
        });
  }

  @Override
  public StepResult visit(Instruction.UpgradeToTls startTls) {
    if (context.clientInput().tlsStarted) {
      if (!context.clientInput().tlsRequested) {
        return fail(EndReason.HANDSHAKE_FAILED, "TLS has started already");
      }
      context.clientInput().tlsRequested = false;
      frame.markBusy();
      return advance();
    }
    for (Side side : Side.values()) {
      Failure failure = side == context.ownSide() ? null : failureBeforeTls(side);
      if (failure != null) {
        return new StepResult.Fail(failure);
      }
    }
    if (context.ownSide() == null || context.clientInput().tlsRequested) {
      return new StepResult.Wait(Long.MAX_VALUE);
    }
    context.clientInput().tlsRequested = true;
    return new StepResult.Emit(new Action.TlsHandshake());
  }

  private @Nullable Failure failureBeforeTls(Side side) {
    InputBuffer input = context.input(side);
    if (!input.isEmpty()) {
      String problem = "the " + side + " sent plaintext where TLS starts";
      return Failure.unexpectedInput(EndReason.EXTRA_BYTES, problem, side, input);
    }
    if (input.hasEnded()) {
      EndReason endReason = input.isReset() ? EndReason.PEER_RESET : EndReason.PEER_FIN;
      return Failure.of(endReason, "the " + side + " ended where TLS starts");
    }
    return null;
  }

  @Override
  public StepResult visit(Instruction.Interleave interleave) {
    InterleavedBlock block =
        interleavedBlock == null
            ? new InterleavedBlock(interleave, frame, context)
            : interleavedBlock;
    interleavedBlock = block;
    StepResult result = block.run(now);
    if (result != Signal.DONE) {
      return result;
    }
    interleavedBlock = null;
    ended |= block.hasEnded();
    return advance();
  }
}
