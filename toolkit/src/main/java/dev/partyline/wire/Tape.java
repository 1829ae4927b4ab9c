package dev.partyline.wire;

import java.nio.ByteBuffer;

/**
 * Where one conversation is written: the bytes in a store, who said them when in a log beside it,
 * and how the sides ended.
 *
 * <p>What a snapshot shares with this is never written over.
 */
final class Tape {
  private final Store store;
  private final Chunks chunks;
  private final Marks marks = new Marks();
  private long clientLast;
  private long serverLast;
  private boolean failing;

  Tape(Store store, Chunks chunks) {
    this.store = store;
    this.chunks = chunks;
  }

  void sent(Side side, long nanos, ByteBuffer bytes) {
    int length = bytes.remaining();
    boolean kept = store.append(bytes);
    if (!kept && !failing) {
      note(nanos, store.problem());
    }
    failing = !kept;
    chunks.add(side, nanos, length);
    seen(side, nanos);
  }

  /** Logs that bytes were there which nobody has. */
  void dropped(Side side, long nanos, long bytes) {
    store.skip(bytes);
    chunks.add(side, nanos, bytes);
  }

  void finished(Side side, long nanos, How how, String cause) {
    ended(new Event.Finished(side, nanos), how, cause);
  }

  void reset(Side side, long nanos, How how, String cause) {
    ended(new Event.Reset(side, nanos), how, cause);
  }

  private void ended(Event end, How how, String cause) {
    ended(end, new Close(end.side(), how, count(end.side()), end.nanos(), cause));
  }

  /** Logs an end of which the ledger is to say this. */
  void ended(Event end, Close close) {
    marks.end(chunks.size(), end, close);
    seen(end.side(), end.nanos());
  }

  /** Logs that TLS starts here. */
  void startTls(long nanos) {
    marks.event(chunks.size(), new Event.StartTls(nanos));
  }

  /** Returns what the ledger says of an end by default. */
  Close close(Event end) {
    How how = end instanceof Event.Reset ? How.RST : How.FIN;
    return new Close(end.side(), how, count(end.side()), end.nanos(), "");
  }

  void note(long nanos, String text) {
    marks.note(chunks.size(), nanos, text);
  }

  private void seen(Side side, long nanos) {
    if (side == Side.CLIENT) {
      clientLast = nanos;
    } else {
      serverLast = nanos;
    }
  }

  long count(Side side) {
    return chunks.count(side);
  }

  Take snapshot() {
    return new Take(store.view(), chunks.view(), marks.view(), clientLast, serverLast);
  }
}
