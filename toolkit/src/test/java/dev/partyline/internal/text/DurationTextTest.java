package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  private static final long TEN_YEARS_NANOS = Duration.ofDays(3650).toNanos();

  /** Durations that a script can have, among which whole numbers of every unit are common. */
  @Provide
  Arbitrary<Duration> durations() {
    Arbitrary<Long> units = Arbitraries.of(1L, 1_000L, 1_000_000L, 1_000_000_000L, 60_000_000_000L);
    return units.flatMap(
        unit ->
            Arbitraries.longs()
                .between(0, TEN_YEARS_NANOS / unit)
                .map(count -> Duration.ofNanos(count * unit)));
  }

  @Property
  void aLiteralIsReadAsItWasPrinted(@ForAll("durations") Duration duration) {
    assertThat(DurationText.parse(DurationText.literal(duration))).isEqualTo(duration);
  }

  @Property
  void aLiteralHasTheLargestUnitInWhichItIsWhole(@ForAll("durations") Duration duration) {
    String text = DurationText.literal(duration);
    long count = Long.parseLong(text.replaceAll("\\D", ""));
    if (text.endsWith("s") && count > 0) {
      boolean isSeconds = text.matches("\\d+s");
      assertThat(count % (isSeconds ? 60 : 1_000)).isNotZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.000000001S, 1ns",
    "PT0.0015S, 1500us",
    "PT0.05S, 50ms",
    "PT1.5S, 1500ms",
    "PT5S, 5s",
    "PT90S, 90s",
    "PT2M, 2m",
    "PT1H, 60m"
  })
  void aLiteral(Duration duration, String text) {
    assertThat(DurationText.literal(duration)).isEqualTo(text);
    assertThat(DurationText.literal(duration.toNanos())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "ms",
        "-5ms",
        "+5ms",
        "5 ms",
        "1.5s",
        "5h",
        "5S",
        "٥ms",
        "1000000000000000000ns",
        "9223372037s"
      })
  void whatIsNoLiteralIsNotRead(String text) {
    assertThat(DurationText.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.000049S, 0 ms",
    "PT0.00005S, 0.1 ms",
    "PT0.001S, 1 ms",
    "PT0.0015S, 1.5 ms",
    "PT0.009949S, 9.9 ms",
    "PT0.00999S, 10 ms",
    "PT0.0125S, 13 ms",
    "PT0.2S, 200 ms",
    "PT1.5S, 1500 ms",
    "PT4.9999S, 5 s",
    "PT5S, 5 s",
    "PT1M, 60 s",
    "PT2562047788015215H, 9223372036854774000 s"
  })
  void words(Duration duration, String text) {
    assertThat(DurationText.words(duration)).isEqualTo(text);
  }

  @Property
  void wordsAreAsExactAsTheyNeedToBe(@ForAll @LongRange(max = 1_000_000_000_000L) long nanos) {
    String text = DurationText.words(Duration.ofNanos(nanos));
    String[] numberAndUnit = text.split(" ", -1);
    double unitNanos = numberAndUnit[1].equals("s") ? 1e9 : 1e6;
    double difference = Math.abs(Double.parseDouble(numberAndUnit[0]) * unitNanos - nanos);
    assertThat(difference).isLessThanOrEqualTo(nanos < 10_000_000 ? 50_000 : 500_000);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.000ms", "12345678, 12.345ms", "1000000000, 1000.000ms"})
  void milliseconds(long nanos, String text) {
    assertThat(DurationText.millis(nanos)).isEqualTo(text);
  }
}
