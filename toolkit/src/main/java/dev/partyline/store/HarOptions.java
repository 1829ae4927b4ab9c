package dev.partyline.store;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Recorded;
import org.jspecify.annotations.Nullable;

/** What a file of {@link Har} has beside the recording: an immutable value. */
public final class HarOptions {
  private static final HarOptions STANDARD = new HarOptions("", null);

  private final String testName;

  /** What is masked; null for the rules of what is written. */
  private final @Nullable Redaction redaction;

  private HarOptions(String testName, @Nullable Redaction redaction) {
    this.testName = testName;
    this.redaction = redaction;
  }

  /** Returns the default: no name, and secrets masked by {@link Redaction#of}. */
  public static HarOptions standard() {
    return STANDARD;
  }

  /**
   * Returns these options with the name of a test, which is the title of the page that all entries
   * belong to.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public HarOptions testName(String name) {
    return new HarOptions(ArgumentChecks.notBlank("testName", name), redaction);
  }

  /** Returns these options that mask other secrets; {@link Redaction#none()} masks nothing. */
  public HarOptions redacting(Redaction redaction) {
    return new HarOptions(testName, redaction);
  }

  String testName() {
    return testName;
  }

  /** Returns what is masked in a file of this. */
  Redaction redaction(Recorded recorded) {
    return redaction == null ? Redaction.of(recorded) : redaction;
  }
}
