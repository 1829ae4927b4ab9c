package dev.partyline.internal.secrets;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What one side of HTTP/2 sends, written frame by frame. */
final class Http2Traffic {
  static final int HEADERS = 1;
  static final int PUSH_PROMISE = 5;
  static final int CONTINUATION = 9;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int PRIORITY = 32;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DefaultHttp2HeadersEncoder encoder;
  private final Side side;

  Http2Traffic(Side side, boolean huffman, Http2HeadersEncoder.SensitivityDetector sensitive) {
    this.side = side;
    this.encoder =
        new DefaultHttp2HeadersEncoder(sensitive, false, 64, huffman ? 0 : Integer.MAX_VALUE);
    if (side == Side.CLIENT) {
      bytes.writeBytes(Http2Secrets.PREFACE.getBytes(StandardCharsets.ISO_8859_1));
    }
    frame(4, 0, 0, new byte[0]);
  }

  static Http2Traffic of(Side side, boolean huffman) {
    return new Http2Traffic(side, huffman, Http2HeadersEncoder.NEVER_SENSITIVE);
  }

  /** Returns the next header block, with names and values by turns. */
  byte[] block(String... fields) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    ByteBuf block = Unpooled.buffer();
    try {
      encoder.encodeHeaders(1, headers, block);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
    return ByteBufUtil.getBytes(block);
  }

  Http2Traffic frame(int type, int flags, int stream, byte[] payload) {
    ByteBuf head = Unpooled.buffer().writeMedium(payload.length).writeByte(type).writeByte(flags);
    bytes.writeBytes(ByteBufUtil.getBytes(head.writeInt(stream)));
    bytes.writeBytes(payload);
    return this;
  }

  Http2Traffic headers(int stream, String... fields) {
    return frame(HEADERS, END_HEADERS, stream, block(fields));
  }

  int size() {
    return bytes.size();
  }

  Bytes bytes() {
    return Bytes.of(bytes.toByteArray());
  }

  /** Returns the conversation; that of a server has a client that sends its preface alone. */
  Conversation conversation() {
    Event sent = new Event.Sent(side, 0, bytes());
    return Conversation.of(
        side == Side.CLIENT
            ? List.of(sent)
            : List.of(new Event.Sent(Side.CLIENT, 0, of(Side.CLIENT, true).bytes()), sent));
  }
}
