package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import dev.partyline.internal.secrets.stream.FrameReader;
import dev.partyline.internal.secrets.stream.FrameReader.FramePayload;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fields and bodies of HTTP/2 (RFC 9113): masks the fields of a side, and returns its bodies.
 */
final class Http2Secrets {
  static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /** The head of SETTINGS, with which a server begins. */
  private static final Pattern SERVER_START =
      Pattern.compile("\\x00[\\x00\\x01].\\x04\\x00{5}", Pattern.DOTALL);

  private static final int FRAME_HEADER_BYTES = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int PUSH_PROMISE = 5;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;

  private final Layer whole;
  private final HpackBlocks blocks;
  private final Map<Integer, Body> bodies = new HashMap<>();
  private Layer.Builder block;

  /** Whether some of the block was not kept, so that it cannot be read on. */
  private boolean blockLost;

  /** What was sent in DATA on one stream, and where some of it is missing. */
  private record Body(Layer.Builder content, List<Integer> gapOffsets) {
    Body(Layer.Builder content) {
      this(content, new ArrayList<>());
    }

    Layer build() {
      Layer layer = content.build();
      GapSurroundings.hide(layer, gapOffsets);
      return layer;
    }
  }

  private Http2Secrets(Layer whole, SecretRule fieldRule) {
    this.whole = whole;
    this.blocks = new HpackBlocks(fieldRule);
    this.block = Layer.in(whole);
  }

  static boolean isServer(Layer whole) {
    return SERVER_START.matcher(whole.text()).lookingAt();
  }

  /** Masks the secret fields of a side, and returns its bodies, each joined. */
  static List<Layer> of(Layer whole, List<Missing> missing, SecretRule fieldRule) {
    Http2Secrets secrets = new Http2Secrets(whole, fieldRule);
    int start = whole.text().startsWith(PREFACE) ? PREFACE.length() : 0;
    secrets.read(new FrameReader(start, whole.size(), missing));
    List<Layer> layers = new ArrayList<>();
    secrets.bodies.values().forEach(body -> layers.add(body.build()));
    return layers;
  }

  private void read(FrameReader reader) {
    while (reader.has(FRAME_HEADER_BYTES)) {
      int head = reader.offset();
      reader.skip(FRAME_HEADER_BYTES);
      int length = u8(head) << 16 | u8(head + 1) << 8 | u8(head + 2);
      frame(u8(head + 3), u8(head + 4), streamId(head + 5), reader.payload(length));
    }
    if (reader.isLost()) {
      whole.hide(reader.offset(), whole.size());
    }
    endBlock();
  }

  private int streamId(int offset) {
    return (u8(offset) & 0x7f) << 24 | u8(offset + 1) << 16 | u8(offset + 2) << 8 | u8(offset + 3);
  }

  private int u8(int offset) {
    return whole.byteAt(offset) & 0xff;
  }

  private void frame(int type, int flags, int streamId, FramePayload payload) {
    int start = payload.offset();
    int end = payload.endOffset();
    boolean canBePadded = type == DATA || type == HEADERS || type == PUSH_PROMISE;
    if (canBePadded && (flags & PADDED) != 0 && start < end) {
      long padding = u8(start) - payload.notSent();
      end -= payload.isWhole() ? (int) Math.max(0, padding) : 0;
      start++;
    }
    start += type == HEADERS && (flags & PRIORITY) != 0 ? 5 : type == PUSH_PROMISE ? 4 : 0;
    if (start > end) {
      // The padding does not fit, and what is content cannot be told.
      whole.hide(start, payload.endOffset());
      blocks.forget();
      return;
    }
    switch (type) {
      case DATA -> {
        Body body = bodies.computeIfAbsent(streamId, id -> new Body(Layer.in(whole)));
        for (int gap : payload.gapOffsets()) {
          body.gapOffsets.add(body.content.size() + Math.max(0, gap - start));
        }
        body.content.add(start, end);
      }
      case HEADERS, PUSH_PROMISE -> {
        endBlock();
        block(start, end, flags, payload);
      }
      case CONTINUATION -> block(start, end, flags, payload);
      default -> {
        // No other frame has anything that could be secret.
      }
    }
  }

  private void block(int start, int end, int flags, FramePayload payload) {
    int gap = payload.isWhole() ? end : Math.min(end, payload.gapOffsets().get(0));
    if (!blockLost && start < gap) {
      block.add(start, gap);
    }
    if (blockLost || !payload.isWhole()) {
      whole.hide(blockLost ? start : gap, end);
      blockLost = true;
    }
    if ((flags & END_HEADERS) != 0) {
      endBlock();
    }
  }

  /** Reads the block that has been put together, which may have no end yet. */
  private void endBlock() {
    blocks.mask(block.build());
    block = Layer.in(whole);
    if (blockLost) {
      blocks.forget();
      blockLost = false;
    }
  }
}
