package dev.partyline.view.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.internal.reading.MaskedText;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A frame that was sent completely.
 *
 * @param side who sent it
 * @param offset the offset of its first byte in what the side sent
 * @param endOffset the offset after its last byte
 * @param kind what it is for
 * @param type its type as a number, 0 to 255, and -1 for the preface
 * @param flags its flags, 0 to 255
 * @param streamId the number of its stream, 0 for the connection
 * @param payload the bytes after its head, padding included; empty if some of them were not kept
 * @param fields the header fields that begin with it, in the order in which they were sent, those
 *     of its CONTINUATION frames included
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
    /** The client's connection preface, which is not a frame but sent in place of one (3.4). */
    PREFACE,
    /** Content (6.1). */
    DATA,
    /** Header fields of a request or a response, or trailers (6.2). */
    HEADERS,
    /** The priority of a stream (6.3). */
    PRIORITY,
    /** The early end of a stream (6.4). */
    RST_STREAM,
    /** The limits of the sender, or the acknowledgement of those of the peer (6.5). */
    SETTINGS,
    /** A response to a request that was not sent yet (6.6). */
    PUSH_PROMISE,
    /** A question whether the peer is alive, or the answer (6.7). */
    PING,
    /** The end of the connection (6.8). */
    GOAWAY,
    /** Credit for more content (6.9). */
    WINDOW_UPDATE,
    /** More of the header fields before it (6.10). */
    CONTINUATION,
    /** A type of another specification; a peer that does not know it ignores it (5.5). */
    UNKNOWN
  }

  /** A header field; a byte that is not ASCII is a character of ISO 8859-1. */
  public static final class Field {
    private final String name;
    private final String value;
    private final boolean exact;

    /** Creates a field to compare others with. */
    public Field(String name, String value) {
      this(name, value, false);
    }

    Field(String name, String value, boolean exact) {
      this.name = name;
      this.value = value;
      this.exact = exact;
    }

    /**
     * Returns the name as it was sent, in lower case; that of a pseudo-header begins with a colon.
     */
    public String name() {
      return name;
    }

    /** Returns the value as it was sent. */
    public String value() {
      return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Field that && name.equals(that.name) && value.equals(that.value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, value);
    }

    /**
     * Returns name and value with a colon between them, escaped; secrets are masked, unless the
     * conversation is exact.
     */
    @Override
    public String toString() {
      String line = name + ": " + value;
      return Bytes.of((exact ? line : MaskedText.of(line)).getBytes(ISO_8859_1)).escaped();
    }
  }

  /** Returns the value of the first field of that name, in lower case, if there is one. */
  public Optional<String> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
  }

  /** Returns the payload without padding and without what precedes content or header fields. */
  public Bytes content() {
    return Http2FrameLayout.of(kind, flags, payload).map(Http2FrameLayout::content).orElse(payload);
  }

  /** Returns whether it is the last frame that the side sends on its stream. */
  public boolean endsStream() {
    return (kind == Kind.DATA || kind == Kind.HEADERS) && hasFlag(END_STREAM);
  }

  boolean hasFlag(int flag) {
    return (flags & flag) != 0;
  }

  /** Returns the frame as nghttp prints it, in one line; secrets are masked as in a view. */
  @Override
  public String toString() {
    return Http2Printer.of(this);
  }
}
