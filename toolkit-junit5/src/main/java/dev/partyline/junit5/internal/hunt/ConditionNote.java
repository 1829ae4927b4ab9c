package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.NetworkCondition;

/** Says under which condition a test has failed, as a suppressed throwable of its failure. */
public final class ConditionNote extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConditionNote(String text) {
    super(text, null, false, false);
  }

  /** Says that a test has failed under a condition, and how to run it under this one alone. */
  static ConditionNote of(NetworkCondition condition, boolean isMet) {
    return new ConditionNote(
        failed(condition, isMet)
            + "; @InEveryWeather(only = "
            + literal(condition.name())
            + ") runs it under this one alone");
  }

  private static String failed(NetworkCondition condition, boolean isMet) {
    return "it passed in clear weather, and failed under the condition "
        + condition
        + (isMet
            ? ""
            : ", though nothing was done to its connections: it fails when it is run again");
  }

  /** Returns a line that says how a test is always run under a condition. */
  static String pinning(NetworkCondition condition) {
    return "\n  to see it each time: @InWeather("
        + literal(condition.weather().toString())
        + ") beside @Tapped, @ScriptedListener or @ScriptedClient";
  }

  /** Says that a test of a suite has failed under a condition, and how to run it alone. */
  public static ConditionNote ofSuite(NetworkCondition condition) {
    return new ConditionNote(
        failed(condition, true)
            + "; "
            + ConditionChoice.ONLY_PARAMETER
            + "="
            + literal(condition.name())
            + " runs the tests under this one alone, and @InEveryWeather finds the smallest part of"
            + " it that does it");
  }

  /** Returns a text as a program of Java has it. */
  static String literal(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
