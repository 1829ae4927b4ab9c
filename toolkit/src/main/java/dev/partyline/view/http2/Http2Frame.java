package dev.partyline.view.http2;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Optional;

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
 * @param fields the header fields that begin with it, those of its CONTINUATION frames too, in the
 *     order in which they were sent
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

  static final int ACK = 0x1;
  static final int END_STREAM = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int PRIORITY = 0x20;

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

  /** Returns the value of the first field of that name, in lower case, if there is one. */
  public Optional<String> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
  }

  /** Returns the payload without padding and without what stands ahead of content or fields. */
  public Bytes content() {
    return Http2FrameLayout.of(kind, flags, payload).map(Http2FrameLayout::content).orElse(payload);
  }

  /** Returns whether it is the last that the side sends on its stream. */
  public boolean endsStream() {
    return (kind == Kind.DATA || kind == Kind.HEADERS) && hasFlag(END_STREAM);
  }

  boolean hasFlag(int flag) {
    return (flags & flag) != 0;
  }

  /** Returns it as nghttp prints it, in one line. */
  @Override
  public String toString() {
    return Http2Printer.of(this);
  }
}
