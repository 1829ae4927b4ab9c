package dev.partyline.wire;

import dev.partyline.internal.text.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What both sides did on one connection, as it was at one moment: immutable and cheap to take.
 *
 * <p>Two conversations are equal when their events are: sides, bytes, chunk boundaries, how each
 * side ended, and times. Number, transport, addresses, notes, causes and what was dropped are not
 * compared.
 */
public final class Conversation {
  private final ConnectionInfo connection;
  private final long durationNanos;
  private final boolean open;
  private final ConversationSnapshot snapshot;
  private final List<TlsSession> sessions;
  private final boolean exact;
  private @Nullable List<Event> events;

  Conversation(
      ConnectionInfo connection,
      long durationNanos,
      boolean open,
      ConversationSnapshot snapshot,
      List<TlsSession> sessions) {
    this(connection, durationNanos, open, snapshot, sessions, false);
  }

  private Conversation(
      ConnectionInfo connection,
      long durationNanos,
      boolean open,
      ConversationSnapshot snapshot,
      List<TlsSession> sessions,
      boolean exact) {
    this.exact = exact;
    this.connection = connection;
    this.durationNanos = durationNanos;
    this.open = open;
    this.snapshot = snapshot;
    this.sessions = sessions;
  }

  /**
   * Returns a conversation made of events: connection 1 over TCP, closed.
   *
   * @throws IllegalArgumentException if a time is negative or before that of the preceding event
   */
  public static Conversation of(List<Event> events) {
    long lastNanos = events.isEmpty() ? 0 : events.get(events.size() - 1).nanos();
    ConversationSnapshot snapshot = ConversationCopier.of(events, List.of(), List.of());
    return new Conversation(ConnectionInfo.NONE, lastNanos, false, snapshot, List.of());
  }

  /**
   * Returns the same connection with other events, such as with secrets masked; notes and ledger
   * stay.
   */
  public Conversation withEvents(List<Event> newEvents) {
    return withSnapshot(ConversationCopier.of(newEvents, notes(), ledger()));
  }

  private Conversation withSnapshot(ConversationSnapshot newSnapshot) {
    return new Conversation(connection, durationNanos, open, newSnapshot, sessions, exact);
  }

  Conversation withNumber(int ordinal) {
    return new Conversation(
        connection.withNumber(ordinal), durationNanos, open, snapshot, sessions, exact);
  }

  /**
   * Returns the same conversation, of which all that prints it prints each byte: otherwise secrets
   * are masked, in what dumps and views and their parts print, not in what methods return.
   */
  public Conversation exact() {
    return exact
        ? this
        : new Conversation(connection, durationNanos, open, snapshot, sessions, true);
  }

  /** Returns whether this is printed with its secrets. */
  public boolean isExact() {
    return exact;
  }

  /**
   * Returns the conversation without the middle of what was sent, if that is more than so many
   * bytes: {@link #gaps()} has what is left out, as what was not kept. What ended it stays.
   *
   * @param maxBytes how many bytes may stay, half of them from the beginning
   */
  public Conversation truncatedTo(long maxBytes) {
    long byteCount = byteCount(Side.CLIENT) + byteCount(Side.SERVER);
    return byteCount <= maxBytes
        ? this
        : withSnapshot(ConversationCopier.truncated(snapshot, maxBytes));
  }

  /** Returns the ordinal of the connection in its recording, from 1. */
  public int number() {
    return connection.number();
  }

  /**
   * Returns the number and the addresses that are known, as in {@code connection 1 from
   * 127.0.0.1:41230 to 127.0.0.1:80}; of a client that could not connect, only the server's.
   */
  public String name() {
    return connection.name();
  }

  /** Returns what carried the conversation. */
  public Transport transport() {
    return connection.transport();
  }

  /**
   * Returns a side's literal address, such as {@code 127.0.0.1:41230}, or a path; {@code ?} if it
   * has none, such as a client that could not connect.
   */
  public String address(Side side) {
    return side == Side.CLIENT ? connection.clientAddress() : connection.serverAddress();
  }

  /** Returns how old the connection was when this was taken, or when it closed, in nanoseconds. */
  public long durationNanos() {
    return durationNanos;
  }

  /** Returns whether our end of the connection was still open. */
  public boolean isOpen() {
    return open;
  }

  /** Returns when the connection was opened, in nanoseconds after its recording began. */
  public long openedAtNanos() {
    return connection.openedAtNanos();
  }

  /**
   * Returns everything that happened, in the order in which it was seen; {@link Event.Dropped}
   * stands where bytes were not kept.
   *
   * @throws IllegalStateException if more than 2 GiB were kept: {@link #forEachEvent} reads them
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public List<Event> events() {
    List<Event> result = events;
    if (result == null) {
      result = snapshot.events();
      events = result;
    }
    return result;
  }

  /**
   * Passes everything that happened to an action, one event at a time, of which only the current
   * one takes memory.
   *
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public void forEachEvent(Consumer<Event> action) {
    snapshot.forEachEvent(action);
  }

  /**
   * Returns what reads everything that happened one event at a time, such as to merge
   * conversations.
   */
  public ConversationReader reader() {
    return new ConversationReader(snapshot);
  }

