package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapeTest {
  /** Bytes among which the beginnings and limits of UTF-8 are common. */
  @Provide
  Arbitrary<Bytes> bytes() {
    return Arbitraries.oneOf(
            Arbitraries.bytes(),
            Arbitraries.of(
                    0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
                    0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff)
                .map(Integer::byteValue))
        .array(byte[].class)
        .ofMaxSize(12)
        .map(Bytes::of);
  }

  @Property(tries = 20_000)
  void aCharacterIsOneExactlyWhereTheJdksStrictDecoderSeesOne(@ForAll("bytes") Bytes bytes) {
    byte[] array = bytes.toArray();
    for (int offset = 0; offset < array.length; offset++) {
      int length = Utf8.length(array, offset, array.length);
      assertThat(length).as("%s at %s", bytes, offset).isEqualTo(strictLength(array, offset));
      if (length > 0) {
        String text = new String(array, offset, length, StandardCharsets.UTF_8);
        assertThat(Utf8.codePoint(array, offset, length)).isEqualTo(text.codePointAt(0));
      }
    }
  }

  /** The length of the one character that begins at an offset as the JDK decodes it, or 0. */
  private static int strictLength(byte[] array, int offset) {
    for (int length = 1; length <= 4 && offset + length <= array.length; length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array, offset, length));
        return length;
      } catch (CharacterCodingException e) {
        // Not with this many bytes.
      }
    }
    return 0;
  }

  @Property(tries = 5_000)
  void noControlAndNoMarkOfDirectionStandsUnescaped(@ForAll("bytes") Bytes bytes) {
    assertThat(bytes.escaped().codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> c == 0x2028 || c == 0x2029);
  }

  @Property(tries = 5_000)
  void whatNeedsNoEscapeReadsBackAsItIs(@ForAll("bytes") Bytes bytes) {
    String text = bytes.escaped();
    if (bytes.unprintableCount() == 0 && !text.contains("\\")) {
      assertThat(Bytes.utf8(text)).isEqualTo(bytes);
    } else {
      assertThat(text).contains("\\");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "61 0d 0a ~ a\\r\\n ~ 2",
        "09 00 1b 7f ~ \\t\\0\\x1b\\x7f ~ 4",
        "5c ~ \\\\ ~ 0",
        "24 7b 24 ~ \\${$ ~ 0",
        "c3 a9 ~ \u00e9 ~ 0",
        "c3 ~ \\xc3 ~ 1",
        "ff fe ~ \\xff\\xfe ~ 2",
        "e2 80 ae ~ \\u{202e} ~ 3",
        "c2 85 ~ \\u{85} ~ 2",
        "ef bb bf ~ \\u{feff} ~ 3",
        "f0 9f 98 80 ~ \ud83d\ude00 ~ 0",
        "ed a0 80 ~ \\xed\\xa0\\x80 ~ 3",
        "c0 80 ~ \\xc0\\x80 ~ 2",
        "f4 90 80 80 ~ \\xf4\\x90\\x80\\x80 ~ 4",
        "c2 a0 ~ \\u{a0} ~ 2",
      })
  void bytesAreWrittenAsAScriptWritesThem(String hex, String text, int unprintable) {
    assertThat(Bytes.hex(hex).escaped()).isEqualTo(text);
    assertThat(Bytes.hex(hex).unprintableCount()).isEqualTo(unprintable);
  }

  @ParameterizedTest
  @CsvSource({
    "\\\\, 5c",
    "\\r, 0d",
    "\\n, 0a",
    "\\t, 09",
    "\\0, 00",
    "\\x0d, 0d",
    "\\xFf, ff",
    "\\u{d}, 0d",
    "\\u{20ac}, e282ac",
    "\\u{01F4A9}, f09f92a9"
  })
  void anEscapeStandsForBytes(String escape, String hex) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(Escape.parse("$" + escape + "0}", 1, bytes)).isEqualTo(1 + escape.length());
    assertThat(bytes.toByteArray()).isEqualTo(Bytes.hex(hex).toArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\",
        "\\q",
        "\\$",
        "\\\"",
        "\\s",
        "\\x",
        "\\x0",
        "\\x0g",
        "\\x\u0660\u0660",
        "\\u",
        "\\u{",
        "\\u{}",
        "\\u20ac",
        "\\u{0020ac1}",
        "\\u{110000}",
        "\\u{d800}",
        "\\u{DFFF}",
        "\\u{20ag}",
        "\\u{ 20}"
      })
  void anotherEscapeIsNotRead(String escape) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(Escape.parse(escape, 0, bytes)).isNegative();
    assertThat(bytes.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0d, 13", "FF, 255", "0, -1", "'', -1", "0g, -1", "+1, -1"})
  void twoHexadecimalDigitsAreAByte(String digits, int value) {
    assertThat(Escape.hexByte("x" + digits, 1)).isEqualTo(value);
  }
}
