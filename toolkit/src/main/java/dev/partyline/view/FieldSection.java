package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The field lines of a header or trailer section, up to the empty line (RFC 9112, 5). */
final class FieldSection {
  static final Bytes LF = Bytes.of((byte) '\n');
  static final Pattern FOLD = Pattern.compile("\r?\n(?=[ \t])");

  /** What a header section may have at most; servers take from 8 to 64 KiB. */
  static final int MOST = 1 << 20;

  /** What decides about the framing or the routing must not come when both are done. */
  private static final Set<String> NOT_IN_TRAILERS =
      Set.of("transfer-encoding", "content-length", "host", "content-encoding", "te", "trailer");

  private static final Bytes COLON = Bytes.of((byte) ':');

  private final SideReader heard;
  private final FlawCollector flaws;
  private final boolean trailers;
  private final List<Http1Header> headers = new ArrayList<>();
  private long end;
  private boolean whole;

  private FieldSection(SideReader heard, FlawCollector flaws, boolean trailers) {
    this.heard = heard;
    this.flaws = flaws;
    this.trailers = trailers;
  }

  static FieldSection headers(SideReader heard, long from, FlawCollector flaws) {
    return new FieldSection(heard, flaws, false).read(from);
  }

  static FieldSection trailers(SideReader heard, long from, FlawCollector flaws) {
    return new FieldSection(heard, flaws, true).read(from);
  }

  List<Http1Header> list() {
    return List.copyOf(headers);
  }

  /** Returns the offset behind the empty line, or where it breaks off. */
  long end() {
    return end;
  }

  boolean isWhole() {
    return whole;
  }

  private FieldSection read(long from) {
    // A field is taken when the line behind it is none of its own.
    long start = -1;
    long stop = from;
    SideReader.Line line = next(from, from);
    while (line.whole() && !line.isEmpty()) {
      if (line.isFolded()) {
        fold(line, start >= 0);
      } else {
        take(start, stop);
        start = line.at();
      }
      stop = line.at() + line.bytes().size();
      line = next(line.next(), from);
    }
    take(start, stop);
    whole = line.whole();
    end = line.next();
    if (!whole) {
      cutOff(line, from);
    }
    return this;
  }

  private SideReader.Line next(long at, long from) {
    SideReader.Line line = heard.line(at, (int) (MOST - (at - from)));
    bare(line, flaws);
    return line;
  }

  static void bare(SideReader.Line line, FlawCollector flaws) {
    if (line.isBare()) {
      flaws.malformed(line.next() - 1, "a line ends with a bare LF, and CRLF is the rule");
    }
  }

  private void cutOff(SideReader.Line line, long from) {
    String section = trailers ? "the trailer section" : "the header section";
    if (line.next() - from >= MOST) {
      flaws.fatal(line.next(), section + " has more than " + MOST + " bytes");
    } else {
      flaws.incomplete(
          line.next(), section + " breaks off ahead of its empty line; " + heard.why(line.next()));
    }
  }

  private void fold(SideReader.Line line, boolean goesOn) {
    flaws.malformed(
        line.at(),
        goesOn
            ? "the header is folded into another line (obs-fold), which nobody may send any more"
            : "white space stands ahead of the first header; its line is passed over");
  }

  private void take(long start, long stop) {
    if (start < 0) {
      return;
    }
    Bytes line = heard.bytes(start, stop);
    int colon = line.indexOf(COLON, 0);
    if (colon < 0) {
      flaws.malformed(start, "a header line has no colon; it is passed over");
      return;
    }
    Http1Header header = new Http1Header(start, line, colon);
    name(header);
    value(header);
    headers.add(header);
    if (trailers && NOT_IN_TRAILERS.contains(header.name().text().toLowerCase(Locale.ROOT))) {
      flaws.malformed(start, header.name().text() + " must not stand in a trailer section");
    }
  }

  private void name(Http1Header header) {
    String line = Ascii.text(header.line().bytes());
    int colon = header.colon();
    int end = Ascii.tokenEnd(line, 0);
    if (colon == 0) {
      flaws.malformed(header.at(), "a header has no name");
    } else if (end < colon && Ascii.skipBlanks(line, end) == colon) {
      flaws.malformed(
          header.at() + end, "white space stands between a header's name and its colon");
    } else if (end < colon) {
      flaws.malformed(
          header.at() + end, Ascii.name(line.charAt(end)) + " must not stand in a header's name");
    }
  }

  private void value(Http1Header header) {
    String line = header.unfolded();
    for (int i = header.colon() + 1; i < line.length(); i++) {
      if (!Ascii.isText(line.charAt(i))) {
        flaws.malformed(
            header.at() + i, Ascii.name(line.charAt(i)) + " must not stand in a header's value");
        return;
      }
    }
  }
}
