package dev.partyline.view.websocket;

import dev.partyline.internal.reading.FlawCollector;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.reading.Utf8Validator;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;

/** Cuts what a side sent into frames (RFC 6455, 5.2), and checks them. */
final class WebSocketReader {
  private static final int MASK_BYTES = 4;
  private static final int MAX_CONTROL_BYTES = 125;

  private final SideReader input;
  private final Side side;
  private final boolean deflate;
  private final boolean extended;
  private final ViewBuilder<WebSocketFrame> builder;
  private final FlawCollector flaws;
  private final Utf8Validator textValidator = new Utf8Validator();

  /** Whether a message has begun and not ended; the next two say how it began. */
  private boolean inMessage;

  private boolean isText;
  private boolean isDeflated;
  private boolean closed;

  WebSocketReader(
      SideReader input, boolean deflate, boolean extended, ViewBuilder<WebSocketFrame> builder) {
    this.input = input;
    this.side = input.side();
    this.deflate = deflate;
    this.extended = extended;
    this.builder = builder;
    this.flaws = builder.flaws(side);
  }

  void read() {
    while (input.remaining() > 0) {
      if (closed) {
        flaws.addMalformed(input.offset(), "no frame may follow a Close frame");
        closed = false;
      }
      if (!readFrame()) {
        return;
      }
    }
  }

  private boolean readFrame() {
    long offset = input.offset();
    int headSize = headSize();
    if (headSize < 0) {
      flaws.add(
          input.missing(
              "the head of a frame has " + Quantity.of(input.available(), "byte") + " so far"));
      return false;
    }
    int firstByte = input.peek(0);
    boolean masked = (input.peek(1) & 0x80) != 0;
    int lengthEnd = headSize - (masked ? MASK_BYTES : 0);
    int shortLength = input.peek(1) & 0x7f;
    long length = lengthEnd == 2 ? shortLength : input.peekNumber(2, lengthEnd);
    if (length < 0) {
      flaws.addMalformed(offset + 2, "the length has its highest bit set (RFC 6455, 5.2)");
      return false;
    }
    WebSocketFrame.Kind kind = WebSocketFrame.Kind.of(firstByte & 0xf);
    if (length > input.remaining() - headSize) {
      String available =
          Quantity.of(input.available() - headSize, "byte") + " of its " + length + " of payload";
      flaws.add(input.missing("a " + kind + " frame has " + available));
      return false;
    }
    int key = masked ? (int) input.peekNumber(lengthEnd, headSize) : 0;
    Bytes payload = readPayload(headSize, length, key);
    boolean payloadMissing = payload.isEmpty() && length > 0;
    boolean deflated =
        startsMessage(kind)
            ? deflate && (firstByte & 0x40) != 0
            : continuesMessage(kind) && isDeflated;
    boolean fin = (firstByte & 0x80) != 0;
    WebSocketFrame frame =
        new WebSocketFrame(
            side, offset, input.offset(), kind, firstByte & 0xf, fin, masked, deflated, payload);
    builder.add(side, input.offset(), frame);
    checkLayout(frame, firstByte, length, lengthEnd);
    checkSequence(frame);
    if (payloadMissing) {
      flaws.addIncomplete(offset + headSize, "some of the payload was not kept");
    }
    checkContent(frame, offset + headSize, payloadMissing);
    return true;
  }

  /** Returns the size of the head, or -1 if it is incomplete. */
  private int headSize() {
    long available = input.available();
    if (available < 2) {
      return -1;
    }
    int shortLength = input.peek(1) & 0x7f;
    int length = shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0;
    int headSize = 2 + length + ((input.peek(1) & 0x80) != 0 ? MASK_BYTES : 0);
    return available < headSize ? -1 : headSize;
  }

  private Bytes readPayload(int headSize, long length, int key) {
    long payloadOffset = input.offset() + headSize;
    Bytes payload = input.readPayload(headSize + length, headSize);
    return key == 0
        ? payload
        : unmasked(payload, key)
            .printedAs(
                () -> unmasked(input.printedBytes(payloadOffset, payloadOffset + length), key));
  }

