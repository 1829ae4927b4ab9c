package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** What one side sent, printed as it comes: lines of heads as text, all else as a count. */
final class CurlSide {
  private final char text;
  private final char data;
  private final StringBuilder out;
  private final List<Mark> marks = new ArrayList<>();
  private int next;
  private long at;

  /** What is printed when all bytes up to an offset have come, in place of those from another. */
  private record Mark(long from, long to, String line) {}

  CurlSide(char text, char data, List<? extends Http1Message> messages, StringBuilder out) {
    this.text = text;
    this.data = data;
    this.out = out;
    messages.forEach(this::mark);
  }

  private void mark(Http1Message message) {
    SideReader heard = new SideReader(message.conversation(), message.side());
    List<Flaw> flaws = new ArrayList<>(message.flaws());
    for (long from = message.at(); from < message.headEnd(); ) {
      SideReader.Line line = heard.line(from, FieldSection.MOST);
      long to = Math.max(line.next(), from + 1);
      marks.add(new Mark(from, to, text + " " + printable(line.bytes())));
      remarks(flaws, to);
      from = to;
    }
    remarks(flaws, Long.MAX_VALUE);
  }

  /** Puts the flaws ahead of an offset behind what was marked last. */
  private void remarks(List<Flaw> flaws, long ahead) {
    for (Flaw flaw : List.copyOf(flaws)) {
      if (flaw.at() < ahead) {
        long last = marks.isEmpty() ? 0 : marks.get(marks.size() - 1).to();
        long place = Math.max(last, flaw.at());
        marks.add(new Mark(place, place, "* " + flaw));
        flaws.remove(flaw);
      }
    }
  }

  void sent(long bytes) {
    long to = at + bytes;
    for (; next < marks.size() && marks.get(next).to() <= to; next++) {
      Mark mark = marks.get(next);
      data(Math.min(mark.from(), to));
      line(mark.line());
      at = Math.max(at, mark.to());
    }
    data(next < marks.size() ? Math.min(marks.get(next).from(), to) : to);
    at = to;
  }

  void dropped(long bytes) {
    at += bytes;
  }

  /** Prints what is left, such as that something is missing in the end. */
  void end() {
    marks.subList(next, marks.size()).forEach(mark -> line(mark.line()));
    next = marks.size();
  }

  private void data(long to) {
    if (to > at) {
      line(data + " [" + (to - at) + " bytes data]");
    }
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  private static String printable(Bytes bytes) {
    return bytes.unprintable() == 0 ? bytes.utf8() : bytes.escaped();
  }
}
