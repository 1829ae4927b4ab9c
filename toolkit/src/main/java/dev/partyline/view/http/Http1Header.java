package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.view.Span;
import dev.partyline.wire.Bytes;
import java.util.regex.Pattern;

/** A field line of a message as it was sent, with the lines into which it is folded. */
public final class Http1Header {
  private static final Bytes LF = Bytes.of((byte) '\n');
  private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]+");
  private static final Pattern LINE_END = Pattern.compile("\r?\n(?=[ \t])");

  private final long offset;
  private final Bytes line;
  private final int colon;

  /** Creates a header of a line without its line end. */
  Http1Header(long offset, Bytes line, int colon) {
    this.offset = offset;
    this.line = line;
    this.colon = colon;
  }

  /** Returns the whole line as it was sent, without its line end. */
  public Span line() {
    return new Span(offset, line);
  }

  /** Returns the name as it was sent, without white space around it. */
  public Span name() {
    return trimmed(0, colon);
  }

  /** Returns the value as it was sent, without white space around it; it may be folded. */
  public Span value() {
    return trimmed(colon + 1, line.size());
  }

  /**
   * Returns the value in UTF-8; a line end and the blanks after it are one space (RFC 9112, 5.2).
   */
  public String text() {
    Bytes value = value().bytes();
    return isFolded() ? FOLD.matcher(value.utf8()).replaceAll(" ") : value.utf8();
  }

  /** Returns whether the value continues in another line, which is no longer allowed. */
  public boolean isFolded() {
    return line.indexOf(LF, 0) >= 0;
  }

  /** Returns whether it has this name, in any case. */
  public boolean isNamed(String name) {
    Bytes actualName = name().bytes();
    return actualName.size() == name.length() && name.equalsIgnoreCase(actualName.utf8());
  }

  /** Returns the line in ISO 8859-1, with spaces for folds, so that indexes stay. */
  String unfolded() {
    String text = Ascii.text(line);
    return isFolded()
        ? LINE_END.matcher(text).replaceAll(f -> " ".repeat(f.group().length()))
        : text;
  }

  int colon() {
    return colon;
  }

  long offset() {
    return offset;
  }

  private Span trimmed(int startIndex, int endIndex) {
    int start = startIndex;
    int end = endIndex;
    while (start < end && isSpace(start)) {
      start++;
    }
    while (start < end && isSpace(end - 1)) {
      end--;
    }
    return new Span(offset + start, line.slice(start, end));
  }

  /** A line end within the line is a fold; a bare CR is not a space. */
  private boolean isSpace(int i) {
    byte c = line.byteAt(i);
    boolean fold = c == '\r' && i + 1 < line.size() && line.byteAt(i + 1) == '\n';
    return Ascii.isBlank(c) || c == '\n' || fold;
  }

  /** Returns the line, escaped and cut after 80 bytes. */
  @Override
  public String toString() {
    return line.toString();
  }
}
