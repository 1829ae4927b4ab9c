package dev.partyline.internal.pcap.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of IP, TCP and UDP (RFC 1071). Sums are of little-endian words and not folded, since
 * a sum is the same in either byte order but for the order of its own bytes.
 */
final class Checksum {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0xffff_ffffL;

  private Checksum() {}

  /** Returns the sum of a part of an array, which begins at an even offset of what is summed. */
  static long sum(byte[] bytes, int offset, int length) {
    long even = 0;
    long odd = 0;
    int index = offset;
    int endOffset = offset + length;
    for (; index <= endOffset - 2 * Long.BYTES; index += 2 * Long.BYTES) {
      long first = (long) LONGS.get(bytes, index);
      long second = (long) LONGS.get(bytes, index + Long.BYTES);
      even += (first & LOW_BITS) + (first >>> Integer.SIZE);
      odd += (second & LOW_BITS) + (second >>> Integer.SIZE);
    }
    long sum = even + odd;
    for (int shift = 0; index < endOffset; index++, shift ^= Byte.SIZE) {
      sum += (long) (bytes[index] & 0xff) << shift;
    }
    return sum;
  }

  /** Returns the sum of a 16-bit number in network order. */
  static long sum(int number) {
    return (number & 0xffL) << Byte.SIZE | (number >>> Byte.SIZE & 0xff);
  }

  /** Returns the checksum of what has this sum, as a number in network order. */
  static int of(long sum) {
    long folded = sum;
    while (folded >>> Short.SIZE != 0) {
      folded = (folded & 0xffff) + (folded >>> Short.SIZE);
    }
    return ~(int) sum((int) folded) & 0xffff;
  }
}
