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
  private @Nullable EventMarkers markers;

  private long clientLastNanos;
  private long serverLastNanos;
  private boolean storeFailed;

  ConversationLog(ByteStore store, ChunkLog chunks) {
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

  /** Logs that bytes were there which nobody has. */
  void appendDropped(Side side, long nanos, long byteCount) {
    store.skip(byteCount);
    chunks.add(side, nanos, byteCount);
  }

  void appendFin(Side side, long nanos, Termination.Kind kind, String cause) {
    appendEnd(EventMarkers.finEvent(side, nanos), kind, cause);
  }

  void appendRst(Side side, long nanos, Termination.Kind kind, String cause) {
    appendEnd(EventMarkers.rstEvent(side, nanos), kind, cause);
  }

  private void appendEnd(Event event, Termination.Kind kind, String cause) {
    appendEnd(
        event, new Termination(event.side(), kind, byteCount(event.side()), event.nanos(), cause));
  }

  /** Logs an end of which the ledger is to say this. */
  void appendEnd(Event event, Termination termination) {
    markers().addEnd(chunks.chunkCount(), event, termination);
    updateLastNanos(event.side(), event.nanos());
  }

  /** Logs that TLS starts here. */
  void appendTlsStarted(long nanos) {
    markers().addTlsStarted(chunks.chunkCount(), nanos);
  }

  /** Returns what the ledger says of an end by default. */
  Termination defaultTermination(Event event) {
    Termination.Kind kind =
        event instanceof Event.Rst ? Termination.Kind.RST : Termination.Kind.FIN;
    return new Termination(event.side(), kind, byteCount(event.side()), event.nanos(), "");
  }

  void appendNote(long nanos, String text) {
    markers().addNote(chunks.chunkCount(), nanos, text);
  }

  private EventMarkers markers() {
    EventMarkers result = markers == null ? new EventMarkers() : markers;
    markers = result;
    return result;
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

  ConversationSnapshot snapshot() {
    return new ConversationSnapshot(
        store.snapshot(),
        chunks.snapshot(),
        markers().snapshot(),
        clientLastNanos,
        serverLastNanos);
  }
}
