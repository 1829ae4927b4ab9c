package dev.partyline.wire;

import java.util.Iterator;
import java.util.List;

/** Writes a conversation anew, without the middle of it or with other bytes. */
final class ConversationCopier implements Traversal.Walker {
  private final ConversationLog tape = StorageBudget.unbounded().tape();
  private final Iterator<Termination> ledger;

  private long at;
  private long headTo = Long.MAX_VALUE;
  private long tailFrom;
  private ByteStore.View source = tape.snapshot().store();

  private ConversationCopier(List<Termination> ledger) {
    this.ledger = ledger.iterator();
  }

  /** Returns a tape with these events; what the ledger says of their ends stays. */
  static ConversationSnapshot of(List<Event> events, List<Note> notes, List<Termination> ledger) {
    ConversationCopier copy = new ConversationCopier(ledger);
    int noted = 0;
    long last = 0;
    for (int i = 0; i <= events.size(); i++) {
      for (; noted < notes.size() && notes.get(noted).events() <= i; noted++) {
        copy.tape.note(notes.get(noted).nanos(), notes.get(noted).text());
      }
      if (i < events.size()) {
        last = inOrder(last, events.get(i).nanos());
        copy.add(events.get(i));
      }
    }
    return copy.tape.snapshot();
  }

  /** Returns a tape with at most so many bytes of another: half the beginning, half the end. */
  static ConversationSnapshot shortened(ConversationSnapshot take, long most) {
    ConversationCopier copy = new ConversationCopier(take.marks().closes());
    copy.source = take.store();
    copy.headTo = most / 2;
    copy.tailFrom = take.count(Side.CLIENT) + take.count(Side.SERVER) - most / 2;
    new Traversal(take, copy).walk();
    return copy.tape.snapshot();
  }

  private static long inOrder(long last, long nanos) {
    if (nanos < last) {
      throw new IllegalArgumentException(
          "nanos (" + nanos + ") must not be before " + last + ", the event ahead of it");
    }
    return nanos;
  }

  private void add(Event event) {
    if (event instanceof Event.Sent sent) {
      tape.sent(sent.side(), sent.nanos(), sent.bytes().toBuffer());
    } else {
      event(event);
    }
  }

  @Override
  public void sent(Side side, long nanos, long from, long to) {
    long size = to - from;
    long head = Math.max(0, Math.min(size, headTo - at));
    long tail = Math.max(head, Math.min(size, tailFrom - at));
    at += size;
    if (size == 0) {
      part(side, nanos, from, to);
    }
    if (head > 0) {
      part(side, nanos, from, from + head);
    }
    if (tail < size) {
      part(side, nanos, from + tail, to);
    }
  }

  private void part(Side side, long nanos, long from, long to) {
    byte[] bytes = new byte[(int) (to - from)];
    source.copy(from, bytes.length, bytes, 0);
    tape.sent(side, nanos, Bytes.owning(bytes).toBuffer());
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Dropped dropped) {
      at += dropped.bytes();
      tape.dropped(dropped.side(), dropped.nanos(), dropped.bytes());
    } else if (event instanceof Event.StartTls start) {
      tape.startTls(start.nanos());
    } else {
      tape.ended(event, ledger.hasNext() ? ledger.next() : tape.close(event));
    }
  }

  @Override
  public void note(long nanos, String text) {
    tape.note(nanos, text);
  }
}