  private static Bytes unmasked(Bytes maskedBytes, int key) {
    byte[] payload = maskedBytes.toArray();
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= (byte) (key >> (24 - 8 * (i % MASK_BYTES)));
    }
    return Bytes.of(payload);
  }

  private static boolean startsMessage(WebSocketFrame.Kind kind) {
    return kind == WebSocketFrame.Kind.TEXT || kind == WebSocketFrame.Kind.BINARY;
  }

  private boolean continuesMessage(WebSocketFrame.Kind kind) {
    return kind == WebSocketFrame.Kind.CONTINUATION && inMessage;
  }

  private void checkLayout(WebSocketFrame frame, int firstByte, long length, int lengthEnd) {
    long offset = frame.offset();
    if (frame.kind() == WebSocketFrame.Kind.RESERVED) {
      flaws.addMalformed(offset, "opcode " + frame.opcode() + " is reserved");
    }
    boolean rsv1 = (firstByte & 0x40) != 0;
    if ((firstByte & 0x70) != 0 && !extended) {
      flaws.addMalformed(offset, "a reserved bit is set, and no extension was agreed");
    } else if (rsv1 && deflate && !startsMessage(frame.kind())) {
      flaws.addMalformed(offset, "RSV1 may be set on the first frame of a message alone");
    }
    if (frame.masked() != (side == Side.CLIENT)) {
      flaws.addMalformed(
          offset + 1,
          side == Side.CLIENT
              ? "a client must mask its frames"
              : "a server must not mask its frames");
    }
    if (lengthEnd == 4 && length <= MAX_CONTROL_BYTES || lengthEnd == 10 && length <= 0xffff) {
      flaws.addMalformed(offset + 1, "the length " + length + " must be written in fewer bytes");
    }
    if (frame.kind().isControl() && (!frame.fin() || length > MAX_CONTROL_BYTES)) {
      flaws.addMalformed(
          offset, "a " + frame.kind() + " frame must be one frame of 125 bytes at most");
    }
  }

  private void checkSequence(WebSocketFrame frame) {
    WebSocketFrame.Kind kind = frame.kind();
    boolean startsMessage = startsMessage(kind);
    if (startsMessage && inMessage) {
      flaws.addMalformed(frame.offset(), "the message before it has no frame with FIN yet");
    } else if (kind == WebSocketFrame.Kind.CONTINUATION && !inMessage) {
      flaws.addMalformed(frame.offset(), "there is no message that it could continue");
    }
    if (startsMessage) {
      isText = kind == WebSocketFrame.Kind.TEXT;
      isDeflated = frame.deflated();
      textValidator.reset();
    }
    if (startsMessage || continuesMessage(kind)) {
      inMessage = !frame.fin();
    } else if (kind == WebSocketFrame.Kind.CONTINUATION) {
      isText = false;
    }
    closed = kind == WebSocketFrame.Kind.CLOSE;
  }

  private void checkContent(WebSocketFrame frame, long offset, boolean payloadMissing) {
    switch (frame.kind()) {
      case TEXT, CONTINUATION -> {
        isText &= !payloadMissing;
        int malformedIndex =
            isText && !frame.deflated()
                ? textValidator.indexOfMalformed(frame.payload(), frame.fin())
                : -1;
        if (malformedIndex >= 0) {
          flaws.addMalformed(offset + malformedIndex, "the text is not well-formed UTF-8");
          isText = false;
        }
      }
      case CLOSE -> {
        if (!payloadMissing) {
          checkClose(frame, offset);
        }
      }
      default -> {}
    }
  }

  private void checkClose(WebSocketFrame frame, long offset) {
    Bytes payload = frame.payload();
    if (payload.size() == 1) {
      flaws.addMalformed(offset, "a CLOSE frame has a code of 2 bytes or nothing, not 1 byte");
    }
    int code = frame.closeCode().orElse(1000);
    // RFC 6455, 7.4, and what was registered since.
    if (code < 1000 || code >= 5000 || code > 1014 && code < 3000 || code >= 1004 && code <= 1006) {
      flaws.addMalformed(offset, "a CLOSE frame must not have the code " + code);
    }
    if (payload.size() > 2) {
      Utf8Validator validator = new Utf8Validator();
      validator.reset();
      int malformedIndex = validator.indexOfMalformed(payload.slice(2, payload.size()), true);
      if (malformedIndex >= 0) {
        flaws.addMalformed(offset + 2 + malformedIndex, "the reason is not well-formed UTF-8");
      }
    }
  }
}
