package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.Condition;

/** Says under which condition a test has failed, as a suppressed throwable of its failure. */
final class ConditionNote extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConditionNote(Condition condition) {
    super(
        "it passed in clear weather, and failed under the condition "
            + condition
            + "; @InEveryWeather(only = \""
            + condition.name().replace("\\", "\\\\").replace("\"", "\\\"")
            + "\") runs it under this one alone",
        null,
        false,
        false);
  }

  @Override
  public String toString() {
    return getMessage();
  }
}
