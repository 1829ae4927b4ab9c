package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.FrameReader;
import dev.partyline.internal.secrets.stream.FrameReader.FramePayload;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.tunnels.PayloadMessages.PayloadMessage;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/** The messages of a side in WebSocket (RFC 6455, 5.2), put together from their frames. */
final class WebSocketMessages {
  private static final int MASKED = 0x80;
  private static final int FIN = 0x80;
  private static final int CONTROL = 0x08;
  private static final int OPCODE = 0x0f;
  private static final int BINARY = 2;
  private static final byte[] NO_KEY = {};
  private final Layer frames;
  private final FrameReader reader;
  private final List<PayloadMessage> messages = new ArrayList<>();
  private final Layer payload;

  WebSocketMessages(Dialogue dialogue, Side side) {
    this.frames = dialogue.layer(side);
    this.reader = new FrameReader(0, frames.size(), dialogue.missing(side));
    this.payload = read();
  }

  private Layer read() {
    Layer.Builder all = Layer.in(frames);
    int start = 0;
    boolean isBinary = false;
    while (reader.has(2)) {
      int head = reader.offset();
      boolean isMasked = (frames.byteAt(head + 1) & MASKED) != 0;
      int lengthBytes = lengthBytes(frames.byteAt(head + 1) & 0x7f);
      int headBytes = 2 + lengthBytes + (isMasked ? 4 : 0);
      if (!reader.has(headBytes)) {
        break;
      }
      reader.skip(headBytes);
      int opcode = frames.byteAt(head) & OPCODE;
      FramePayload part = reader.payload(length(head, lengthBytes));
      if ((opcode & CONTROL) == 0) {
        isBinary = opcode == 0 ? isBinary : opcode == BINARY;
        add(part, isMasked, all);
        if ((frames.byteAt(head) & FIN) != 0) {
          messages.add(new PayloadMessage(start, all.size(), isBinary));
          all.addDecoded(PayloadMessages.LINE_END, part.endOffset(), part.endOffset());
          start = all.size();
        }
      }
    }
    if (reader.isLost()) {
      frames.hide(reader.offset(), frames.size());
    }
    if (start < all.size()) {
      messages.add(new PayloadMessage(start, all.size(), isBinary));
    }
    return all.build();
  }

  private void add(FramePayload part, boolean isMasked, Layer.Builder all) {
    int start = part.offset();
    int end = part.isWhole() ? part.endOffset() : part.gapOffsets().get(0);
    all.add(start, end, isMasked ? frames.bytes(start - 4, start) : NO_KEY);
    // What comes after a gap may be a part of what a rule would find.
    frames.hide(end, part.endOffset());
  }

  private static int lengthBytes(int code) {
    return code == 126 ? 2 : code == 127 ? 8 : 0;
  }

  private long length(int head, int lengthBytes) {
    long length = lengthBytes == 0 ? frames.byteAt(head + 1) & 0x7f : 0;
    for (int i = 0; i < lengthBytes; i++) {
      length = length << 8 | frames.byteAt(head + 2 + i) & 0xff;
    }
    // The highest bit is not allowed to be set; no stream is as long.
    return length < 0 ? Integer.MAX_VALUE : length;
  }

  /** Returns the messages, each of which ends as a line in their payload. */
  PayloadMessages messages() {
    return new PayloadMessages(payload, messages);
  }
}
