package dev.partyline.assertions;

import java.time.Duration;
import org.assertj.core.api.Descriptable;
import org.assertj.core.description.Description;

/**
 * What the asserts on a recording have in common.
 *
 * <p>They do not extend {@link org.assertj.core.api.AbstractAssert}: what they would inherit could
 * neither wait nor be soft.
 */
abstract class WaitingAssert<SELF> implements Descriptable<SELF> {
  final CheckRunner runner;

  WaitingAssert(CheckRunner runner) {
    this.runner = runner;
  }

  abstract SELF self();

  abstract SELF withRunner(CheckRunner runner);

  /**
   * Sets the description with which a failure of the following checks begins, and of those derived
   * from them.
   */
  @Override
  public SELF describedAs(Description description) {
    runner.describe(description);
    return self();
  }

  /**
   * Returns an assert whose checks wait until they hold, each for that time at most; they are
   * repeated whenever something is recorded. Asserts that are derived from it wait too.
   *
   * <p>A check fails at once when it can no longer hold, for example after a wrong byte or a FIN,
   * or when its thread is interrupted; the thread stays interrupted.
   *
   * <pre><code>
   * // passes if the client sends QUIT in the next two seconds:
   * assertThat(listener).within(ofSeconds(2)).client().sentLine("QUIT");
   * // fails after two seconds if it sends something else:
   * assertThat(listener).client().within(ofSeconds(2)).sentLine("QUIT");
   * </code></pre>
   *
   * @param time how long to wait, stretched by {@link dev.partyline.wire.TimeoutFactor}
   * @throws IllegalArgumentException if the time is negative
   */
  public SELF within(Duration time) {
    return withRunner(runner.within(time));
  }
}
