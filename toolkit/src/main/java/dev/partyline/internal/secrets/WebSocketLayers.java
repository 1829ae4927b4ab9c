package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.FrameReader.FramePayload;
import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.MaskedStream;
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
  static List<Layer> of(MaskedStream stream, int offset, List<Missing> missing) {
    WebSocketLayers messages = new WebSocketLayers(stream);
    messages.read(new FrameReader(stream, offset, missing));
    return messages.layers;
  }

  private void read(FrameReader reader) {
    Layer.Builder message = Layer.in(stream);
    while (reader.has(2)) {
      int head = reader.offset();
      boolean masked = (bytes[head + 1] & MASKED) != 0;
      int lengthBytes = lengthBytes(bytes[head + 1] & 0x7f);
      int headBytes = 2 + lengthBytes + (masked ? 4 : 0);
      if (!reader.has(headBytes)) {
        break;
      }
      reader.skip(headBytes);
      int start = head + headBytes;
      long length = lengthBytes == 0 ? bytes[head + 1] & 0x7f : number(head + 2, lengthBytes);
      FramePayload payload = reader.payload(length);
      if ((bytes[head] & CONTROL) == 0) {
        byte[] key = masked ? Arrays.copyOfRange(bytes, start - 4, start) : new byte[0];
        int end = payload.isWhole() ? payload.endOffset() : payload.gapOffsets().get(0);
        message.add(start, end, key);
        // What comes after a gap may be a part of what a rule would find.
        stream.mask(end, payload.endOffset());
        if ((bytes[head] & FIN) != 0) {
          layers.add(message.build());
          message = Layer.in(stream);
        }
      }
    }
    if (reader.isLost()) {
      stream.mask(reader.offset(), bytes.length);
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
    return number < 0 ? Integer.MAX_VALUE : number;
  }
}
