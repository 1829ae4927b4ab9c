package dev.partyline.wire;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened on a tape beside the chunks, and ahead of which of them: events and notes. */
final class EventMarkers {
  /** Faults may have a remark on each chunk, which must not fill the memory. */
  static final int MOST_NOTES = 1000;

  private Mark[] marks = new Mark[2];
  private int used;
  private int notes;

  /**
   * One of them.
   *
   * @param chunks how many chunks were ahead of it
   * @param event the event, if it is one
   * @param close its line in the ledger, if a side ended by it
   * @param note the remark, if it is one
   */
  record Mark(
      long chunks, @Nullable Event event, @Nullable Termination close, @Nullable Remark note) {}

  /** A note that does not know its place among the events yet. */
  record Remark(long nanos, String text) {}

  /** Made here, so that a tape without marks has no class of events loaded. */
  static Event finished(Side side, long nanos) {
    return new Event.Finished(side, nanos);
  }

  /** Made here for the same reason. */
  static Event reset(Side side, long nanos) {
    return new Event.Reset(side, nanos);
  }

  void end(long chunks, Event end, Termination close) {
    add(new Mark(chunks, end, close, null));
  }

  void startTls(long chunks, long nanos) {
    add(new Mark(chunks, new Event.StartTls(nanos), null, null));
  }

  void note(long chunks, long nanos, String text) {
    if (notes < MOST_NOTES) {
      add(new Mark(chunks, null, null, new Remark(nanos, text)));
    } else if (notes == MOST_NOTES) {
      String last = "there were more remarks than " + MOST_NOTES + "; no more are kept";
      add(new Mark(chunks, null, null, new Remark(nanos, last)));
    }
    notes = Math.min(notes, MOST_NOTES) + 1;
  }

  private void add(Mark mark) {
    if (used == marks.length) {
      marks = Arrays.copyOf(marks, used * 2);
    }
    marks[used++] = mark;
  }

  View view() {
    return new View(marks, used);
  }

  /** The marks as they were at one moment. */
  record View(Mark[] marks, int used) {
    Mark get(int index) {
      return marks[index];
    }

    private Stream<Mark> all() {
      return Arrays.stream(marks, 0, used);
    }

    List<Termination> closes() {
      return all().flatMap(mark -> Stream.ofNullable(mark.close())).toList();
    }

    List<Event> ends() {
      return all()
          .filter(mark -> mark.close() != null)
          .flatMap(mark -> Stream.ofNullable(mark.event()))
          .toList();
    }

    boolean hasNotes() {
      return all().anyMatch(mark -> mark.note() != null);
    }
  }
}
