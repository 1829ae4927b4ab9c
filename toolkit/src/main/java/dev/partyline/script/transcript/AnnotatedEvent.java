package dev.partyline.script.transcript;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Termination;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event with the comments before it.
 *
 * @param event the event; null for the comments after the last event
 * @param afterGap whether bytes were dropped before it
 */
record AnnotatedEvent(List<String> comments, @Nullable Event event, boolean afterGap) {

  /** Returns the events; neighbouring chunks of one side on a stream are joined unless exact. */
  static List<AnnotatedEvent> events(Conversation conversation, boolean exact) {
    List<AnnotatedEvent> annotatedEvents = new ArrayList<>();
    List<Event> events = conversation.events();
    List<Note> notes = conversation.notes();
    Set<Termination> superseded = conversation.supersededEnds();
    Iterator<Termination> terminations = conversation.ledger().iterator();
    List<String> comments = new ArrayList<>();
    int noteIndex = 0;
    boolean afterGap = false;
    for (int i = 0; i <= events.size(); i++) {
      for (;
          noteIndex < notes.size() && notes.get(noteIndex).precedingEventCount() <= i;
          noteIndex++) {
        comments.add(TranscriptComments.note(notes.get(noteIndex), exact));
      }
      if (i < events.size() && events.get(i) instanceof Event.Dropped dropped) {
        comments.add(TranscriptComments.dropped(dropped));
        afterGap = true;
        continue;
      }
      if (i < events.size() && isEnd(events.get(i)) && terminations.hasNext()) {
        Termination termination = terminations.next();
        if (superseded.contains(termination)) {
          comments.add(TranscriptComments.superseded(events.get(i), termination, exact));
          continue;
        }
        comments.addAll(TranscriptComments.termination(termination));
      }
      annotatedEvents.add(
          new AnnotatedEvent(comments, i < events.size() ? events.get(i) : null, afterGap));
      afterGap = false;
      comments = new ArrayList<>();
    }
    return exact || !conversation.transport().isStream()
        ? annotatedEvents
        : joinChunks(annotatedEvents);
  }

  private static boolean isEnd(Event event) {
    return event instanceof Event.Fin || event instanceof Event.Rst;
  }

  /** Joins neighbouring chunks of one side, because their boundary means nothing on a stream. */
  private static List<AnnotatedEvent> joinChunks(List<AnnotatedEvent> annotatedEvents) {
    List<AnnotatedEvent> result = new ArrayList<>();
    for (int i = 0; i < annotatedEvents.size(); ) {
      AnnotatedEvent each = annotatedEvents.get(i++);
      if (!(each.event() instanceof Event.Sent first)) {
        result.add(each);
        continue;
      }
      List<Bytes> run = new ArrayList<>(List.of(first.bytes()));
      List<String> laterComments = new ArrayList<>();
      while (i < annotatedEvents.size()
          && !annotatedEvents.get(i).afterGap()
          && annotatedEvents.get(i).event() instanceof Event.Sent next
          && next.side() == first.side()) {
        run.add(next.bytes());
        laterComments.addAll(annotatedEvents.get(i++).comments());
      }
      Event joinedEvent = new Event.Sent(first.side(), first.nanos(), Bytes.join(run));
      result.add(new AnnotatedEvent(each.comments(), joinedEvent, each.afterGap()));
      if (!laterComments.isEmpty()) {
        // Comments in the middle of a run come after it.
        annotatedEvents.get(i).comments().addAll(0, laterComments);
      }
    }
    return result;
  }
}
