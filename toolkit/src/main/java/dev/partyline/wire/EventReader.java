package dev.partyline.wire;

import java.util.function.Consumer;

/** Reads what a walk comes by as events. */
record EventReader(ByteStore.View store, Consumer<Event> events) implements Traversal.Walker {
  static EventReader of(ConversationSnapshot take, Consumer<Event> events) {
    return new EventReader(take.store(), events);
  }

  @Override
  public void sent(Side side, long nanos, long from, long to) {
    byte[] bytes = new byte[(int) (to - from)];
    store.copy(from, bytes.length, bytes, 0);
    events.accept(new Event.Sent(side, nanos, Bytes.owning(bytes)));
  }

  @Override
  public void event(Event event) {
    events.accept(event);
  }

  @Override
  public void note(long nanos, String text) {
    // A note is no event.
  }
}
