package dev.partyline.wire;

import java.util.List;

/** Finds the notes, and how many events were ahead of each. */
final class NoteReader implements EventCursor.Visitor {
  private final List<Note> notes;
  private int eventCount;

  NoteReader(List<Note> notes) {
    this.notes = notes;
  }

  @Override
  public void onSent(Side side, long nanos, long globalOffset, long globalEndOffset) {
    eventCount++;
  }

  @Override
  public void onEvent(Event event) {
    eventCount++;
  }

  @Override
  public void onNote(long nanos, String text) {
    notes.add(new Note(nanos, eventCount, text));
  }
}
