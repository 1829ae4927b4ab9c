package dev.partyline.view;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is found in a conversation, one side after the other, to be put into one order. */
final class ViewBuilder<T> {
  /** A flaw is larger than the bytes that it takes to make one. */
  private static final int MOST_FLAWS = 1_000;

  private final Conversation conversation;
  private final List<Gap> gaps;
  private final List<Line> lines = new ArrayList<>();
  private final int[] flaws = new int[Side.values().length];
  private final long[] reached = {-1, -1};

  /** A part or a flaw, and how many bytes of both sides came ahead of where it ends or shows. */
  private record Line(long place, Object thing) {}

  ViewBuilder(Conversation conversation) {
    this.conversation = conversation;
    this.gaps = conversation.gaps();
  }

  /** Adds a part whose last byte is the one ahead of an offset. */
  void add(Side side, long to, T part) {
    boolean kept =
        gaps.stream().noneMatch(gap -> gap.side() == side && gap.offset() < to && to <= gap.end());
    long place = kept ? conversation.placeOf(side, to - 1) : reached[side.ordinal()];
    reached[side.ordinal()] = place;
    lines.add(new Line(place, part));
  }

  /** Adds a part that is all that came with one event, in the order of the events. */
  void addNext(Side side, T part) {
    long place = Math.max(reached[0], reached[1]) + 1;
    reached[side.ordinal()] = place;
    lines.add(new Line(place, part));
  }

  /** Adds what is wrong with the last part of a side, or with what comes behind it. */
  void add(Flaw flaw) {
    int side = flaw.side().ordinal();
    if (flaws[side]++ < MOST_FLAWS) {
      lines.add(new Line(reached[side], flaw));
    }
  }

  void malformed(Side side, long at, String what) {
    add(new Flaw(Flaw.Kind.MALFORMED, side, at, what));
  }

  void incomplete(Side side, long at, String what) {
    add(new Flaw(Flaw.Kind.INCOMPLETE, side, at, what));
  }

  @SuppressWarnings("unchecked") // Whatever is no flaw came in as a part.
  List<T> parts() {
    return sorted().stream().filter(each -> !(each instanceof Flaw)).map(each -> (T) each).toList();
  }

  List<Flaw> flaws() {
    return lines.stream()
        .filter(line -> line.thing() instanceof Flaw)
        .map(line -> (Flaw) line.thing())
        .sorted(Comparator.comparing(Flaw::side))
        .toList();
  }

  /** Returns parts and flaws in one order. */
  List<Object> lines() {
    return sorted();
  }

  private List<Object> sorted() {
    lines.sort(Comparator.comparingLong(Line::place));
    return lines.stream().<Object>map(Line::thing).toList();
  }
}
