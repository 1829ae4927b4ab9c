package dev.partyline.view.http2;

import dev.partyline.wire.Bytes;

/** Frames of HTTP/2 in hexadecimal digits. */
public final class Http2Bytes {
  public static final Bytes PREFACE = Bytes.utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  public static final Bytes SETTINGS = frame(4, 0, 0, "");
  public static final Bytes ACK = frame(4, 1, 0, "");

  private Http2Bytes() {}

  public static Bytes frame(int type, int flags, int stream, String payload) {
    Bytes bytes = Bytes.hex(payload);
    return Bytes.hex(String.format("%06x%02x%02x%08x", bytes.size(), type, flags, stream))
        .plus(bytes);
  }

  /** Returns HEADERS with END_HEADERS. */
  public static Bytes headers(int stream, String block) {
    return frame(1, 4, stream, block);
  }

  public static Bytes all(Bytes... frames) {
    return Bytes.join(java.util.List.of(frames));
  }
}
