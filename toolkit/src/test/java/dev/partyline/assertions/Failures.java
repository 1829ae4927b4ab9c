package dev.partyline.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Returns the message of an assertion that must fail. */
final class Failures {
  private Failures() {}

  static String messageOf(ThrowingCallable assertion) {
    Throwable failure = catchThrowable(assertion);
    assertThat(failure).isInstanceOf(AssertionError.class);
    return failure.getMessage();
  }
}
