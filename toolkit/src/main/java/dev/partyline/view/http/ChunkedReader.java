package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.view.Span;
import dev.partyline.wire.Bytes;
import java.util.function.Consumer;

/** Reads a body in chunked coding, line by line; the bytes between the lines are not read. */
final class ChunkedReader {
  private static final Bytes CRLF = Bytes.utf8("\r\n");

  private final SideReader input;
  private final FlawList flaws;
  private long size;
  private long endOffset;
  private State state = State.READING;

  private enum State {
    READING,
    COMPLETE,
    INCOMPLETE,
    UNKNOWN
  }

  private ChunkedReader(SideReader input, FlawList flaws) {
    this.input = input;
    this.flaws = flaws;
  }

  /** Reads from the first line on, and passes on each chunk. */
  static ChunkedReader read(
      SideReader input, long offset, FlawList flaws, Consumer<Http1Chunk> onChunk) {
    ChunkedReader reader = new ChunkedReader(input, flaws);
    reader.endOffset = offset;
    while (reader.state == State.READING) {
      reader.readChunk(reader.endOffset, onChunk);
    }
    return reader;
  }

  /** Returns how many bytes of the content were sent. */
  long size() {
    return size;
  }

  /** Returns the offset after the line of the last chunk, or where the body is cut off. */
  long endOffset() {
    return endOffset;
  }

  boolean isComplete() {
    return state == State.COMPLETE;
  }

  boolean isUnknown() {
    return state == State.UNKNOWN;
  }

  private void readChunk(long offset, Consumer<Http1Chunk> onChunk) {
    SideReader.RawLine line = input.line(offset, FieldSection.MAX_SECTION_BYTES);
    ChunkLine chunkLine = ChunkLine.read(line, flaws);
    if (!chunkLine.isReadable()) {
      markUnknown(offset);
    } else if (!line.complete()) {
      reportTruncatedLine(line);
    } else {
      long dataOffset = line.nextOffset();
      long dataEndOffset = dataOffset + Math.min(chunkLine.size(), input.byteCount() - dataOffset);
      onChunk.accept(
          new Http1Chunk(
              new Span(offset, line.bytes()), dataOffset, dataEndOffset, chunkLine.size()));
      size += dataEndOffset - dataOffset;
      endOffset = dataEndOffset;
      if (chunkLine.size() == 0) {
        state = State.COMPLETE;
      } else if (dataEndOffset - dataOffset < chunkLine.size()) {
        reportMissing(chunkLine.size() - (dataEndOffset - dataOffset), chunkLine.size());
      } else {
        readChunkEnd(dataEndOffset);
      }
    }
  }

  private void reportTruncatedLine(SideReader.RawLine line) {
    if (line.bytes().size() >= FieldSection.MAX_SECTION_BYTES) {
      flaws.addFatal(
          line.nextOffset(),
          "the line of a chunk has more than " + FieldSection.MAX_SECTION_BYTES + " bytes");
      markUnknown(line.offset());
    } else {
      String description =
          "a chunk's size breaks off, no last chunk came; "
              + input.missingReason(line.nextOffset());
      markIncomplete(line.nextOffset(), description);
    }
  }

  private void reportMissing(long missing, long total) {
    markIncomplete(
        endOffset,
        missing
            + " of the "
            + total
            + " bytes of a chunk are missing; "
            + input.missingReason(endOffset));
  }

  /** Reads the line end after a chunk. */
  private void readChunkEnd(long offset) {
    for (int i = 0; i < CRLF.size(); i++) {
      int c = input.byteAt(offset + i);
      if (c == SideReader.NO_BYTE) {
        markIncomplete(
            offset + i, "the CRLF after a chunk is missing; " + input.missingReason(offset + i));
        return;
      } else if (c != CRLF.byteAt(i)) {
        flaws.addFatal(offset + i, "a chunk must end with CRLF, and here is " + Ascii.name(c));
        markUnknown(offset);
        return;
      }
    }
    endOffset = offset + CRLF.size();
  }

  private void markIncomplete(long offset, String description) {
    flaws.addIncomplete(offset, description);
    endOffset = offset;
    state = State.INCOMPLETE;
  }

  private void markUnknown(long offset) {
    endOffset = offset;
    state = State.UNKNOWN;
  }
}
