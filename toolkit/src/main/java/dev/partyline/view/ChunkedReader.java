package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.function.Consumer;

/** Reads a body in chunked coding, line by line; what is between the lines is not touched. */
final class ChunkedReader {
  private static final Bytes CRLF = Bytes.utf8("\r\n");

  private final SideReader heard;
  private final FlawCollector flaws;
  private long size;
  private long end;
  private State state = State.READING;

  private enum State {
    READING,
    WHOLE,
    INCOMPLETE,
    UNKNOWN
  }

  private ChunkedReader(SideReader heard, FlawCollector flaws) {
    this.heard = heard;
    this.flaws = flaws;
  }

  /** Reads from the first line on; each chunk is handed to the reader as it comes. */
  static ChunkedReader read(
      SideReader heard, long from, FlawCollector flaws, Consumer<Http1Chunk> each) {
    ChunkedReader chunked = new ChunkedReader(heard, flaws);
    chunked.end = from;
    while (chunked.state == State.READING) {
      chunked.chunk(chunked.end, each);
    }
    return chunked;
  }

  /** Returns how many bytes of the content came. */
  long size() {
    return size;
  }

  /** Returns the offset behind the line of the last chunk, or where it breaks off. */
  long end() {
    return end;
  }

  boolean isWhole() {
    return state == State.WHOLE;
  }

  boolean isUnknown() {
    return state == State.UNKNOWN;
  }

  private void chunk(long at, Consumer<Http1Chunk> each) {
    SideReader.Line line = heard.line(at, FieldSection.MOST);
    ChunkLine head = ChunkLine.read(line, flaws);
    if (!head.isRead()) {
      unknown(at);
    } else if (!line.whole()) {
      cutOff(line);
    } else {
      long from = line.next();
      long to = from + Math.min(head.size(), heard.count() - from);
      each.accept(new Http1Chunk(new Span(at, line.bytes()), from, to, head.size()));
      size += to - from;
      end = to;
      if (head.size() == 0) {
        state = State.WHOLE;
      } else if (to - from < head.size()) {
        missing(head.size() - (to - from), head.size());
      } else {
        behind(to);
      }
    }
  }

  private void cutOff(SideReader.Line line) {
    if (line.bytes().size() >= FieldSection.MOST) {
      flaws.fatal(line.next(), "the line of a chunk has more than " + FieldSection.MOST + " bytes");
      unknown(line.at());
    } else {
      String why = "a chunk's size breaks off, no last chunk came; " + heard.why(line.next());
      incomplete(line.next(), why);
    }
  }

  private void missing(long missing, long of) {
    incomplete(end, missing + " of the " + of + " bytes of a chunk are missing; " + heard.why(end));
  }

  /** Reads the line end behind a chunk. */
  private void behind(long at) {
    for (int i = 0; i < CRLF.size(); i++) {
      int c = heard.at(at + i);
      if (c == SideReader.NOTHING) {
        incomplete(at + i, "the CRLF behind a chunk is missing; " + heard.why(at + i));
        return;
      } else if (c != CRLF.at(i)) {
        flaws.fatal(at + i, "a chunk must end with CRLF, and here is " + Ascii.name(c));
        unknown(at);
        return;
      }
    }
    end = at + CRLF.size();
  }

  private void incomplete(long at, String what) {
    flaws.incomplete(at, what);
    end = at;
    state = State.INCOMPLETE;
  }

  private void unknown(long at) {
    end = at;
    state = State.UNKNOWN;
  }
}
