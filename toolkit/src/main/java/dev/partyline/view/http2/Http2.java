package dev.partyline.view.http2;

import dev.partyline.internal.reading.OffsetCheck;
import dev.partyline.internal.reading.Scroll;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.view.Flaw;
import dev.partyline.view.ProtocolView;
import dev.partyline.view.http.HttpUpgrade;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Optional;

/**
 * A conversation read as frames of HTTP/2 (RFC 9113), in clear or as a tap has read it out of TLS.
 *
 * <p>Header fields are decoded (RFC 7541), which takes Netty: who asks for this view adds {@code
 * io.netty:netty-codec-http2} to the tests. After a field block that breaks a rule, or was not
 * kept, no other of that side can be decoded: such frames have no fields, and the flaw says so.
 *
 * <p>It prints as nghttp does, a line for each frame.
 */
public final class Http2 extends ProtocolView<Http2.Http2Frame> {
  private Http2(ViewBuilder<Http2Frame> builder) {
    super(builder);
  }

  /**
   * Returns the frames of a conversation that begins with HTTP/2, or that leaves HTTP/1 for it with
   * its first request.
   *
   * @throws IllegalStateException if {@code netty-codec-http2} is missing
   */
  public static Http2 of(Conversation conversation) {
    if (!HttpUpgrade.isIn(conversation)) {
      return of(conversation, 0, 0);
    }
    ViewBuilder<Http2Frame> builder = new ViewBuilder<>(conversation);
    if (HttpUpgrade.of(conversation) instanceof HttpUpgrade upgrade) {
      return of(conversation, upgrade.clientOffset(), upgrade.serverOffset());
    }
    builder.add((Flaw) HttpUpgrade.of(conversation));
    return new Http2(builder);
  }

  /**
   * Returns the frames of a conversation from these offsets on, such as those behind an upgrade.
   *
   * @param clientOffset the offset of the preface in what the client sent, 0 or more
   * @param serverOffset the offset of the first frame in what the server sent, 0 or more
   * @throws IllegalArgumentException if an offset is negative
   * @throws IllegalStateException if {@code netty-codec-http2} is missing
   */
  public static Http2 of(Conversation conversation, long clientOffset, long serverOffset) {
    ViewBuilder<Http2Frame> builder = new ViewBuilder<>(conversation);
    Http2FrameReader clientFrames =
        Http2FrameReader.of(
            new Scroll(conversation, Side.CLIENT, OffsetCheck.requireNonNegative(clientOffset)));
    Http2FrameReader serverFrames =
        Http2FrameReader.of(
            new Scroll(conversation, Side.SERVER, OffsetCheck.requireNonNegative(serverOffset)));
    new Http2Reader(builder, clientFrames, serverFrames.limits()).read();
    new Http2Reader(builder, serverFrames, clientFrames.limits()).read();
    return new Http2(builder);
  }

  /** Returns the frames of both sides, in the order in which they were complete. */
  public List<Http2Frame> frames() {
    return parts;
  }

  /** What a frame is for (RFC 9113, 6). */
  public enum Kind {
    /** The client's connection preface, which is no frame but stands where one would (3.4). */
    PREFACE,
    /** Content (6.1). */
    DATA,
    /** Header fields of a request or an answer, or trailers (6.2). */
    HEADERS,
    /** Which stream comes before which (6.3). */
    PRIORITY,
    /** The end of a stream before its time (6.4). */
    RST_STREAM,
    /** What the sender can take, or that it has read what the other can (6.5). */
    SETTINGS,
    /** An answer to what nobody has asked yet (6.6). */
    PUSH_PROMISE,
    /** A question whether the other is there, or the answer (6.7). */
    PING,
    /** The end of the connection (6.8). */
    GOAWAY,
    /** Room for more content (6.9). */
    WINDOW_UPDATE,
    /** More of the header fields ahead of it (6.10). */
    CONTINUATION,
    /** What other specifications add, which whoever does not know it passes over (5.5). */
    UNKNOWN
  }

  /**
   * A header field; a byte of it that is not ASCII is one character of ISO 8859-1.
   *
   * @param name in lower case as it was sent, with a colon ahead if it is a pseudo-header
   * @param value what follows the colon
   */
  public record Field(String name, String value) {}

  /**
   * A frame that was sent whole.
   *
   * @param side who sent it
   * @param offset the offset of its first byte in what the side sent
   * @param endOffset the offset behind its last byte
   * @param kind what it is for
   * @param type its type as a number, 0 to 255, and -1 for the preface
   * @param flags its flags, 0 to 255
   * @param streamId the number of its stream, 0 for the connection
   * @param payload what stands behind its head, padding too; empty if some of that was not kept
   * @param fields the header fields that begin with it, those of its CONTINUATION frames too, in
   *     the order in which they were sent
   */
  public record Http2Frame(
      Side side,
      long offset,
      long endOffset,
      Kind kind,
      int type,
      int flags,
      int streamId,
      Bytes payload,
      List<Field> fields) {

    /** Returns the value of the first field of that name, in lower case, if there is one. */
    public Optional<String> field(String name) {
      return fields.stream()
          .filter(field -> field.name().equals(name))
          .map(Field::value)
          .findFirst();
    }

    /** Returns the payload without padding and without what stands ahead of content or fields. */
    public Bytes content() {
      return Http2FrameLayout.of(kind, flags, payload)
          .map(Http2FrameLayout::content)
          .orElse(payload);
    }

    /** Returns whether it is the last that the side sends on its stream. */
    public boolean endsStream() {
      return (kind == Kind.DATA || kind == Kind.HEADERS) && (flags & 1) != 0;
    }

    /** Returns it as nghttp prints it, in one line. */
    @Override
    public String toString() {
      return Http2Printer.of(this);
    }
  }
}
