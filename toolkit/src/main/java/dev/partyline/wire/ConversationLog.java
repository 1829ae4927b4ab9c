package dev.partyline.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where one conversation is written: the bytes in a store, who said them when in a log beside it,
 * and how the sides ended.
 *
 * <p>What a snapshot shares with this is never written over.
 */
final class ConversationLog {
  private final ByteStore store;
  private final ChunkLog chunks;

  /** Most tapes have no mark for long, and a class is loaded when it is first asked for. */
  private @Nullable EventMarkers marks;

  private long clientLast;
  private long serverLast;
  private boolean failing;

  ConversationLog(ByteStore store, ChunkLog chunks) {
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

  void finished(Side side, long nanos, TerminationKind how, String cause) {
    ended(EventMarkers.finished(side, nanos), how, cause);
  }

  void reset(Side side, long nanos, TerminationKind how, String cause) {
    ended(EventMarkers.reset(side, nanos), how, cause);
  }

  private void ended(Event end, TerminationKind how, String cause) {
    ended(end, new Termination(end.side(), how, count(end.side()), end.nanos(), cause));
  }

  /** Logs an end of which the ledger is to say this. */
  void ended(Event end, Termination close) {
    marks().end(chunks.size(), end, close);
    seen(end.side(), end.nanos());
  }

  /** Logs that TLS starts here. */
  void startTls(long nanos) {
    marks().startTls(chunks.size(), nanos);
  }

  /** Returns what the ledger says of an end by default. */
  Termination close(Event end) {
    TerminationKind how = end instanceof Event.Reset ? TerminationKind.RST : TerminationKind.FIN;
    return new Termination(end.side(), how, count(end.side()), end.nanos(), "");
  }

  void note(long nanos, String text) {
    marks().note(chunks.size(), nanos, text);
  }

  private EventMarkers marks() {
    EventMarkers made = marks == null ? new EventMarkers() : marks;
    marks = made;
    return made;
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

  ConversationSnapshot snapshot() {
    return new ConversationSnapshot(
        store.view(), chunks.view(), marks().view(), clientLast, serverLast);
  }
}
