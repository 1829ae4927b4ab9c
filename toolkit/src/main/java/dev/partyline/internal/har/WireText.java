package dev.partyline.internal.har;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.internal.reading.Utf8Validator;
import dev.partyline.wire.Bytes;

/** What was sent as text: UTF-8 if it is well-formed, otherwise ISO 8859-1, so no byte is lost. */
final class WireText {
  private static final char REPLACEMENT = '\ufffd';

  private WireText() {}

  static String of(Bytes bytes) {
    String text = bytes.utf8();
    boolean isUtf8 = text.indexOf(REPLACEMENT) < 0 || isUtf8(bytes);
    return isUtf8 ? text : new String(bytes.toArray(), ISO_8859_1);
  }

  /** Returns the text of bytes that are characters of ISO 8859-1. */
  static String of(String latin1) {
    return of(Bytes.of(latin1.getBytes(ISO_8859_1)));
  }

  private static boolean isUtf8(Bytes bytes) {
    return new Utf8Validator().indexOfMalformed(bytes, true) < 0;
  }
}
