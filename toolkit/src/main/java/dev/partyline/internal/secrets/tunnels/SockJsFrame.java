package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Layer;
import java.nio.charset.StandardCharsets;

/**
 * The strings of an array of JSON by which SockJS sends messages: {@code ["…"]} of a client, and
 * {@code a["…","…"]} of a server.
 */
final class SockJsFrame {
  private static final String ESCAPED = "bfnrt";
  private static final String UNESCAPED = "\b\f\n\r\t";
  private static final int UNICODE_ESCAPE_SIZE = 6;

  private final Layer layer;
  private final int endOffset;
  private int offset;

  /** Reads what is in a range of a layer, which may be no such frame. */
  SockJsFrame(Layer layer, int offset, int endOffset) {
    this.layer = layer;
    this.offset = offset;
    this.endOffset = endOffset;
    skip('a');
    this.offset = peek() == '[' ? this.offset : endOffset;
    skip('[');
  }

  private int peek() {
    return offset < endOffset ? layer.byteAt(offset) : -1;
  }

  private boolean skip(char expected) {
    boolean isNext = peek() == expected;
    offset += isNext ? 1 : 0;
    return isNext;
  }

  private void skipBlanks() {
    while (skip(' ') || skip('\r') || skip('\n') || skip('\t')) {
      // Blanks are allowed between the elements of an array.
    }
  }

  /** Goes to the next string, after its first quote, if there is another. */
  boolean hasNext() {
    skipBlanks();
    skip(',');
    skipBlanks();
    return skip('"');
  }

  /** Adds a string as it reads without escapes. */
  void addNextTo(Layer.Builder builder) {
    int start = offset;
    while (offset < endOffset && peek() != '"') {
      if (peek() == '\\' && offset + 1 < endOffset) {
        builder.add(start, offset);
        int escape = offset;
        byte[] decoded = escaped();
        builder.addDecoded(decoded, escape, offset);
        start = offset;
      } else {
        offset++;
      }
    }
    builder.add(start, offset);
    skip('"');
  }

  /** Goes over an escape, and returns what it stands for. */
  private byte[] escaped() {
    char type = (char) layer.byteAt(offset + 1);
    int end = offset + UNICODE_ESCAPE_SIZE;
    if (type == 'u' && end <= endOffset) {
      String digits = new String(layer.bytes(offset + 2, end), StandardCharsets.ISO_8859_1);
      if (digits.matches("[0-9A-Fa-f]{4}")) {
        offset = end;
        // A half of a surrogate pair is no character, and becomes a question mark.
        String character = String.valueOf((char) Integer.parseInt(digits, 16));
        return character.getBytes(StandardCharsets.UTF_8);
      }
    }
    offset += 2;
    int index = ESCAPED.indexOf(type);
    return new byte[] {(byte) (index < 0 ? type : UNESCAPED.charAt(index))};
  }
}
