package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import org.junit.jupiter.api.Test;

class MaskedBytesTest {
  private static final MaskedBytes RECEIVED =
      new MaskedBytes(Bytes.utf8("token: abc\r\nend"), Bytes.utf8("token: ***\r\nend"));

  private static String expected(String expected, int difference) {
    return RECEIVED.maskExpected(Bytes.utf8(expected), difference).utf8();
  }

  @Test
  void what_differs_in_a_secret_is_masked_to_the_end_of_its_line() {
    assertThat(expected("token: abXYZ\r\nend", 9)).isEqualTo("token: ab***\r\nend");
  }

  @Test
  void what_goes_on_after_a_secret_is_masked() {
    assertThat(expected("token: abcXYZ", 10)).isEqualTo("token: abc***");
  }

  @Test
  void what_differs_outside_of_a_secret_stays() {
    assertThat(expected("taken: abc", 1)).isEqualTo("taken: abc");
    assertThat(expected("token: abc\r\nbegin", 12)).isEqualTo("token: abc\r\nbegin");
  }

  @Test
  void no_half_of_a_character_stays() {
    assertThat(expected("token: é", 8)).isEqualTo("token: **");
  }

  @Test
  void what_is_expected_may_end_before_the_difference() {
    assertThat(expected("token: ", 7)).isEqualTo("token: ");
  }
}
