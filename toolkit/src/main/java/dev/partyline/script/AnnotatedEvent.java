package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Termination;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, with what is to be said ahead of it.
 *
 * @param event what happened; null behind the last event
 * @param behindGap whether bytes were dropped ahead of it
 */
record AnnotatedEvent(List<String> comments, @Nullable Event event, boolean behindGap) {

  /** Returns what happened; unless it is to be exact, a side's chunks on a stream are one. */
  static List<AnnotatedEvent> events(Conversation conversation, boolean exact) {
    List<AnnotatedEvent> all = new ArrayList<>();
    List<Event> events = conversation.events();
    List<Note> notes = conversation.notes();
    Iterator<Termination> ledger = conversation.ledger().iterator();
    List<String> comments = new ArrayList<>();
    int noted = 0;
    boolean gap = false;
    for (int i = 0; i <= events.size(); i++) {
      for (; noted < notes.size() && notes.get(noted).events() <= i; noted++) {
        comments.add(TranscriptComments.note(notes.get(noted), exact));
      }
      if (i < events.size() && events.get(i) instanceof Event.Dropped dropped) {
        comments.add(TranscriptComments.dropped(dropped));
        gap = true;
        continue;
      }
      if (i < events.size() && isEnd(events.get(i)) && ledger.hasNext()) {
        comments.addAll(TranscriptComments.close(ledger.next()));
      }
      all.add(new AnnotatedEvent(comments, i < events.size() ? events.get(i) : null, gap));
      gap = false;
      comments = new ArrayList<>();
    }
    return exact || !conversation.transport().isStream() ? all : joined(all);
  }

  private static boolean isEnd(Event event) {
    return event instanceof Event.Finished || event instanceof Event.Reset;
  }

  /** Makes neighbouring chunks of one side one, for their boundary means nothing. */
  private static List<AnnotatedEvent> joined(List<AnnotatedEvent> all) {
    List<AnnotatedEvent> joined = new ArrayList<>();
    for (int i = 0; i < all.size(); ) {
      AnnotatedEvent each = all.get(i++);
      if (!(each.event() instanceof Event.Sent first)) {
        joined.add(each);
        continue;
      }
      List<Bytes> run = new ArrayList<>(List.of(first.bytes()));
      List<String> later = new ArrayList<>();
      while (i < all.size()
          && !all.get(i).behindGap()
          && all.get(i).event() instanceof Event.Sent next
          && next.side() == first.side()) {
        run.add(next.bytes());
        later.addAll(all.get(i++).comments());
      }
      Event whole = new Event.Sent(first.side(), first.nanos(), Bytes.join(run));
      joined.add(new AnnotatedEvent(each.comments(), whole, each.behindGap()));
      if (!later.isEmpty()) {
        // What was said in the middle of a run comes behind it.
        all.get(i).comments().addAll(0, later);
      }
    }
    return joined;
  }
}
