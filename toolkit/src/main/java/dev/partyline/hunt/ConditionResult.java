package dev.partyline.hunt;

/** What came of a run of a test under a condition. */
public enum ConditionResult {
  /** The test has failed. */
  FAILED('x', "fails"),
  /** The test has passed. */
  PASSED('.', "passes"),
  /** The test has passed, but none of the faults has hit anything. */
  NOT_MET('-', "had no effect"),
  /** The test was aborted, as by an assumption, so that nothing is known. */
  ABORTED('?', "aborted");

  /** What it is drawn as. */
  final char mark;

  /** What it is called in the legend of a drawing. */
  final String meaning;

  ConditionResult(char mark, String meaning) {
    this.mark = mark;
    this.meaning = meaning;
  }
}
