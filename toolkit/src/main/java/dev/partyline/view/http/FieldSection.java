package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The field lines of a header or trailer section, up to the empty line (RFC 9112, 5). */
final class FieldSection {

  /** The limit of a header section; that of servers is from 8 to 64 KiB. */
  static final int MAX_SECTION_BYTES = 1 << 20;

  /** Fields about framing or routing, which must not be sent after both are done. */
  private static final Set<String> FORBIDDEN_IN_TRAILERS =
      Set.of("transfer-encoding", "content-length", "host", "content-encoding", "te", "trailer");

  private static final Bytes COLON = Bytes.of((byte) ':');

  private final SideReader input;
  private final FlawList flaws;
  private final boolean trailers;
  private final List<Http1Header> headers = new ArrayList<>();
  private long endOffset;
  private boolean complete;

  private FieldSection(SideReader input, FlawList flaws, boolean trailers) {
    this.input = input;
    this.flaws = flaws;
    this.trailers = trailers;
  }

  static FieldSection readHeaders(SideReader input, long sectionOffset, FlawList flaws) {
    return new FieldSection(input, flaws, false).read(sectionOffset);
  }

  static FieldSection readTrailers(SideReader input, long sectionOffset, FlawList flaws) {
    return new FieldSection(input, flaws, true).read(sectionOffset);
  }

  List<Http1Header> list() {
    return List.copyOf(headers);
  }

  /** Returns the offset after the empty line, or where the section is cut off. */
  long endOffset() {
    return endOffset;
  }

  boolean isComplete() {
    return complete;
  }

  private FieldSection read(long sectionOffset) {
    // A field is added when the line after it does not continue it.
    long fieldOffset = -1;
    long fieldEndOffset = sectionOffset;
    SideReader.RawLine line = nextLine(sectionOffset, sectionOffset);
    while (line.complete() && !line.isEmpty()) {
      if (line.startsWithBlank()) {
        reportFold(line, fieldOffset >= 0);
      } else {
        addHeader(fieldOffset, fieldEndOffset);
        fieldOffset = line.offset();
      }
      fieldEndOffset = line.offset() + line.bytes().size();
      line = nextLine(line.nextOffset(), sectionOffset);
    }
    addHeader(fieldOffset, fieldEndOffset);
    complete = line.complete();
    endOffset = line.nextOffset();
    if (!complete) {
      reportTruncated(line, sectionOffset);
    }
    return this;
  }

  private SideReader.RawLine nextLine(long offset, long sectionOffset) {
    SideReader.RawLine line =
        input.line(offset, (int) (MAX_SECTION_BYTES - (offset - sectionOffset)));
    checkLineEnd(line, flaws);
    return line;
  }

  static void checkLineEnd(SideReader.RawLine line, FlawList flaws) {
    if (line.endsWithBareLf()) {
      flaws.addMalformed(line.nextOffset() - 1, "a line ends with a bare LF, and CRLF is the rule");
    }
  }

  private void reportTruncated(SideReader.RawLine line, long sectionOffset) {
    String section = trailers ? "the trailer section" : "the header section";
    if (line.nextOffset() - sectionOffset >= MAX_SECTION_BYTES) {
      flaws.addFatal(line.nextOffset(), section + " has more than " + MAX_SECTION_BYTES + " bytes");
    } else {
      flaws.addIncomplete(
          line.nextOffset(),
          section + " breaks off before its empty line; " + input.missingReason(line.nextOffset()));
    }
  }

  private void reportFold(SideReader.RawLine line, boolean continuesHeader) {
    flaws.addMalformed(
        line.offset(),
        continuesHeader
            ? "the header is folded into another line (obs-fold), which is no longer allowed"
            : "white space stands before the first header; its line is skipped");
  }

  private void addHeader(long fieldOffset, long fieldEndOffset) {
    if (fieldOffset < 0) {
      return;
    }
    Bytes line = input.bytes(fieldOffset, fieldEndOffset);
    int colon = line.indexOf(COLON, 0);
    if (colon < 0) {
      flaws.addMalformed(fieldOffset, "a header line has no colon; it is skipped");
      return;
    }
    Http1Header header = new Http1Header(fieldOffset, line, colon);
    checkName(header);
    checkValue(header);
    headers.add(header);
    if (trailers && FORBIDDEN_IN_TRAILERS.contains(header.name().text().toLowerCase(Locale.ROOT))) {
      flaws.addMalformed(
          fieldOffset, header.name().text() + " must not stand in a trailer section");
    }
  }

  private void checkName(Http1Header header) {
    String line = Ascii.text(header.line().bytes());
    int colon = header.colon();
    int end = Ascii.tokenEnd(line, 0);
    if (colon == 0) {
      flaws.addMalformed(header.offset(), "a header has no name");
    } else if (end < colon && Ascii.skipBlanks(line, end) == colon) {
      flaws.addMalformed(
          header.offset() + end, "white space stands between a header's name and its colon");
    } else if (end < colon) {
      flaws.addMalformed(
          header.offset() + end,
          Ascii.name(line.charAt(end)) + " must not stand in a header's name");
    }
  }

  private void checkValue(Http1Header header) {
    String line = header.unfolded();
    for (int i = header.colon() + 1; i < line.length(); i++) {
      if (!Ascii.isText(line.charAt(i))) {
        flaws.addMalformed(
            header.offset() + i,
            Ascii.name(line.charAt(i)) + " must not stand in a header's value");
        return;
      }
    }
  }
}
