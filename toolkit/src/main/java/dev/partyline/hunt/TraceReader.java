package dev.partyline.hunt;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Makes the compact form of one conversation. */
final class TraceReader {
  private static final int MAX_EVENTS = 1_000;
  private static final int MAX_TEXT_BYTES = 256;

  /** To mask more takes longer than the run of a test may. */
  private static final long MAX_MASKED_BYTES = 16 << 10;

  private static final int MAX_SEARCHED_CONNECTIONS = 20;

  /** What a listener or client does that has found its script not to be followed is no cause. */
  private static final String SCRIPT_FAILED = "because the script failed";

  private static final long MAX_READ_BYTES = 16 << 20;

  private final Conversation conversation;
  private final long openedNanos;
  private final RecordedPeer peer;
  private final EventPool pool;
  private final boolean isStream;
  private final List<TracedTurn> turns = new ArrayList<>();

  /** Null as long as nothing had to be masked. */
  private @Nullable Conversation masked;

  /** What a side has sent since the last turn was complete. */
  private @Nullable Side sender;

  private final List<TracedEvent> sent = new ArrayList<>();
  private final List<Long> sentNanos = new ArrayList<>();
  private final CRC32C sentDigest = new CRC32C();

  private final long[] offsets = new long[Side.values().length];
  private int eventNumber;
  private int firstNumber;

  private TraceReader(RecordedPeer peer, Conversation conversation, EventPool pool) {
    this.conversation = conversation;
    this.openedNanos = peer.openedNanos(conversation);
    this.peer = peer;
    this.pool = pool;
    this.isStream = conversation.transport() != Transport.UDP;
  }

  /**
   * Returns the compact form: of many events the first.
   *
   * @param startNanos the zero of the clock of the run
   * @param pool the events of other runs
   */
  static ConnectionTrace read(
      RecordedPeer peer, Conversation conversation, long startNanos, EventPool pool) {
    TraceReader reader = new TraceReader(peer, conversation, pool);
    conversation.truncatedTo(MAX_READ_BYTES).forEachEvent(event -> reader.add(event, startNanos));
    boolean isCut = reader.eventNumber > MAX_EVENTS;
    if (!isCut) {
      reader.endTurn();
    }
    return new ConnectionTrace(
        peer.name(), conversation.number(), reader.openedNanos - startNanos, reader.turns, isCut);
  }

  private void add(Event event, long startNanos) {
    eventNumber++;
    if (eventNumber > MAX_EVENTS) {
      return;
    }
    long nanos = openedNanos + event.nanos() - startNanos;
    if (event instanceof Event.Sent chunk) {
      if (!isStream || chunk.side() != sender) {
        endTurn();
      }
      addChunk(chunk, nanos);
      return;
    }
    endTurn();
    if (termination(event).map(Termination::cause).filter(SCRIPT_FAILED::equals).isPresent()) {
      return;
    }
    TracedEvent other = other(event);
    offsets[event.side().ordinal()] += other.byteCount();
    turns.add(new TracedTurn(other, List.of(other), List.of(nanos), eventNumber));
  }

  private void addChunk(Event.Sent chunk, long nanos) {
    int size = chunk.bytes().size();
    CRC32C digest = new CRC32C();
    digest.update(chunk.bytes().toBuffer());
    sentDigest.update(chunk.bytes().toBuffer());
    sender = chunk.side();
    if (sent.isEmpty()) {
      firstNumber = eventNumber;
    }
    long offset = offsets[chunk.side().ordinal()];
    sent.add(sent(chunk.side(), offset, size, digest));
    sentNanos.add(nanos);
    offsets[chunk.side().ordinal()] += size;
  }

  private TracedEvent sent(Side side, long offset, long size, CRC32C digest) {
    return pool.get(
        new TracedEvent(TracedEvent.Kind.SENT, side, size, (int) digest.getValue(), ""),
        () -> text(side, offset, size));
  }

  private String text(Side side, long offset, long size) {
    int shown = (int) Math.min(size, MAX_TEXT_BYTES);
    return masked()
        .map(each -> each.bytes(side, offset, offset + shown).escaped())
        .map(text -> shown < size ? text + "…" : text)
        .orElse("");
  }

  /** To mask a conversation takes longer than all the rest, and what other runs had has a text. */
  private Optional<Conversation> masked() {
    long byteCount = conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER);
    boolean isShort = byteCount <= MAX_MASKED_BYTES && conversation.gaps().isEmpty();
    if (masked == null && isShort) {
      masked = redaction().apply(conversation);
    }
    return Optional.ofNullable(masked);
  }

  /** A token of one connection may be sent on the next. */
  private Redaction redaction() {
    return peer.redaction()
        .across(
            peer.conversations().stream()
                .limit(MAX_SEARCHED_CONNECTIONS)
                .map(each -> each.truncatedTo(MAX_MASKED_BYTES))
                .toList());
  }

  private void endTurn() {
    if (sent.isEmpty()) {
      return;
    }
    TracedEvent first = sent.get(0);
    TracedEvent whole = first;
    if (sent.size() > 1) {
      long size = sent.stream().mapToLong(TracedEvent::byteCount).sum();
      whole = sent(first.side(), offsets[first.side().ordinal()] - size, size, sentDigest);
    }
    turns.add(new TracedTurn(whole, sent, sentNanos, firstNumber));
    sent.clear();
    sentNanos.clear();
    sentDigest.reset();
    sender = null;
  }

  private TracedEvent other(Event event) {
    if (event instanceof Event.Dropped dropped) {
      return other(TracedEvent.Kind.NOT_KEPT, event.side(), dropped.byteCount());
    }
    TracedEvent.Kind kind =
        event instanceof Event.TlsStarted
            ? TracedEvent.Kind.TLS
            : termination(event)
                .map(Termination::kind)
                .map(each -> TracedEvent.Kind.valueOf(each.name()))
                .orElse(event instanceof Event.Fin ? TracedEvent.Kind.FIN : TracedEvent.Kind.RST);
    return other(kind, event.side(), 0);
  }

  private Optional<Termination> termination(Event event) {
    return conversation.ledger().stream()
        .filter(each -> each.side() == event.side() && each.nanos() == event.nanos())
        .findFirst();
  }

  private TracedEvent other(TracedEvent.Kind kind, Side side, long byteCount) {
    return pool.get(new TracedEvent(kind, side, byteCount, 0, ""), () -> "");
  }
}
