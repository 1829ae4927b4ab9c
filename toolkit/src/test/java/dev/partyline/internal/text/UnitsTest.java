package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  /** Sizes among which whole numbers of every unit are common. */
  @Provide
  Arbitrary<Long> sizes() {
    return Arbitraries.of(1L, 1_000L, 1_000_000L, 1_000_000_000L)
        .flatMap(unit -> Arbitraries.longs().between(0, 999_999_999L).map(count -> count * unit));
  }

  @Property
  void aSizeIsReadAsItWasPrinted(@ForAll("sizes") long bytes) {
    assertThat(Units.bytes(Units.size(bytes))).isEqualTo(bytes);
  }

  @Property
  void aProbabilityIsReadAsItWasPrinted(@ForAll @DoubleRange(max = 1) double probability) {
    assertThat(Units.probability(Units.percent(probability))).isEqualTo(probability);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1B",
    "1234, 1234B",
    "1000, 1KB",
    "1500000, 1500KB",
    "8000000, 8MB",
    "5000000000, 5GB"
  })
  void aSizeIsPrintedInTheLargestUnitInWhichItIsWhole(long bytes, String text) {
    assertThat(Units.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "512, 512",
    "512B, 512",
    "64KB, 64000",
    "64KiB, 65536",
    "1MiB, 1048576",
    "2GiB, 2147483648",
    "999999999999999999, 999999999999999999"
  })
  void aSizeMayHaveAUnit(String text, long bytes) {
    assertThat(Units.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KB",
        "-1",
        "1 KB",
        "1kb",
        "1K",
        "1.5KB",
        "٥",
        "1000000000000000000",
        "99999999999GB"
      })
  void whatIsNoSizeIsNotRead(String text) {
    assertThat(Units.bytes(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0.01, 1%", "0.005, 0.5%", "1, 100%", "0, 0%"})
  void aProbabilityIsAPercentage(double probability, String text) {
    assertThat(Units.percent(probability)).isEqualTo(text);
    assertThat(Units.probability(text)).isEqualTo(probability);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", ".%", "1.2.3%", "0.5", "-1%", "1e2%", "1 %", "٥%"})
  void whatIsNoPercentageIsNotRead(String text) {
    assertThat(Units.probability(text)).isNull();
  }
}
