package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ArgumentChecksTest {
  private static final Duration TEN_YEARS = Duration.ofDays(3650);

  @Property
  void aNumberThatIsNotNegativeIsReturned(@ForAll int value) {
    if (value < 0) {
      rejects(
          () -> ArgumentChecks.notNegative("size", value),
          "size (" + value + ") must not be negative");
    } else {
      assertThat(ArgumentChecks.notNegative("size", value)).isEqualTo(value);
      assertThat(ArgumentChecks.notNegative("size", (long) value)).isEqualTo(value);
    }
  }

  @Test
  void aDurationThatIsNotNegativeIsReturned() {
    assertThat(ArgumentChecks.notNegative("time", Duration.ZERO)).isZero();
    rejects(
        () -> ArgumentChecks.notNegative("time", Duration.ofSeconds(-1)),
        "time (PT-1S) must not be negative");
  }

  @Test
  void theLeastNumberIsAllowed() {
    assertThat(ArgumentChecks.atLeast("n", 2, 2)).isEqualTo(2);
    assertThat(ArgumentChecks.atLeast("n", 1L << 40, 2)).isEqualTo(1L << 40);
    rejects(() -> ArgumentChecks.atLeast("n", 1, 2), "n (1) must be at least 2");
  }

  @Test
  void bothEndsOfARangeAreAllowed() {
    assertThat(ArgumentChecks.inRange("n", 1, 1, 3)).isEqualTo(1);
    assertThat(ArgumentChecks.inRange("n", 3, 1, 3)).isEqualTo(3);
    rejects(() -> ArgumentChecks.inRange("n", 0, 1, 3), "n (0) must be in 1..3");
    rejects(() -> ArgumentChecks.inRange("n", 4, 1, 3), "n (4) must be in 1..3");
  }

  @Test
  void aPortHasSixteenBits() {
    assertThat(ArgumentChecks.port(0, 0)).isZero();
    assertThat(ArgumentChecks.port(65_535, 1)).isEqualTo(65_535);
    rejects(() -> ArgumentChecks.port(0, 1), "port (0) must be in 1..65535");
    rejects(() -> ArgumentChecks.port(65_536, 0), "port (65536) must be in 0..65535");
  }

  @Test
  void aWaitHasAnEnd() {
    assertThat(ArgumentChecks.wait("time", TEN_YEARS)).isEqualTo(TEN_YEARS);
    assertThat(ArgumentChecks.wait("time", Duration.ofNanos(1))).isEqualTo(Duration.ofNanos(1));
    assertThat(ArgumentChecks.waitNanos("time", TEN_YEARS)).isEqualTo(TEN_YEARS.toNanos());
    String rule = " must be above 0 and at most ten years";
    rejects(() -> ArgumentChecks.wait("time", Duration.ZERO), "time (PT0S)" + rule);
    rejects(
        () -> ArgumentChecks.wait("time", Duration.ofNanos(-1)), "time (PT-0.000000001S)" + rule);
    rejects(
        () -> ArgumentChecks.wait("time", TEN_YEARS.plusNanos(1)),
        "time (PT87600H0.000000001S)" + rule);
  }

  @Test
  void aProbabilityIsFromZeroToOne() {
    assertThat(ArgumentChecks.probability("p", 1)).isEqualTo(1);
    assertThat(Double.doubleToRawLongBits(ArgumentChecks.probability("p", -0.0))).isZero();
    String rule = " must be from 0 to 1, such as 0.01 for 1 %";
    rejects(() -> ArgumentChecks.probability("p", 1.5), "p (1.5)" + rule);
    rejects(() -> ArgumentChecks.probability("p", Double.NaN), "p (NaN)" + rule);
  }

  @Test
  void aNameHasALetter() {
    assertThat(ArgumentChecks.notBlank("name", "a")).isEqualTo("a");
    rejects(() -> ArgumentChecks.notBlank("name", " "), "name ( ) must be at least one letter");
  }

  private static void rejects(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }
}
