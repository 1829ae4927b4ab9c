package dev.partyline.script;

/** Whether a side ended as it was expected to. */
final class CloseMatcher {
  private CloseMatcher() {}

  static StepResult look(Step.Act act, InputBuffer inbox) {
    if (!inbox.isEmpty()) {
      return StepResult.FAIL;
    }
    if (!inbox.hasEnded()) {
      return StepResult.WAIT;
    }
    boolean met =
        switch (act.deed()) {
          case FINISH -> inbox.isFinished();
          case RESET -> inbox.isReset();
          case CLOSE -> true;
          case STALL -> true;
        };
    return met ? StepResult.ON : StepResult.FAIL;
  }
}
