package dev.partyline.internal.secrets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The messages of WebSocket (RFC 6455, 5.2), unmasked and put together from their frames. */
final class WebSocketLayers {
  private static final int MASKED = 0x80;
  private static final int FIN = 0x80;
  private static final int CONTROL = 0x08;

  private final MaskedStream stream;
  private final byte[] bytes;
  private final List<Layer> layers = new ArrayList<>();

  private WebSocketLayers(MaskedStream stream) {
    this.stream = stream;
    this.bytes = stream.original();
  }

  /** Returns the messages of a side from the frame at an offset on. */
  static List<Layer> of(MaskedStream stream, int offset) {
    WebSocketLayers messages = new WebSocketLayers(stream);
    messages.read(offset);
    return messages.layers;
  }

  private void read(int offset) {
    Layer.Builder message = Layer.in(stream);
    int next = offset;
    while (next + 2 <= bytes.length) {
      int first = bytes[next];
      boolean masked = (bytes[next + 1] & MASKED) != 0;
      int lengthBytes = lengthBytes(bytes[next + 1] & 0x7f);
      int keyStart = next + 2 + lengthBytes;
      int start = keyStart + (masked ? 4 : 0);
      if (start > bytes.length) {
        break;
      }
      long length = lengthBytes == 0 ? bytes[next + 1] & 0x7f : number(next + 2, lengthBytes);
      int end = (int) Math.min(bytes.length, start + Math.max(0, length));
      if ((first & CONTROL) == 0) {
        message.add(start, end, masked ? Arrays.copyOfRange(bytes, keyStart, start) : new byte[0]);
        if ((first & FIN) != 0) {
          layers.add(message.build());
          message = Layer.in(stream);
        }
      }
      next = end;
    }
    if (!message.isEmpty()) {
      layers.add(message.build());
    }
  }

  private static int lengthBytes(int code) {
    return code == 126 ? 2 : code == 127 ? 8 : 0;
  }

  private long number(int offset, int count) {
    long number = 0;
    for (int i = 0; i < count; i++) {
      number = number << 8 | bytes[offset + i] & 0xff;
    }
    // The highest bit is not allowed to be set; no stream is as long.
    return number < 0 ? Integer.MAX_VALUE : Math.min(number, Integer.MAX_VALUE);
  }
}
