package dev.partyline.wire;

import java.nio.ByteBuffer;

/**
 * Where one conversation is written: the bytes in a store, which side sent them when in a log, and
 * everything else as markers between the chunks.
 *
 * <p>What a snapshot shares with this is never overwritten.
 */
final class ConversationLog {
  /** About what a conversation takes in which nothing has happened yet (measured). */
  private static final int EMPTY_BYTES = 600;

  private final StorageBudget budget;
  private final ByteStore store;
  private final ChunkLog chunks;
  private final EventMarkers markers = new EventMarkers();
  private long clientLastNanos;
  private long serverLastNanos;
  private boolean storeFailed;

  /** What the budget knows of the memory that this takes. */
  private long heldBytes;

  ConversationLog(StorageBudget budget, ByteStore store, ChunkLog chunks) {
    this.budget = budget;
    this.store = store;
    this.chunks = chunks;
  }

  void appendBytes(Side side, long nanos, ByteBuffer bytes) {
    int length = bytes.remaining();
    boolean isKept = store.append(bytes);
    if (!isKept && !storeFailed) {
      appendNote(nanos, store.problem());
    }
    storeFailed = !isKept;
    chunks.add(side, nanos, length);
    updateLastNanos(side, nanos);
  }

  /** Logs bytes that were sent but are not available. */
  void appendDropped(Side side, long nanos, long byteCount) {
    store.skip(byteCount);
    chunks.add(side, nanos, byteCount);
  }

  void appendFin(Side side, long nanos, Termination.Kind kind, String cause) {
    appendEnd(new Event.Fin(side, nanos), kind, cause);
  }

  void appendRst(Side side, long nanos, Termination.Kind kind, String cause) {
    appendEnd(new Event.Rst(side, nanos), kind, cause);
  }

  private void appendEnd(Event event, Termination.Kind kind, String cause) {
    appendEnd(
        event, new Termination(event.side(), kind, byteCount(event.side()), event.nanos(), cause));
  }

  /** Logs an end with its line in the ledger. */
  void appendEnd(Event event, Termination termination) {
    markers.addEnd(chunks.chunkCount(), event, termination);
    updateLastNanos(event.side(), event.nanos());
  }

  void appendTlsStarted(long nanos) {
    markers.addTlsStarted(chunks.chunkCount(), nanos);
  }

  /** Returns the line that the ledger has for an end by default. */
  Termination defaultTermination(Event event) {
    Termination.Kind kind =
        event instanceof Event.Rst ? Termination.Kind.RST : Termination.Kind.FIN;
    return new Termination(event.side(), kind, byteCount(event.side()), event.nanos(), "");
  }

  void appendNote(long nanos, String text) {
    markers.addNote(chunks.chunkCount(), nanos, text);
  }

  private void updateLastNanos(Side side, long nanos) {
    if (side == Side.CLIENT) {
      clientLastNanos = nanos;
    } else {
      serverLastNanos = nanos;
    }
  }

  long byteCount(Side side) {
    return chunks.byteCount(side);
  }

  /** Tells the budget how much memory this takes by now. */
  void updateHeldBytes() {
    long now = EMPTY_BYTES + store.heldBytes() + chunks.heldBytes() + markers.heldBytes();
    if (now != heldBytes) {
      budget.hold(now - heldBytes);
      heldBytes = now;
    }
  }

  /** Called when nothing more is logged. */
  void onEnded() {
    store.onEnded();
    budget.onEnded();
  }

  /** Gives back all memory of a conversation that is dropped. */
  void release() {
    store.release();
    budget.hold(-heldBytes);
    heldBytes = 0;
  }

  ConversationSnapshot snapshot() {
    return new ConversationSnapshot(
        store.snapshot(), chunks.snapshot(), markers.snapshot(), clientLastNanos, serverLastNanos);
  }
}