  /**
   * Passes on everything that happened, as {@link #forEachEvent} does, and the remarks where they
   * were made.
   *
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public void forEach(Consumer<Event> onEvent, Consumer<Note> onNote) {
    snapshot.forEach(onEvent, onNote);
  }

  /**
   * Returns all the bytes that a side sent.
   *
   * @throws IllegalStateException if there are more than 2 GiB or some were not kept: {@link
   *     #bytes(Side, long, long)} reads parts, {@link #gaps()} says what is missing
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public Bytes bytes(Side side) {
    return snapshot.bytes(side, 0, byteCount(side));
  }

  /**
   * Returns a part of what a side sent, without reading the rest.
   *
   * @param offset the offset of its first byte in what the side sent, from 0
   * @param endOffset the offset after its last byte
   * @throws IndexOutOfBoundsException if the side has sent less, or the offsets are not in order
   * @throws IllegalStateException if the part is more than 2 GiB or some of it was not kept
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public Bytes bytes(Side side, long offset, long endOffset) {
    return snapshot.bytes(side, offset, endOffset);
  }

  /**
   * Returns the offset at which a pattern first stands, without a gap, in what a side sent, at or
   * after an offset; -1 if it does not. It reads from that offset on, a little at a time.
   *
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public long indexOf(Side side, Bytes pattern, long offset) {
    return snapshot.indexOf(side, pattern, offset);
  }

  /**
   * Returns how many bytes of both sides precede a byte of one: what was sent earlier has less.
   *
   * @param offset which byte of the side, from 0
   * @throws IndexOutOfBoundsException if there is no such byte, or it was not kept
   */
  public long globalOffset(Side side, long offset) {
    return snapshot.globalOffset(side, offset);
  }

  /**
   * Returns when a byte was seen, in nanoseconds after the connection opened, without reading any.
   * If its chunk was dropped, this is the time of the side's next chunk.
   *
   * @param offset which byte of the side, from 0
   * @throws IndexOutOfBoundsException if there is no such byte
   */
  public long timestampNanos(Side side, long offset) {
    return snapshot.timestampNanos(side, offset);
  }

  /**
   * Returns the offset after the chunk that a byte is in: a datagram, or what one read of a stream
   * returned.
   *
   * @param offset which byte of the side, from 0
   * @throws IndexOutOfBoundsException if there is no such byte
   */
  public long chunkEndOffset(Side side, long offset) {
    return snapshot.chunkEndOffset(side, offset);
  }

  /** Returns how many bytes a side sent, kept or not, without reading them. */
  public long byteCount(Side side) {
    return snapshot.byteCount(side);
  }

  /** Returns how many bytes of a side were not kept. */
  public long droppedBytes(Side side) {
    return gaps().stream().filter(gap -> gap.side() == side).mapToLong(Gap::byteCount).sum();
  }

  /** Returns what was not kept: of the client, then of the server, in the order of the offsets. */
  public List<Gap> gaps() {
    return snapshot.gaps();
  }

  /**
   * Returns the close ledger: how, when, why and after how many bytes the direction of each side
   * ended, in the order in which it was seen.
   */
  public List<Termination> ledger() {
    return snapshot.markers().terminations();
  }

  /**
   * Returns those lines of the ledger that a fault has caused, and after which the side went on: it
   * sent more, or ended by itself. Only the other side was told of that end.
   *
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public Set<Termination> supersededEnds() {
    return SupersededEnds.of(this);
  }

  /**
   * Returns the notes, such as what faults did, in their order: the first 1,000 of a connection.
   */
  public List<Note> notes() {
    return snapshot.notes();
  }

  /**
   * Returns what was negotiated for TLS, in the order of the handshakes; empty if there was no TLS,
   * or if it passed through a tap encrypted.
   */
  public List<TlsSession> tlsSessions() {
    return sessions;
  }

  /** Returns the event that ended a side first, a FIN or an RST, if it has ended. */
  public Optional<Event> endEvent(Side side) {
    return endEvents().filter(event -> event.side() == side).findFirst();
  }

  /** Returns the side that ended first, by a FIN or an RST, if any has ended. */
  public Optional<Side> closedFirst() {
    return endEvents().map(Event::side).findFirst();
  }

  /** Returns the side that reset the connection, if any has. */
  public Optional<Side> resetBy() {
    return endEvents().filter(event -> event instanceof Event.Rst).map(Event::side).findFirst();
  }

  private Stream<Event> endEvents() {
    return snapshot.markers().endEvents().stream();
  }

  /** Returns for how many nanoseconds a side had sent nothing when this was taken. */
  public long idleNanos(Side side) {
    return Math.max(0, durationNanos - snapshot.lastNanos(side));
  }

  private List<Event> comparableEvents() {
    return events().stream().filter(event -> !(event instanceof Event.Dropped)).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Conversation that && comparableEvents().equals(that.comparableEvents());
  }

  @Override
  public int hashCode() {
    return comparableEvents().hashCode();
  }

  /** Returns the number, the addresses and the sizes, such as for a log. */
  @Override
  public String toString() {
    return name()
        + ": client sent "
        + Quantity.of(byteCount(Side.CLIENT), "byte")
        + ", server "
        + byteCount(Side.SERVER);
  }
}
