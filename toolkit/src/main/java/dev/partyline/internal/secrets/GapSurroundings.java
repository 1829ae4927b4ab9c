package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is masked around bytes that were not kept, because what a rule looks for may be among them:
 * the word before them, and after them the line, or what the line is only the beginning of.
 */
final class GapSurroundings {
  /** No secret is longer that is known by what comes after it. */
  private static final int MAX_WORD = 4 * 1024;

  /** The word, and the blanks after it. */
  private static final int MAX_BEFORE = MAX_WORD + 64;

  /** How much of a line is masked; no secret is longer. */
  private static final int MAX_LINE = 64 * 1024;

  /** No private key is longer. */
  private static final int MAX_PEM = 16 * 1024;

  private static final String PEM_BEGIN = "-----BEGIN ";

  private static final Pattern PEM_END = Pattern.compile("-----END [A-Z0-9 ]{0,32}PRIVATE KEY");

  /** How many bytes follow a line, in IMAP (RFC 9051, 4.3) and Redis. */
  private static final Pattern LENGTH =
      Pattern.compile("(?:\\{(\\d{1,9})\\+?}|\\$(\\d{1,9}))\\r?$");

  /** How many characters say how many bytes follow, with the line end. */
  private static final int MAX_LENGTH = 16;

  private static final Pattern CUT_LENGTH = Pattern.compile("\\$?\\d{0,9}[+}]{0,2}\\r?");

  /** After so many gaps all is masked, so that the work does not grow with them. */
  private static final int MAX_GAPS = 1000;

  /** What is around the gap, as far as anything of it is masked. */
  private final String text;

  private final TextScan scan;
  private final int offset;

  /** Where the next gap is, which has surroundings of its own, or the end. */
  private final int nextOffset;

  private GapSurroundings(String text, int offset, int nextOffset) {
    this.text = text;
    this.scan = new TextScan(text);
    this.offset = offset;
    this.nextOffset = Math.min(nextOffset, text.length());
  }

  /**
   * Masks what is around gaps.
   *
   * @param offsets where they are, in order
   */
  static void hide(Layer layer, List<Integer> offsets) {
    int count = Math.min(offsets.size(), MAX_GAPS);
    for (int i = 0; i < count; i++) {
      hide(layer, offsets.get(i), i + 1 < offsets.size() ? offsets.get(i + 1) : layer.size());
    }
    if (offsets.size() > MAX_GAPS) {
      layer.hide(offsets.get(MAX_GAPS - 1), layer.size());
    }
  }

  private static void hide(Layer layer, int offset, int nextOffset) {
    int start = Math.max(0, offset - MAX_BEFORE);
    String text = layer.text().substring(start, Math.min(layer.size(), offset + MAX_LINE));
    GapSurroundings gap = new GapSurroundings(text, offset - start, nextOffset - start);
    layer.hide(start + gap.wordStart(), start + gap.end());
    PrivateJwk.hideUnknown(layer, offset);
  }

  private int wordStart() {
    int start = scan.skipBlanksBackwards(offset);
    while (start > 0 && offset - start < MAX_WORD && text.charAt(start - 1) > ' ') {
      start--;
    }
    return start;
  }

  private int end() {
    int lineEnd = scan.lineEnd(offset);
    int end =
        CUT_LENGTH.matcher(text).region(offset, lineEnd).matches() ? nextEnd(lineEnd) : lineEnd;
    return Math.max(Math.max(foldedEnd(lineEnd), argumentsEnd(end)), Math.max(keyEnd(), partEnd()));
  }

  private int nextEnd(int lineEnd) {
    return scan.lineEnd(Math.min(text.length(), lineEnd + 1));
  }

  /** Returns where the lines end that are indented, as those are that go on. */
  private int foldedEnd(int lineEnd) {
    int end = lineEnd;
    while (end + 1 < nextOffset && (text.charAt(end + 1) == ' ' || text.charAt(end + 1) == '\t')) {
      end = nextEnd(end);
    }
    return end;
  }

  /** Goes over strings of which each is after a line with its length. */
  private int argumentsEnd(int firstEnd) {
    int end = firstEnd;
    while (end < nextOffset) {
      int lineStart =
          Math.max(Math.max(offset, end - MAX_LENGTH), text.lastIndexOf('\n', end - 1) + 1);
      Matcher length = LENGTH.matcher(text).region(lineStart, end);
      if (!length.find()) {
        int next = nextEnd(end);
        length.region(Math.min(next, end + 1), next);
        if (!length.lookingAt()) {
          break;
        }
        end = next;
      }
      String digits = length.group(1) == null ? length.group(2) : length.group(1);
      end = scan.lineEnd((int) Math.min(text.length(), end + 1L + Integer.parseInt(digits)));
    }
    return end;
  }

  /** Returns where a key ends whose beginning is lost. */
  private int keyEnd() {
    Matcher end = PEM_END.matcher(text).region(offset, Math.min(text.length(), offset + MAX_PEM));
    int begin = scan.indexOf(PEM_BEGIN, offset);
    return end.find() && begin > end.start() ? end.start() : offset;
  }

  /** Returns where a part of a form ends whose head is in this line. */
  private int partEnd() {
    int lineEnd = scan.lineEnd(offset);
    String line = text.substring(wordStart(), lineEnd);
    boolean isHead = line.contains("form-data") || line.contains("ame=");
    if (!isHead && !scan.text(lineEnd, nextEnd(lineEnd)).isBlank()) {
      return offset;
    }
    return Math.max(offset, text.indexOf("\n--", offset));
  }
}
