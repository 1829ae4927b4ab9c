package dev.partyline.internal.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PatternScannerTest {
  @Property
  void theFirstMatchIsFoundInHoweverManyPiecesItComes(
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 5) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 40) String stream,
      @ForAll @IntRange(min = 1, max = 7) int pieceBytes) {
    PatternScanner scanner = new PatternScanner(bytes(pattern));
    int foundEnd = -1;
    for (int offset = 0; offset < stream.length() && foundEnd < 0; offset += pieceBytes) {
      int endOffset = Math.min(offset + pieceBytes, stream.length());
      int end = scanner.findEnd(ByteBuffer.wrap(bytes(stream), offset, endOffset - offset));
      foundEnd = end < 0 ? -1 : offset + end;
    }
    int start = stream.indexOf(pattern);
    assertThat(foundEnd).isEqualTo(start < 0 ? -1 : start + pattern.length());
  }

  @Property
  void theStreamEndsWithTheLongestBeginningOfThePattern(
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 6) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 40) String stream) {
    PatternScanner scanner = new PatternScanner(bytes(pattern));
    for (int i = 0; i < stream.length(); i++) {
      int matched = scanner.advance((byte) stream.charAt(i));
      assertThat(matched).isEqualTo(longestCommon(pattern, stream.substring(0, i + 1)));
    }
  }

  private static int longestCommon(String pattern, String stream) {
    int length = pattern.length();
    while (!stream.endsWith(pattern.substring(0, length))) {
      length--;
    }
    return length;
  }

  @Test
  void nothingIsCarriedOverAReset() {
    PatternScanner scanner = new PatternScanner(bytes("ab"));
    assertThat(scanner.findEnd(ByteBuffer.wrap(bytes("a")))).isEqualTo(-1);
    scanner.reset();
    assertThat(scanner.findEnd(ByteBuffer.wrap(bytes("bab")))).isEqualTo(3);
  }

  @Test
  void aPieceIsReadWithoutMovingIt() {
    ByteBuffer piece = ByteBuffer.wrap(bytes("xxab")).position(2);
    assertThat(new PatternScanner(bytes("b")).findEnd(piece)).isEqualTo(2);
    assertThat(piece.position()).isEqualTo(2);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
