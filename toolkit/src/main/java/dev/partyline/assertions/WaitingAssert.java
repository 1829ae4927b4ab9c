package dev.partyline.assertions;

import java.time.Duration;
import org.assertj.core.api.Descriptable;
import org.assertj.core.description.Description;

/**
 * What the asserts on a recording have in common.
 *
 * <p>They are no {@link org.assertj.core.api.AbstractAssert}: what that would bring along could
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
   * Returns an assert whose checks wait, each for that time at most, until they hold: whenever
   * something is recorded they look again. What is derived from it waits too.
   *
   * <p>A check that can no longer come to hold, as after a wrong byte or a FIN, fails at once, and
   * so does one whose thread is interrupted; the thread stays interrupted.
   *
   * <pre><code>
   * // passes if the client says QUIT in the next two seconds:
   * assertThat(listener).within(ofSeconds(2)).client().sentLine("QUIT");
   * // fails after two seconds if it says something else:
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
