package dev.partyline.assertions;

import dev.partyline.wire.Recorded;

/**
 * Assertions on everything that was recorded by somebody.
 *
 * <p>Every check looks at the recording as it is then; {@link #within} has it wait.
 */
public final class RecordedAssert extends ConnectionsAssert<RecordedAssert> {
  private final Recorded owner;

  RecordedAssert(CheckRunner runner, Recorded owner) {
    super(runner, owner);
    this.owner = owner;
  }

  @Override
  RecordedAssert self() {
    return this;
  }

  @Override
  RecordedAssert withRunner(CheckRunner runner) {
    return new RecordedAssert(runner, owner);
  }
}
