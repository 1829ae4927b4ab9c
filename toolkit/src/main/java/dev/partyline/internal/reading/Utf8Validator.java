package dev.partyline.internal.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Checks whether a text in pieces is UTF-8; a piece may end within a character. */
public final class Utf8Validator {
  private final CharsetDecoder decoder =
      UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);

  private final CharBuffer out = CharBuffer.allocate(256);
  private Bytes partialCharacter = Bytes.EMPTY;

  public void reset() {
    decoder.reset();
    partialCharacter = Bytes.EMPTY;
  }

  /**
   * Returns the index in the piece of the first malformed character, or -1; 0 if it begins in the
   * piece before.
   */
  public int indexOfMalformed(Bytes chunk, boolean last) {
    int carriedBytes = partialCharacter.size();
    ByteBuffer in = partialCharacter.plus(chunk).toBuffer();
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, last);
    } while (result.isOverflow());
    if (result.isError()) {
      return Math.max(0, in.position() - carriedBytes);
    }
    partialCharacter = Bytes.copyOf(in);
    return -1;
  }
}
