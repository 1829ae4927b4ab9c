package dev.partyline.internal.pcap.streams;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in an array, in the order of the network, without a sign where their type has room. */
final class NetworkBytes {
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private NetworkBytes() {}

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
  }

  static int uint8(byte[] array, int offset) {
    return array[offset] & 0xff;
  }

  static int uint16(byte[] array, int offset) {
    return (array[offset] & 0xff) << 8 | array[offset + 1] & 0xff;
  }

  static int int32(byte[] array, int offset) {
    return (int) INTS.get(array, offset);
  }

  static long uint32(byte[] array, int offset) {
    return Integer.toUnsignedLong(int32(array, offset));
  }

  static long int64(byte[] array, int offset) {
    return (long) LONGS.get(array, offset);
  }
}
