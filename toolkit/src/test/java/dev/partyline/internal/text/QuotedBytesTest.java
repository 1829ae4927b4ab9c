package dev.partyline.internal.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedBytesTest {
  @Property
  void bytesAreReadAsTheyWerePrinted(@ForAll byte[] bytes) {
    assertThat(read(QuotedBytes.print(bytes))).isEqualTo(bytes);
  }

  @Property
  void aTextIsReadAsItWasPrinted(@ForAll String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(read(QuotedBytes.print(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "QUIT, \"QUIT\"",
        "say \"hi\", \"say \\\"hi\\\"\"",
        "${x} $5, \"\\${x} $5\"",
        "C:\\, \"C:\\\\\""
      })
  void marksAndBackslashesAreEscaped(String text, String quoted) {
    assertThat(QuotedBytes.print(text.getBytes(UTF_8))).isEqualTo(quoted);
    assertThat(read(quoted)).isEqualTo(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"a\\qb, \\qb", "a\\, \\", "\\x1z2, \\x1z", "\\u{d800}, \\u{d"})
  void anErrorNamesTheEscape(String text, String excerpt) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuotedBytes.read(text))
        .withMessageStartingWith("escape (" + excerpt + ") must be ");
  }

  private static byte[] read(String quoted) {
    return QuotedBytes.read(quoted.substring(1, quoted.length() - 1));
  }
}
