package dev.partyline.view.websocket;

import dev.partyline.wire.Bytes;

/** Prints a frame like tshark, in one line. */
final class WebSocketPrinter {
  private WebSocketPrinter() {}

  static String of(WebSocketFrame frame) {
    String name =
        switch (frame.kind()) {
          case CONTINUATION -> "Continuation";
          case TEXT -> "Text";
          case BINARY -> "Binary";
          case CLOSE -> "Connection Close";
          case PING -> "Ping";
          case PONG -> "Pong";
          case RESERVED -> "Unknown (" + frame.opcode() + ")";
        };
    return frame.side()
        + " WebSocket "
        + name
        + (frame.fin() ? " [FIN]" : "")
        + (frame.masked() ? " [MASKED]" : "")
        + (frame.deflated() ? " [permessage-deflate]" : "")
        + payload(frame);
  }

  private static String payload(WebSocketFrame frame) {
    Bytes payload = frame.payload();
    if (frame.closeCode().isPresent()) {
      Bytes reason = payload.slice(2, payload.size());
      return " " + frame.closeCode().getAsInt() + (reason.isEmpty() ? "" : " " + reason);
    }
    return payload.isEmpty() ? "" : " " + payload;
  }
}
