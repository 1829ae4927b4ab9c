package dev.partyline.internal.secrets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields and bodies of HTTP/2 (RFC 9113): masks the fields of a side, and returns its bodies.
 */
final class Http2Secrets {
  static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private static final int FRAME_HEADER_BYTES = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int PUSH_PROMISE = 5;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;

  private final MaskedStream stream;
  private final byte[] bytes;
  private final HpackBlocks blocks;
  private final Map<Integer, Layer.Builder> bodies = new HashMap<>();
  private Layer.Builder block;

  private Http2Secrets(MaskedStream stream, SecretRule fieldRule) {
    this.stream = stream;
    this.bytes = stream.original();
    this.blocks = new HpackBlocks(fieldRule);
    this.block = Layer.in(stream);
  }

  /** Masks secret fields from the frame at an offset on, and returns the bodies, each joined. */
  static List<Layer> of(MaskedStream stream, int offset, SecretRule fieldRule) {
    Http2Secrets secrets = new Http2Secrets(stream, fieldRule);
    byte[] preface = PREFACE.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset + preface.length;
    boolean hasPreface =
        end <= stream.size()
            && Arrays.equals(stream.original(), offset, end, preface, 0, preface.length);
    secrets.read(hasPreface ? end : offset);
    List<Layer> layers = new ArrayList<>();
    secrets.bodies.values().forEach(body -> layers.add(body.build()));
    return layers;
  }

  private void read(int offset) {
    int next = offset;
    while (next + FRAME_HEADER_BYTES <= bytes.length) {
      int length =
          (bytes[next] & 0xff) << 16 | (bytes[next + 1] & 0xff) << 8 | bytes[next + 2] & 0xff;
      int start = next + FRAME_HEADER_BYTES;
      int end = Math.min(bytes.length, start + length);
      frame(bytes[next + 3], bytes[next + 4], streamId(next + 5), start, end);
      next = start + length;
    }
  }

  private int streamId(int offset) {
    return (bytes[offset] & 0x7f) << 24
        | (bytes[offset + 1] & 0xff) << 16
        | (bytes[offset + 2] & 0xff) << 8
        | bytes[offset + 3] & 0xff;
  }

  private void frame(int type, int flags, int streamId, int offset, int frameEnd) {
    int start = offset;
    int end = frameEnd;
    boolean canBePadded = type == DATA || type == HEADERS || type == PUSH_PROMISE;
    if (canBePadded && (flags & PADDED) != 0 && start < end) {
      end -= bytes[start] & 0xff;
      start++;
    }
    start += type == HEADERS && (flags & PRIORITY) != 0 ? 5 : type == PUSH_PROMISE ? 4 : 0;
    if (start > end) {
      return;
    }
    switch (type) {
      case DATA -> bodies.computeIfAbsent(streamId, id -> Layer.in(stream)).add(start, end);
      case HEADERS, PUSH_PROMISE, CONTINUATION -> {
        block.add(start, end);
        if ((flags & END_HEADERS) != 0 || frameEnd == bytes.length) {
          blocks.mask(block.build());
          block = Layer.in(stream);
        }
      }
      default -> {
        // No other frame has anything that could be secret.
      }
    }
  }
}
