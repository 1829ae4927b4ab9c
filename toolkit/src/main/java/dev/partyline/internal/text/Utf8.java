package dev.partyline.internal.text;

/** Well-formed UTF-8 (RFC 3629), one character at a time. */
final class Utf8 {
  private Utf8() {}

  /** How many bytes the character at an offset takes, or 0 if there is no well-formed one. */
  static int length(byte[] array, int offset, int endOffset) {
    int lead = array[offset] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || offset + length > endOffset) {
      return 0;
    }
    for (int i = offset + 1; i < offset + length; i++) {
      if ((array[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int codePoint = codePoint(array, offset, length);
    boolean overlong = codePoint < (length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80);
    boolean surrogate = codePoint >= 0xd800 && codePoint < 0xe000;
    return overlong || surrogate || codePoint > 0x10ffff ? 0 : length;
  }

  static int codePoint(byte[] array, int offset, int length) {
    int value = length == 1 ? array[offset] : array[offset] & (0x7f >> length);
    for (int i = offset + 1; i < offset + length; i++) {
      value = value << 6 | (array[i] & 0x3f);
    }
    return value;
  }
}
