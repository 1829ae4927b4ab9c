package dev.partyline.script.player;

import dev.partyline.script.Step;

/** Whether a side ended as it was expected to. */
final class CloseMatcher {
  private CloseMatcher() {}

  static StepResult match(Step.Control control, InputBuffer input) {
    if (!input.isEmpty()) {
      return StepResult.FAIL;
    }
    if (!input.hasEnded()) {
      return StepResult.WAIT;
    }
    boolean isMatched =
        switch (control.kind()) {
          case FINISH -> input.isFinished();
          case RESET -> input.isReset();
          case CLOSE -> true;
          case STALL -> true;
        };
    return isMatched ? StepResult.NEXT : StepResult.FAIL;
  }
}
