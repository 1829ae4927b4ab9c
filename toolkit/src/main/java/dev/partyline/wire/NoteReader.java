package dev.partyline.wire;

import java.util.List;

/** Finds the notes, and how many events were ahead of each. */
final class NoteReader implements Traversal.Walker {
  private final List<Note> notes;
  private int events;

  NoteReader(List<Note> notes) {
    this.notes = notes;
  }

  @Override
  public void sent(Side side, long nanos, long from, long to) {
    events++;
  }

  @Override
  public void event(Event event) {
    events++;
  }

  @Override
  public void note(long nanos, String text) {
    notes.add(new Note(nanos, events, text));
  }
}
