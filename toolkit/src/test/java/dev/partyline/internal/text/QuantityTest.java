package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({"0, 0 bytes", "1, 1 byte", "2, 2 bytes"})
  void onlyOneThingIsSingular(long count, String text) {
    assertThat(Quantity.of(count, "byte")).isEqualTo(text);
  }
}
