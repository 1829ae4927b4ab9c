package dev.partyline.view.http;

import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Gap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The body of a message: where it stands, and on request its bytes, which are not fetched before.
 */
public final class Http1Body {
  private final SideReader input;
  private final BodyFraming framing;
  private final List<String> codings;
  private final long offset;
  private final long endOffset;
  private final long size;

  /** What tells where a body ends (RFC 9112, 6.3). */
  public enum Framing {
    /** There is none: nothing announces it, or the message is one that never has a body. */
    NO_BODY,
    /** The header Content-Length. */
    LENGTH,
    /** The last chunk, of no bytes. */
    CHUNKED,
    /** The side ends: only a response can have that. */
    CLOSE,
    /** Nobody knows: the headers are not whole, or contradict themselves. */
    UNKNOWN
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

  /** Returns what tells where it ends. */
  public Framing framing() {
    return framing.kind();
  }

  /** Returns how long it is to be, if Content-Length tells where it ends. */
  public OptionalLong contentLength() {
    return framing.kind() == Framing.LENGTH
        ? OptionalLong.of(framing.length())
        : OptionalLong.empty();
  }

  /** Returns the offset at which it begins in what the side sent, the line of a chunk included. */
  public long offset() {
    return offset;
  }

  /** Returns the offset behind it, the line of the last chunk included, or where it breaks off. */
  public long endOffset() {
    return endOffset;
  }

  /** Returns how many bytes of it came, without the lines of chunks, kept or not. */
  public long size() {
    return size;
  }

  /** Returns the content codings in the order in which they were applied, such as {@code gzip}. */
  public List<String> codings() {
    return codings;
  }

  /** Returns the chunks, the last one included, as far as they came; they are read anew. */
  public List<Http1Chunk> chunks() {
    List<Http1Chunk> chunks = new ArrayList<>();
    if (framing.kind() == Framing.CHUNKED) {
      ChunkedReader.read(input.duplicate(), offset, new FlawList(input.side()), chunks::add);
    }
    return List.copyOf(chunks);
  }

  /**
   * Returns the bytes that came, without the lines of chunks, and still coded.
   *
   * @throws IllegalStateException if there are more than 2 GiB or some were not kept
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public Bytes bytes() {
    if (framing.kind() != Framing.CHUNKED) {
      return input.conversation().bytes(input.side(), offset, endOffset);
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
    SideReader contentInput = input.duplicate();
    ByteBuffer content = ByteBuffer.allocate((int) size);
    ChunkedReader.read(
        input.duplicate(),
        offset,
        new FlawList(input.side()),
        chunk -> contentInput.bytes(chunk.offset(), chunk.endOffset()).putInto(content));
    return Bytes.copyOf(content.flip());
  }

  /** Returns the bytes read as UTF-8; see {@link #bytes()}. */
  public String text() {
    return bytes().utf8();
  }

  /**
   * Returns the bytes without their content codings, {@code gzip} and {@code deflate}; others are
   * told as a flaw, as is what is cut off or damaged.
   *
   * @param maxBytes how many bytes it may become, for a few may stand for very many
   * @throws IllegalArgumentException if that is negative
   * @throws IllegalStateException if there are more than 2 GiB or some were not kept
   */
  public Http1Content decoded(int maxBytes) {
    ArgumentChecks.notNegative("maxBytes", maxBytes);
    return new ContentDecoder(input.side(), endOffset, maxBytes).decode(bytes(), codings);
  }

  /** Returns what tells where it ends, and how many bytes came. */
  @Override
  public String toString() {
    return framing.kind() + ", " + size + " bytes from byte " + offset + " on";
  }
}
