package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.Weathered;
import java.util.function.Supplier;

/**
 * Assertions on a tap: on what came through, and on what its weather did.
 *
 * <p>Every check fails if no connection came through at all, because then the client has not used
 * the tap and nothing is proved; to prove that there was no connection, assert its {@code
 * recording()}. If there was any weather, a failure tells what it did, and its seed.
 *
 * <p>Every check looks at the recording as it is then; after {@link #within} it waits.
 */
public final class TapAssert extends ConnectionsAssert<TapAssert> {
  private final Weathered owner;

  TapAssert(CheckRunner runner, Weathered owner) {
    super(runner.withDetails(failure -> FaultChecks.addReport(owner, failure)), owner);
    this.owner = owner;
  }

  /**
   * Checks that there were exactly so many connections so far, those that have ended included, and
   * at least one.
   *
   * <pre><code>
   * // passes if one client has connected:
   * assertThat(tap).hasConnections(1);
   * // fails even then, and without a client too:
   * assertThat(tap).hasConnections(0);
   * </code></pre>
   *
   * @throws IllegalArgumentException if the count is negative
   */
  @Override
  public TapAssert hasConnections(int count) {
    ArgumentChecks.notNegative("count", count);
    check(() -> connectionCount(count));
    return this;
  }

  /**
   * Checks that a fault has done something.
   *
   * <pre><code>
   * // passes after the first client of a tap in "reset first 2":
   * assertThat(tap).hasHit("reset");
   * // fails then, because there was no such fault:
   * assertThat(tap).hasHit("delay");
   * </code></pre>
   *
   * @param fault its name: the one it was given, or else its kind, such as {@code reset}
   */
  public TapAssert hasHit(String fault) {
    check(() -> FaultChecks.hasHit(owner, fault));
    return this;
  }

  /**
   * Checks that a fault has done something exactly so many times.
   *
   * <pre><code>
   * // passes after three clients of a tap in "reset first 2":
   * assertThat(tap).hasHit("reset", 2);
   * // fails after the first:
   * assertThat(tap).hasHit("reset", 2);
   * </code></pre>
   *
   * @param fault its name: the one it was given, or else its kind, such as {@code reset}
   * @throws IllegalArgumentException if the number is negative
   */
  public TapAssert hasHit(String fault, int times) {
    ArgumentChecks.notNegative("times", times);
    check(() -> FaultChecks.hasHit(owner, fault, times));
    return this;
  }

  /**
   * Checks that a fault has done something to these connections, and to no other.
   *
   * <pre><code>
   * // passes after three clients of a tap in "reset first 2":
   * assertThat(tap).hasHitConnections("reset", 1, 2);
   * // fails then:
   * assertThat(tap).hasHitConnections("reset", 1);
   * </code></pre>
   *
   * @param fault its name: the one it was given, or else its kind, such as {@code reset}
   * @param numbers the numbers of the connections, from 1
   */
  public TapAssert hasHitConnections(String fault, int... numbers) {
    check(() -> FaultChecks.hasHitConnections(owner, fault, numbers));
    return this;
  }

  /**
   * Checks that every fault that was active so far has done something.
   *
   * <pre><code>
   * // passes if a tap in "delay 1ms; reset after 100 bytes" has delayed and reset something:
   * assertThat(tap).allFaultsHit();
   * // fails if a hundred bytes have never come:
   * assertThat(tap).allFaultsHit();
   * </code></pre>
   */
  public TapAssert allFaultsHit() {
    check(() -> FaultChecks.allFaultsHit(owner));
    return this;
  }

  /**
   * Checks that no fault has done anything: everything passed unchanged.
   *
   * <pre><code>
   * // passes if only ten bytes passed a tap in "reset after 100 bytes":
   * assertThat(tap).nothingHit();
   * // fails if it is in "delay 1ms":
   * assertThat(tap).nothingHit();
   * </code></pre>
   */
  public TapAssert nothingHit() {
    check(() -> FaultChecks.nothingHit(owner));
    return this;
  }

  private void check(Supplier<CheckResult> check) {
    runner.check(owner.recording(), () -> FaultChecks.ifUsed(owner, check));
  }

  @Override
  TapAssert self() {
    return this;
  }

  @Override
  TapAssert withRunner(CheckRunner runner) {
    return new TapAssert(runner, owner);
  }
}
