package dev.partyline.wire;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened between the chunks of a conversation: events and notes. */
final class EventMarkers {
  /** Faults may make a note about each chunk, which must not fill the memory. */
  static final int MAX_NOTES = 1000;

  /** About what a marker takes: itself, its event, and its line of the ledger (measured). */
  private static final int MARKER_BYTES = 120;

  private Marker[] markers = new Marker[2];
  private long heldBytes;
  private int count;
  private int noteCount;

  /**
   * An event or a note.
   *
   * @param precedingChunks how many chunks precede it
   * @param event the event, if it is one
   * @param termination its line in the ledger, if it ended a side
   * @param note the note, if it is one
   */
  record Marker(
      long precedingChunks,
      @Nullable Event event,
      @Nullable Termination termination,
      @Nullable PendingNote note) {}

  /** A note of which it is not counted yet how many events precede it. */
  record PendingNote(long nanos, String text) {}

  void addEnd(long precedingChunks, Event event, Termination termination) {
    add(new Marker(precedingChunks, event, termination, null));
  }

  void addTlsStarted(long precedingChunks, long nanos) {
    add(new Marker(precedingChunks, new Event.TlsStarted(nanos), null, null));
  }

  void addNote(long precedingChunks, long nanos, String text) {
    if (noteCount < MAX_NOTES) {
      add(new Marker(precedingChunks, null, null, new PendingNote(nanos, text)));
    } else if (noteCount == MAX_NOTES) {
      String limitNote = "there were more notes than " + MAX_NOTES + "; no more are kept";
      add(new Marker(precedingChunks, null, null, new PendingNote(nanos, limitNote)));
    }
    noteCount = Math.min(noteCount, MAX_NOTES) + 1;
  }

  private void add(Marker marker) {
    if (count == markers.length) {
      markers = Arrays.copyOf(markers, count * 2);
    }
    markers[count++] = marker;
    heldBytes += MARKER_BYTES + (marker.note() == null ? 0 : marker.note().text().length());
  }

  long heldBytes() {
    return heldBytes;
  }

  Snapshot snapshot() {
    return new Snapshot(markers, count);
  }

  /** The markers at one moment. */
  record Snapshot(Marker[] markers, int count) {
    Marker get(int index) {
      return markers[index];
    }

    private Stream<Marker> all() {
      return Arrays.stream(markers, 0, count);
    }

    List<Termination> terminations() {
      return all().flatMap(marker -> Stream.ofNullable(marker.termination())).toList();
    }

    List<Event> endEvents() {
      return all()
          .filter(marker -> marker.termination() != null)
          .flatMap(marker -> Stream.ofNullable(marker.event()))
          .toList();
    }

    boolean hasNotes() {
      return all().anyMatch(marker -> marker.note() != null);
    }
  }
}
