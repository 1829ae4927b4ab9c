package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;

/** Cuts what a side said into frames (RFC 6455, 5.2), and checks them. */
final class WebSocketReader {
  private static final int MASK = 4;
  private static final int MOST_OF_CONTROL = 125;

  private final Scroll scroll;
  private final Side side;
  private final boolean deflate;
  private final boolean extended;
  private final ViewBuilder<WebSocket.Frame> found;
  private final Utf8Validator text = new Utf8Validator();

  /** What the message that goes on began with, and whether one goes on at all. */
  private boolean goesOn;

  private boolean isText;
  private boolean isDeflated;
  private boolean closed;

  WebSocketReader(
      Scroll scroll, boolean deflate, boolean extended, ViewBuilder<WebSocket.Frame> found) {
    this.scroll = scroll;
    this.side = scroll.side();
    this.deflate = deflate;
    this.extended = extended;
    this.found = found;
  }

  void read() {
    while (scroll.all() > 0) {
      if (closed) {
        found.malformed(side, scroll.at(), "nothing may come behind a Close frame");
        closed = false;
      }
      if (!frame()) {
        return;
      }
    }
  }

  private boolean frame() {
    long from = scroll.at();
    int head = head();
    if (head < 0) {
      found.add(scroll.missing("the head of a frame has " + scroll.left() + " bytes so far"));
      return false;
    }
    int first = scroll.peek(0);
    boolean masked = (scroll.peek(1) & 0x80) != 0;
    int lengthEnd = head - (masked ? MASK : 0);
    int small = scroll.peek(1) & 0x7f;
    long length = lengthEnd == 2 ? small : scroll.number(2, lengthEnd);
    if (length < 0) {
      found.malformed(side, from + 2, "the length has its highest bit set (RFC 6455, 5.2)");
      return false;
    }
    WebSocket.Kind kind = WebSocket.Kind.of(first & 0xf);
    if (length > scroll.all() - head) {
      String kept = (scroll.left() - head) + " bytes of its " + length + " of payload";
      found.add(scroll.missing("a " + kind + " frame has " + kept));
      return false;
    }
    int key = masked ? (int) scroll.number(lengthEnd, head) : 0;
    Bytes payload = unmasked(scroll.passage(head + length, head), key);
    boolean gone = payload.isEmpty() && length > 0;
    boolean deflated =
        begins(kind) ? deflate && (first & 0x40) != 0 : isContinued(kind) && isDeflated;
    boolean fin = (first & 0x80) != 0;
    WebSocket.Frame frame =
        new WebSocket.Frame(
            side, from, scroll.at(), kind, first & 0xf, fin, masked, deflated, payload);
    found.add(side, scroll.at(), frame);
    layout(frame, first, length, lengthEnd);
    sequence(frame);
    if (gone) {
      found.incomplete(side, from + head, "some of the payload was not kept");
    }
    content(frame, from + head, gone);
    return true;
  }

  /** Returns how long the head is, or -1 if it is not all there. */
  private int head() {
    long left = scroll.left();
    if (left < 2) {
      return -1;
    }
    int small = scroll.peek(1) & 0x7f;
    int length = small == 127 ? 8 : small == 126 ? 2 : 0;
    int head = 2 + length + ((scroll.peek(1) & 0x80) != 0 ? MASK : 0);
    return left < head ? -1 : head;
  }

  private static Bytes unmasked(Bytes sent, int key) {
    if (key == 0) {
      return sent;
    }
    byte[] payload = sent.toArray();
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= (byte) (key >> (24 - 8 * (i % MASK)));
    }
    return Bytes.of(payload);
  }

  private static boolean begins(WebSocket.Kind kind) {
    return kind == WebSocket.Kind.TEXT || kind == WebSocket.Kind.BINARY;
  }

  private boolean isContinued(WebSocket.Kind kind) {
    return kind == WebSocket.Kind.CONTINUATION && goesOn;
  }

  private void layout(WebSocket.Frame frame, int first, long length, int lengthEnd) {
    long at = frame.from();
    if (frame.kind() == WebSocket.Kind.RESERVED) {
      found.malformed(side, at, "opcode " + frame.opcode() + " is reserved");
    }
    boolean rsv1 = (first & 0x40) != 0;
    if ((first & 0x70) != 0 && !extended) {
      found.malformed(side, at, "a reserved bit is set, and no extension was agreed");
    } else if (rsv1 && deflate && !begins(frame.kind())) {
      found.malformed(side, at, "RSV1 may be set on the first frame of a message alone");
    }
    if (frame.masked() != (side == Side.CLIENT)) {
      found.malformed(
          side,
          at + 1,
          side == Side.CLIENT
              ? "a client must mask its frames"
              : "a server must not mask its frames");
    }
    if (lengthEnd == 4 && length <= MOST_OF_CONTROL || lengthEnd == 10 && length <= 0xffff) {
      found.malformed(side, at + 1, "the length " + length + " must be written in fewer bytes");
    }
    if (frame.kind().isControl() && (!frame.fin() || length > MOST_OF_CONTROL)) {
      found.malformed(
          side, at, "a " + frame.kind() + " frame must be one frame of 125 bytes at most");
    }
  }

  private void sequence(WebSocket.Frame frame) {
    WebSocket.Kind kind = frame.kind();
    boolean begins = begins(kind);
    if (begins && goesOn) {
      found.malformed(side, frame.from(), "the message ahead of it has had no frame with FIN yet");
    } else if (kind == WebSocket.Kind.CONTINUATION && !goesOn) {
      found.malformed(side, frame.from(), "there is no message that it could go on with");
    }
    if (begins) {
      isText = kind == WebSocket.Kind.TEXT;
      isDeflated = frame.deflated();
      text.begin();
    }
    if (begins || isContinued(kind)) {
      goesOn = !frame.fin();
    } else if (kind == WebSocket.Kind.CONTINUATION) {
      isText = false;
    }
    closed = kind == WebSocket.Kind.CLOSE;
  }

  private void content(WebSocket.Frame frame, long at, boolean gone) {
    switch (frame.kind()) {
      case TEXT, CONTINUATION -> {
        isText &= !gone;
        int wrong = isText && !frame.deflated() ? text.wrong(frame.payload(), frame.fin()) : -1;
        if (wrong >= 0) {
          found.malformed(side, at + wrong, "the text is not well-formed UTF-8");
          isText = false;
        }
      }
      case CLOSE -> {
        if (!gone) {
          close(frame, at);
        }
      }
      default -> {}
    }
  }

  private void close(WebSocket.Frame frame, long at) {
    Bytes payload = frame.payload();
    if (payload.size() == 1) {
      found.malformed(side, at, "a CLOSE frame has a code of 2 bytes or nothing, not 1 byte");
    }
    int code = frame.closeCode().orElse(1000);
    // RFC 6455, 7.4, and what was registered since.
    if (code < 1000 || code >= 5000 || code > 1014 && code < 3000 || code >= 1004 && code <= 1006) {
      found.malformed(side, at, "a CLOSE frame must not have the code " + code);
    }
    if (payload.size() > 2) {
      Utf8Validator reason = new Utf8Validator();
      reason.begin();
      int wrong = reason.wrong(payload.slice(2, payload.size()), true);
      if (wrong >= 0) {
        found.malformed(side, at + 2 + wrong, "the reason is not well-formed UTF-8");
      }
    }
  }
}
