package dev.partyline.assertions;

import dev.partyline.wire.Recorded;

/**
 * Assertions on everything that was recorded by somebody.
 *
 * <p>Every check looks at the recording as it is then; {@link #within} has it wait.
 */
public final class RecordedAssert extends ConnectionsAssert<RecordedAssert> {
  private final Recorded owner;

  RecordedAssert(CheckRunner checking, Recorded owner) {
    super(checking, owner);
    this.owner = owner;
  }

  @Override
  RecordedAssert self() {
    return this;
  }

  @Override
  RecordedAssert with(CheckRunner other) {
    return new RecordedAssert(other, owner);
  }
}
