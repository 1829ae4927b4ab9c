package dev.partyline.view.http2;

import dev.partyline.internal.reading.FlawException;
import dev.partyline.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;

/** Decodes the header fields of one side with Netty and the table that they share (RFC 7541). */
final class HpackDecoder extends DefaultHttp2HeadersDecoder {
  /** The largest that Netty takes, because all that was sent is to be shown. */
  private static final long MAX_HEADER_LIST_SIZE = 0xffff_ffffL;

  /**
   * As large as that of browsers. A table takes memory and time as soon as it may grow, and four
   * bytes of the peer let it grow, as often as it likes.
   */
  private static final long MAX_TABLE_BYTES = 1 << 16;

  private static final String TABLE_LIMITED =
      "; a table of more than " + MAX_TABLE_BYTES + " bytes, as was allowed, is not kept here";

  private List<Http2Frame.Field> fields = new ArrayList<>();
  private final boolean exact;
  private boolean tableLimited;

  /** Creates a decoder of fields that print with their secrets, or without. */
  HpackDecoder(boolean exact) {
    super(false, MAX_HEADER_LIST_SIZE);
    this.exact = exact;
  }

  /** Lets the table grow to this size from the next block on. */
  void setMaxTableSize(long size) {
    tableLimited = size > MAX_TABLE_BYTES;
    try {
      maxHeaderTableSize(Math.min(size, MAX_TABLE_BYTES));
    } catch (Http2Exception e) {
      throw new IllegalStateException("a table of " + size + " bytes is within what is allowed", e);
    }
  }

  List<Http2Frame.Field> decode(Bytes block) throws FlawException {
    ByteBuf in = Unpooled.wrappedBuffer(block.toArray());
    fields = new ArrayList<>();
    try {
      decodeHeaders(0, in);
      return List.copyOf(fields);
    } catch (Http2Exception | RuntimeException e) {
      // Netty throws any exception for bytes that it does not expect.
      throw new FlawException(
          in.readerIndex(),
          "these header fields cannot be decoded: "
              + e.getMessage()
              + (tableLimited ? TABLE_LIMITED : ""));
    }
  }

  /** Netty's own headers would put pseudo-headers first, whatever was sent first. */
  @Override
  protected Http2Headers newHeaders() {
    return new DefaultHttp2Headers(false) {
      @Override
      public Http2Headers add(CharSequence name, CharSequence value) {
        // Netty keeps the text of an entry of the table, which may be sent a thousand times.
        fields.add(new Http2Frame.Field(name.toString(), value.toString(), exact));
        return this;
      }
    };
  }
}
