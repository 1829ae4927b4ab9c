package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class TimeoutFactorTest {
  private static final String PROPERTY = "partyline.patience";

  private final String previousValue = System.getProperty(PROPERTY);

  @AfterEach
  void restore() {
    if (previousValue == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, previousValue);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,PT5S,PT5S",
    "4,PT5S,PT20S",
    "0.5,PT5S,PT2.5S",
    "' 2 ',PT1S,PT2S",
    "1e1,PT1S,PT10S",
    "4,PT0S,PT0S",
    "1,PT0.000000001S,PT0.000000001S",
    "1,PT239H59M59.999999999S,PT239H59M59.999999999S",
    "off,PT0.001S,PT240H",
    "1,PT9999H,PT240H",
    "1e300,PT1S,PT240H",
  })
  void aWaitIsStretched(String factor, Duration wait, Duration expected) {
    System.setProperty(PROPERTY, factor);
    assertThat(TimeoutFactor.stretch(wait)).isEqualTo(expected);
  }

  @Test
  void withoutThePropertyAWaitIsWhatItIs() {
    System.clearProperty(PROPERTY);
    assertThat(TimeoutFactor.stretch(Duration.ofMillis(1234))).isEqualTo(Duration.ofMillis(1234));
  }

  @Test
  void thereIsNoWaitForEver() {
    System.setProperty(PROPERTY, "4");
    assertThat(TimeoutFactor.stretch(Duration.ofSeconds(Long.MAX_VALUE)))
        .isEqualTo(Duration.ofDays(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "", "four", "OFF", "1,5"})
  void whatIsNoFactorIsAnError(String factor) {
    System.setProperty(PROPERTY, factor);
    assertThatThrownBy(() -> TimeoutFactor.stretch(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-Dpartyline.patience=%s must be a factor above 0, such as 4, or 'off'", factor);
  }

  @Test
  void aNegativeWaitIsAnError() {
    assertThatThrownBy(() -> TimeoutFactor.stretch(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("wait (PT-1S) must not be negative");
  }
}
