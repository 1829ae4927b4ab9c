package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.wire.Bytes;
import org.junit.jupiter.api.Test;

class BytesAssertTest {
  private final Bytes bytes = Bytes.utf8("EHLO a.example");

  @Test
  void passesForWhatTheBytesAre() {
    assertThat(bytes)
        .isEqualTo("EHLO a.example")
        .isEqualTo(Bytes.utf8("EHLO a.example"))
        .startsWith("EHLO ")
        .startsWith(Bytes.EMPTY)
        .contains("a.ex")
        .contains(Bytes.hex("20 61"))
        .hasSize(14);
    assertThat(Bytes.EMPTY).isEmpty().isEqualTo("");
  }

  @Test
  void showsWhereTheBytesDiffer() {
    assertThat(messageOf(() -> assertThat(bytes).as("greeting").isEqualTo("EHLO b.example")))
        .isEqualTo(
            """
            [greeting] the bytes differ
              expected  EHLO b.example
              received  EHLO a.example
                             ^ first difference, byte 5\
            """);
  }

  @Test
  void showsHowTheyBegin() {
    assertThat(messageOf(() -> assertThat(bytes).startsWith("HELO ")))
        .isEqualTo(
            """
            the bytes begin differently
              expected  HELO\\s
              received  EHLO\\s
                        ^ first difference, byte 0\
            """);
  }

  @Test
  void showsWhatComesNearest() {
    assertThat(messageOf(() -> assertThat(bytes).contains("a.exmaple")))
        .isEqualTo(
            """
            this is not in the bytes
              expected  a.exmaple
              nearest   a.example
                            ^ first difference, byte 9\
            """);
  }

  @Test
  void showsBytesOfAnotherCount() {
    assertThat(messageOf(() -> assertThat(bytes).hasSize(1)))
        .isEqualTo(
            """
            the count of bytes differs
              expected  1 byte
              received  14 bytes
              they are  EHLO a.example\
            """);
    assertThat(messageOf(() -> assertThat(bytes).isEmpty())).contains("expected  0 bytes");
  }

  @Test
  void refusesWhatIsInEverything() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(bytes).contains(""))
        .withMessage("bytes () must not be empty: they are in everything");
  }
}
