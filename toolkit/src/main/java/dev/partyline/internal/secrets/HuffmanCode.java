package dev.partyline.internal.secrets;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The Huffman code of HPACK (RFC 7541, appendix B); it is canonical, so its lengths are enough. */
final class HuffmanCode {
  private static final int MAX_LENGTH = 30;
  private static final int END_OF_STRING = 256;

  /** How many bits the code of each byte has, and that of the end. */
  private static final byte[] LENGTHS = {
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
    5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
    15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7,
    7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
    24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21,
    23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24,
    21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
    26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30
  };

  private static final int[] CODES = new int[LENGTHS.length];

  /** The bytes in the order of their codes; those of a length follow each other. */
  private static final int[] ORDER = new int[LENGTHS.length];

  private static final int[] FIRST_CODE = new int[MAX_LENGTH + 2];
  private static final int[] FIRST_INDEX = new int[MAX_LENGTH + 2];

  static {
    int code = 0;
    int index = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      FIRST_CODE[length] = code;
      FIRST_INDEX[length] = index;
      for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
        if (LENGTHS[symbol] == length) {
          CODES[symbol] = code++;
          ORDER[index++] = symbol;
        }
      }
      code <<= 1;
    }
    FIRST_INDEX[MAX_LENGTH + 1] = index;
  }

  private HuffmanCode() {}

  /** Returns how many bits the code of a byte has. */
  static int length(byte symbol) {
    return LENGTHS[symbol & 0xff];
  }

  /** Returns what bytes say, up to what is wrong. */
  static byte[] decode(byte[] bytes) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    int code = 0;
    int length = 0;
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      code = code << 1 | bytes[bit >> 3] >> (7 - (bit & 7)) & 1;
      length++;
      int index = length > MAX_LENGTH ? -1 : index(code, length);
      if (length > MAX_LENGTH || index >= 0 && ORDER[index] == END_OF_STRING) {
        break;
      }
      if (index >= 0) {
        decoded.write(ORDER[index]);
        code = 0;
        length = 0;
      }
    }
    return decoded.toByteArray();
  }

  private static int index(int code, int length) {
    int index = FIRST_INDEX[length] + code - FIRST_CODE[length];
    return code >= FIRST_CODE[length] && index < FIRST_INDEX[length + 1] ? index : -1;
  }

  /** Returns the code of bytes; the bits that are left of the last byte are those of the end. */
  static byte[] encode(byte[] symbols, int size) {
    byte[] encoded = new byte[size];
    Arrays.fill(encoded, (byte) 0xff);
    int bit = 0;
    for (byte symbol : symbols) {
      int code = CODES[symbol & 0xff];
      for (int i = length(symbol) - 1; i >= 0; i--, bit++) {
        if ((code >> i & 1) == 0) {
          encoded[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        }
      }
    }
    return encoded;
  }
}
