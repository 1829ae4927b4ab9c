package dev.partyline.report;

/** How a test ended. */
public enum TestResult {
  /** It passed. */
  PASSED("passed"),
  /** It failed. */
  FAILED("failed"),
  /** It was interrupted because its time was up. */
  INTERRUPTED("interrupted"),
  /** It was aborted, such as by an assumption. */
  ABORTED("aborted"),
  /** It has not ended. */
  RUNNING("running");

  private final String text;

  TestResult(String text) {
    this.text = text;
  }

  /** Returns it as a word, such as {@code failed}. */
  @Override
  public String toString() {
    return text;
  }
}
