package dev.partyline.script;

/** Whether a side ended as it was expected to. */
final class Deeds {
  private Deeds() {}

  static Match.Result look(Step.Act act, Inbox inbox) {
    if (!inbox.isEmpty()) {
      return Match.Result.FAILED;
    }
    if (!inbox.hasEnded()) {
      return Match.Result.MORE;
    }
    boolean met =
        switch (act.deed()) {
          case FINISH -> inbox.isFinished();
          case RESET -> inbox.isReset();
          case CLOSE -> true;
          case STALL -> true;
        };
    return met ? Match.Result.MATCHED : Match.Result.FAILED;
  }
}
