package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.MaskedStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands for a secret in the Huffman code of HPACK: as many bytes, so that all offsets stay,
 * and as correct as what it stands for.
 */
final class MaskedHuffman {
  /** A byte for each length of a code above eight bits, the longest first. */
  private static final byte[] LONG_CODES =
      "\26\2\u00cb\u00c0\u00c7\u00ab\u0087\u0081\u0099\u0080\\{^$#|!"
          .getBytes(StandardCharsets.ISO_8859_1);

  /** What has, beside asterisks, as many bits more than a multiple of eight as the index. */
  private static final String[] REMAINDERS = {"", "0--", "00", "0-", "--", "0", "-", "B"};

  private MaskedHuffman() {}

  /**
   * Returns the code of a content of which parts are masked: an asterisk has eight bits, and what
   * takes more for a byte has other bytes, so that an entry of the table is not longer than it was.
   *
   * @param content what the original says
   * @param ranges where each masked part begins and ends in it, by turns
   * @param size how many bytes the original has
   */
  static byte[] of(byte[] content, int[] ranges, int size) {
    int padding = size * 8 - bitCount(content);
    ByteArrayOutputStream masked = new ByteArrayOutputStream();
    int end = 0;
    // What is less than an asterisk goes on to the next part, because only the end has padding.
    int spareBits = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      masked.write(content, end, ranges[i] - end);
      end = ranges[i + 1];
      int bits = bitCount(Arrays.copyOfRange(content, ranges[i], end)) + spareBits;
      boolean isLast = i + 2 == ranges.length;
      byte[] mask = mask(isLast ? bits + padding : bits, end - ranges[i]);
      masked.writeBytes(mask);
      spareBits = bits - bitCount(mask);
    }
    masked.write(content, end, content.length - end);
    return HuffmanCode.encode(masked.toByteArray(), size);
  }

  private static byte[] mask(int bitCount, int maxCount) {
    byte[] mask = new byte[Math.min(maxCount, bitCount / 8)];
    Arrays.fill(mask, MaskedStream.MASK);
    int excess = bitCount - mask.length * 8;
    for (int i = 0; i < mask.length && excess >= 8; i++) {
      for (byte longer : LONG_CODES) {
        int more = HuffmanCode.length(longer) - 8;
        if (more <= excess) {
          mask[i] = longer;
          excess -= more;
          break;
        }
      }
    }
    return mask;
  }

  /** Returns whether bytes are no whole code, with ones to the end of the last byte. */
  static boolean isMalformed(byte[] encoded) {
    int bits = encoded.length * 8 - decodedBits(encoded);
    return bits >= 8 || !endsWithOnes(encoded, bits);
  }

  /** Returns what is wrong after as many bits as the original, and in the same way. */
  static byte[] malformed(byte[] original) {
    int bits = decodedBits(original);
    int rest = original.length * 8 - bits;
    String remainder = REMAINDERS[bits % 8];
    int asterisks = (bits - bitCount(remainder.getBytes(StandardCharsets.ISO_8859_1))) / 8;
    byte[] content = ("*".repeat(asterisks) + remainder).getBytes(StandardCharsets.ISO_8859_1);
    byte[] masked = HuffmanCode.encode(content, original.length);
    if (rest < 8) {
      masked[masked.length - 1] &= (byte) 0xfe;
    }
    return masked;
  }

  /** Returns how many bits can be read, which the code of the end ends. */
  private static int decodedBits(byte[] encoded) {
    return bitCount(HuffmanCode.decode(encoded));
  }

  private static int bitCount(byte[] content) {
    int count = 0;
    for (byte symbol : content) {
      count += HuffmanCode.length(symbol);
    }
    return count;
  }

  private static boolean endsWithOnes(byte[] encoded, int bits) {
    int ones = (1 << bits) - 1;
    return bits == 0 || (encoded[encoded.length - 1] & ones) == ones;
  }
}
