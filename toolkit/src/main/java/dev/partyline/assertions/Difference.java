package dev.partyline.assertions;

import dev.partyline.internal.secrets.MaskedBytes;
import dev.partyline.wire.Bytes;

/**
 * The first difference between received and expected bytes: one line for each, and a caret.
 *
 * @param expected the expected bytes around the difference, escaped and masked
 * @param received the received bytes around the difference, escaped and masked
 * @param caretColumn how many characters are before the difference in {@code received}
 * @param location what is there, and its offset
 */
record Difference(String expected, String received, int caretColumn, String location) {
  private static final int MAX_BYTES_BEFORE = 40;
  private static final int MAX_BYTES_AFTER = 60;
  private static final String ELLIPSIS = "…";

  /**
   * Compares a part of a stream with what was expected there.
   *
   * @param offset where the part begins in the stream
   * @param endOffset where it ends
   * @param streamName whose bytes they are, as in "of what the client sent"; empty to leave it out
   */
  static Difference of(
      MaskedBytes expected, MaskedBytes stream, int offset, int endOffset, String streamName) {
    MaskedBytes received = stream.slice(offset, endOffset);
    int mismatch = expected.bytes().mismatch(received.bytes());
    int commonLength = mismatch < 0 ? expected.bytes().size() : mismatch;
    int caretOffset = characterStart(received.bytes(), commonLength);
    String receivedExcerpt = excerpt(received.masked(), caretOffset);
    String beforeCaret =
        caretOffset == received.masked().size()
            ? receivedExcerpt
            : excerptBefore(received.masked(), caretOffset);
    return new Difference(
        excerpt(mask(expected.masked(), received, commonLength), caretOffset),
        receivedExcerpt,
        received.bytes().isEmpty() ? 0 : beforeCaret.codePointCount(0, beforeCaret.length()),
        location(
                expected.bytes(), received.bytes(), commonLength, offset + commonLength, streamName)
            + (stream.isMasked(offset + commonLength) ? ", which is masked" : ""));
  }

  /** Masks expected bytes that equal masked ones, and how a secret goes on that differs. */
  private static Bytes mask(Bytes expected, MaskedBytes received, int commonLength) {
    byte[] bytes = expected.toArray();
    for (int i = 0; i < commonLength; i++) {
      if (received.isMasked(i)) {
        bytes[i] = received.masked().byteAt(i);
      }
    }
    return received.maskExpected(Bytes.of(bytes), commonLength);
  }

  private static String location(
      Bytes expected, Bytes received, int commonLength, int offset, String streamName) {
    String location = "byte " + offset + streamName;
    if (commonLength == received.size()) {
      return "ends here, before " + location;
    }
    return (commonLength == expected.size() ? "more than expected, from " : "first difference, ")
        + location;
  }

  private static String excerpt(Bytes bytes, int offset) {
    if (bytes.isEmpty()) {
      return "nothing";
    }
    int endOffset = characterStart(bytes, Math.min(offset + MAX_BYTES_AFTER, bytes.size()));
    int middle = Math.min(offset, bytes.size());
    String text =
        excerptBefore(bytes, middle) + bytes.slice(middle, Math.max(middle, endOffset)).escaped();
    if (endOffset < bytes.size()) {
      return text + ELLIPSIS;
    }
    // As in a wire script, because a space at the end is not visible.
    return text.endsWith(" ") ? text.substring(0, text.length() - 1) + "\\s" : text;
  }

  private static String excerptBefore(Bytes bytes, int offset) {
    int startOffset = characterStart(bytes, Math.max(0, offset - MAX_BYTES_BEFORE));
    return (startOffset > 0 ? ELLIPSIS : "")
        + bytes.slice(startOffset, Math.max(startOffset, offset)).escaped();
  }

  /** Returns where the UTF-8 character that contains an offset begins. */
  private static int characterStart(Bytes bytes, int offset) {
    int startOffset = Math.min(offset, bytes.size());
    while (startOffset > 0
        && startOffset < bytes.size()
        && offset - startOffset < 3
        && (bytes.byteAt(startOffset) & 0xc0) == 0x80) {
      startOffset--;
    }
    return startOffset;
  }
}
