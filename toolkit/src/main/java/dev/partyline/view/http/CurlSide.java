package dev.partyline.view.http;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Prints what one side sent as it was sent: lines of heads as text, all else as a count. */
final class CurlSide {
  private final char textPrefix;
  private final char dataPrefix;
  private final StringBuilder out;
  private final List<Mark> marks = new ArrayList<>();
  private int nextMark;
  private long offset;

  /** A line that is printed instead of some bytes, when all bytes up to its end were sent. */
  private record Mark(long offset, long endOffset, String line) {}

  CurlSide(
      char textPrefix,
      char dataPrefix,
      SideReader input,
      List<? extends Http1Message> messages,
      StringBuilder out) {
    this.textPrefix = textPrefix;
    this.dataPrefix = dataPrefix;
    this.out = out;
    messages.forEach(message -> addMarks(input, message));
  }

  private void addMarks(SideReader input, Http1Message message) {
    List<Flaw> flaws = new ArrayList<>(message.flaws());
    for (long lineOffset = message.offset(); lineOffset < message.headEndOffset(); ) {
      SideReader.RawLine line = input.line(lineOffset, FieldSection.MAX_SECTION_BYTES);
      long lineEndOffset = Math.max(line.nextOffset(), lineOffset + 1);
      marks.add(new Mark(lineOffset, lineEndOffset, textPrefix + " " + printable(line.bytes())));
      addFlaws(flaws, lineEndOffset);
      lineOffset = lineEndOffset;
    }
    addFlaws(flaws, Long.MAX_VALUE);
  }

  /** Adds marks for the flaws before an offset, after the last mark. */
  private void addFlaws(List<Flaw> flaws, long limit) {
    for (Flaw flaw : List.copyOf(flaws)) {
      if (flaw.offset() < limit) {
        long lastEndOffset = marks.isEmpty() ? 0 : marks.get(marks.size() - 1).endOffset();
        long markOffset = Math.max(lastEndOffset, flaw.offset());
        marks.add(new Mark(markOffset, markOffset, "* " + flaw));
        flaws.remove(flaw);
      }
    }
  }

  void onSent(long bytes) {
    long endOffset = offset + bytes;
    for (; nextMark < marks.size() && marks.get(nextMark).endOffset() <= endOffset; nextMark++) {
      Mark mark = marks.get(nextMark);
      printData(Math.min(mark.offset(), endOffset));
      printLine(mark.line());
      offset = Math.max(offset, mark.endOffset());
    }
    printData(
        nextMark < marks.size() ? Math.min(marks.get(nextMark).offset(), endOffset) : endOffset);
    offset = endOffset;
  }

  void onDropped(long bytes) {
    offset += bytes;
  }

  /** Prints the remaining marks, such as that the end is missing. */
  void finish() {
    marks.subList(nextMark, marks.size()).forEach(mark -> printLine(mark.line()));
    nextMark = marks.size();
  }

  private void printData(long endOffset) {
    if (endOffset > offset) {
      printLine(dataPrefix + " [" + (endOffset - offset) + " bytes data]");
    }
  }

  private void printLine(String line) {
    out.append(line).append('\n');
  }

  private static String printable(Bytes bytes) {
    return bytes.unprintableCount() == 0 ? bytes.utf8() : bytes.escaped();
  }
}
