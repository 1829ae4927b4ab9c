package dev.partyline.assertions;

import dev.partyline.wire.Recorded;

/**
 * Assertions on everything in a recording.
 *
 * <p>Every check looks at the recording as it is then; after {@link #within} it waits.
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
