package dev.partyline.wire;

import java.util.function.Consumer;

/** Reads what a walk comes by as events. */
record EventReader(ByteStore.Snapshot store, Consumer<Event> consumer)
    implements EventCursor.Visitor {
  static EventReader of(ConversationSnapshot snapshot, Consumer<Event> consumer) {
    return new EventReader(snapshot.store(), consumer);
  }

  @Override
  public void onSent(Side side, long nanos, long globalOffset, long globalEndOffset) {
    byte[] bytes = new byte[(int) (globalEndOffset - globalOffset)];
    store.copy(globalOffset, bytes.length, bytes, 0);
    consumer.accept(new Event.Sent(side, nanos, Bytes.wrap(bytes)));
  }

  @Override
  public void onEvent(Event event) {
    consumer.accept(event);
  }

  @Override
  public void onNote(long nanos, String text) {
    // A note is no event.
  }
}
