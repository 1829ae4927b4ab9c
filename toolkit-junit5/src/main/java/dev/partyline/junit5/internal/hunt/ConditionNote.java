package dev.partyline.junit5.internal.hunt;

/** Says under which condition a test has failed, as a suppressed throwable of its failure. */
final class ConditionNote extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConditionNote(String text) {
    super(text, null, false, false);
  }
}
