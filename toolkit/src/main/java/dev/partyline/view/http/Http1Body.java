package dev.partyline.view.http;

import dev.partyline.internal.reading.ContentDecoder;
import dev.partyline.internal.reading.ContentDecoder.DecodedContent;
import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Gap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The body of a message: its offset, and on request its bytes, which are not read before. */
public final class Http1Body {
  private final SideReader input;
  private final BodyFraming framing;
  private final List<String> codings;
  private final long offset;
  private final long endOffset;
  private final long size;

  /** What determines where a body ends (RFC 9112, 6.3). */
  public enum Framing {
    /** There is no body: no header announces one, or such a message never has one. */
    NO_BODY,
    /** The header Content-Length. */
    LENGTH,
    /** The last chunk, of no bytes. */
    CHUNKED,
    /** The side ends; only in a response. */
    CLOSE,
    /** It is unknown: the headers are incomplete, or contradict each other. */
    UNKNOWN
  }

  private interface RangeReader {
    Bytes bytes(long offset, long endOffset);
  }

  Http1Body(
      SideReader input,
      BodyFraming framing,
      List<String> codings,
      long offset,
      long endOffset,
      long size) {
    this.input = input;
    this.framing = framing;
    this.codings = codings;
    this.offset = offset;
    this.endOffset = endOffset;
    this.size = size;
  }

  /** Returns what determines where it ends. */
  public Framing framing() {
    return framing.kind();
  }

  /** Returns the announced length, if Content-Length determines where it ends. */
  public OptionalLong contentLength() {
    return framing.kind() == Framing.LENGTH
        ? OptionalLong.of(framing.length())
        : OptionalLong.empty();
  }

  /**
   * Returns the offset of its first byte, that of the first chunk's line included, in what the side
   * sent.
   */
  public long offset() {
    return offset;
  }

  /** Returns the offset after it, the line of the last chunk included, or where it is cut off. */
  public long endOffset() {
    return endOffset;
  }

  /** Returns how many bytes of it were sent, without the lines of chunks, kept or not. */
  public long size() {
    return size;
  }

  /**
   * Returns the codings of the content, and those of its transfer but chunks, in the order in which
   * they were applied, such as {@code gzip}.
   */
  public List<String> codings() {
    return codings;
  }

  /** Returns the chunks that were sent, the last one included; they are read again for this. */
  public List<Http1Chunk> chunks() {
    List<Http1Chunk> chunks = new ArrayList<>();
    if (framing.kind() == Framing.CHUNKED) {
      ChunkedReader.read(input.duplicate(), offset, new FlawList(input.side()), chunks::add);
    }
    return List.copyOf(chunks);
  }

  /**
   * Returns the bytes that were sent, without the lines of chunks, and still coded.
   *
   * @throws IllegalStateException if there are more than 2 GiB or some were not kept
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public Bytes bytes() {
    if (framing.kind() != Framing.CHUNKED) {
      return input.wholeBytes(offset, endOffset);
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "the body has " + size + " bytes, more than one run may hold: read it by its chunks()");
    }
    List<Gap> gaps = input.gapsWithin(offset, endOffset);
    if (!gaps.isEmpty()) {
      throw new IllegalStateException(
          gaps.get(0).byteCount()
              + " bytes of the body were dropped from byte "
              + gaps.get(0).offset()
              + " on: gaps() of the conversation says what is missing");
    }
    Bytes content = joinChunks(input.duplicate()::bytes);
    return input.conversation().isExact()
        ? content
        : content.printedAs(() -> joinChunks(input::printedBytes));
  }

  private Bytes joinChunks(RangeReader contentReader) {
    ByteBuffer content = ByteBuffer.allocate((int) size);
    ChunkedReader.read(
        input.duplicate(),
        offset,
        new FlawList(input.side()),
        chunk -> contentReader.bytes(chunk.offset(), chunk.endOffset()).putInto(content));
    return Bytes.copyOf(content.flip());
  }

  /** Returns the bytes read as UTF-8; see {@link #bytes()}. */
  public String text() {
    return bytes().utf8();
  }

  /**
   * Returns the bytes without their codings, {@code gzip} and {@code deflate}. What is of another
   * coding, or more than is asked for, is a flaw of the kind {@link
   * dev.partyline.view.Flaw.Kind#UNDECODED}; what is cut off or damaged is one as well.
   *
   * @param maxBytes how many bytes to decode at most, because a few can decode to very many
   * @throws IllegalArgumentException if that is negative
   * @throws IllegalStateException if there are more than 2 GiB or some were not kept
   */
  public Http1Content decoded(int maxBytes) {
    ArgumentChecks.notNegative("maxBytes", maxBytes);
    DecodedContent decoded =
        new ContentDecoder(input.side(), endOffset, maxBytes).decode(bytes(), codings);
    Bytes content = codings.isEmpty() ? decoded.bytes() : input.decoded(decoded.bytes());
    return new Http1Content(content, decoded.flaw());
  }

  /** Returns what determines where it ends, and how many bytes were sent. */
  @Override
  public String toString() {
    return framing.kind() + ", " + Quantity.of(size, "byte") + " from byte " + offset + " on";
  }
}
