package dev.partyline.hunt;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes equal events of runs one object, of which there is one text. */
final class EventPool {
  /** Where what is sent differs in each run, the texts of so many are enough. */
  private static final int MAX_EVENTS = 20_000;

  private final Map<TracedEvent, TracedEvent> events = new HashMap<>();

  /** Returns the event that equals one, or else one like it with a text. */
  TracedEvent get(TracedEvent event, Supplier<String> text) {
    TracedEvent known = events.get(event);
    if (known != null) {
      return known;
    }
    if (events.size() >= MAX_EVENTS) {
      return event;
    }
    TracedEvent complete =
        new TracedEvent(event.kind(), event.side(), event.byteCount(), event.digest(), text.get());
    events.put(complete, complete);
    return complete;
  }
}
