package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.wire.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Secrets that are known by their bytes, wherever they stand. All are looked for at once, because a
 * conversation may have a thousand.
 */
final class KnownValues implements SecretRule {
  private static final int STARTS = 1 << 16;

  private final List<byte[]> values;

  /** The indexes of the values that begin with two bytes. */
  private final Map<Integer, int[]> byStart = new HashMap<>();

  private final boolean[] isStart = new boolean[STARTS];

  KnownValues(List<Bytes> values) {
    this.values = values.stream().filter(each -> each.size() > 1).map(Bytes::toArray).toList();
    for (int i = 0; i < this.values.size(); i++) {
      int start = start(this.values.get(i)[0], this.values.get(i)[1]);
      isStart[start] = true;
      byStart.merge(start, new int[] {i}, KnownValues::join);
    }
  }

  private static int[] join(int[] first, int[] second) {
    int[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static int start(byte first, byte second) {
    return (first & 0xff) << 8 | second & 0xff;
  }

  @Override
  public void apply(Layer layer) {
    if (values.isEmpty()) {
      return;
    }
    byte[] bytes = layer.bytes(0, layer.size());
    // A value does not begin within itself, or one of equal bytes would take the square of time.
    int[] endOffsets = new int[values.size()];
    for (int offset = 0; offset + 1 < bytes.length; offset++) {
      int start = start(bytes[offset], bytes[offset + 1]);
      if (!isStart[start]) {
        continue;
      }
      for (int index : byStart.getOrDefault(start, new int[0])) {
        byte[] value = values.get(index);
        int end = offset + value.length;
        if (offset >= endOffsets[index]
            && end <= bytes.length
            && Arrays.equals(bytes, offset, end, value, 0, value.length)) {
          layer.hide(offset, end);
          endOffsets[index] = end;
        }
      }
    }
  }
}
