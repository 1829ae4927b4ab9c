package dev.partyline.script;

/** Whether a side ended as it was expected to. */
final class Deeds {
  private Deeds() {}

  static Flow look(Step.Act act, Inbox inbox) {
    if (!inbox.isEmpty()) {
      return Flow.FAIL;
    }
    if (!inbox.hasEnded()) {
      return Flow.WAIT;
    }
    boolean met =
        switch (act.deed()) {
          case FINISH -> inbox.isFinished();
          case RESET -> inbox.isReset();
          case CLOSE -> true;
          case STALL -> true;
        };
    return met ? Flow.ON : Flow.FAIL;
  }
}
