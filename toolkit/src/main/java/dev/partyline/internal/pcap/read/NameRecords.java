package dev.partyline.internal.pcap.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.text.IpText;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The names of addresses in the name resolution blocks of a file; the first of each counts. */
final class NameRecords {
  private static final int MAX_NAMES = 100_000;
  private static final int MAX_NAME_BYTES = 255;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;

  private final Map<String, String> names = new HashMap<>();

  Map<String, String> names() {
    return names;
  }

  /** Adds those of a block; what is damaged is left out. */
  void addAll(ByteBuffer body) {
    int offset = body.position();
    while (body.limit() - offset >= 4) {
      int type = body.getShort(offset) & 0xffff;
      int length = body.getShort(offset + 2) & 0xffff;
      if (length > body.limit() - offset - 4) {
        return;
      }
      int addressBytes = type == IPV4 ? 4 : 16;
      if ((type == IPV4 || type == IPV6) && length > addressBytes) {
        byte[] value = new byte[length];
        body.get(offset + 4, value);
        add(value, addressBytes);
      }
      offset += 4 + (length + 3 & ~3);
    }
  }

  private void add(byte[] value, int addressBytes) {
    int end = addressBytes;
    while (end < value.length && value[end] != 0) {
      end++;
    }
    boolean isName = end > addressBytes && end - addressBytes <= MAX_NAME_BYTES;
    if (isName && names.size() < MAX_NAMES) {
      byte[] address = Arrays.copyOf(value, addressBytes);
      String name = new String(value, addressBytes, end - addressBytes, UTF_8);
      names.putIfAbsent(IpText.print(address), name);
    }
  }
}
