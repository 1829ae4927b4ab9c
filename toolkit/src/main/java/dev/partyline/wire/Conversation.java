package dev.partyline.wire;

import java.util.List;
import java.util.Optional;
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
  private final ConnectionInfo line;
  private final long age;
  private final boolean open;
  private final ConversationSnapshot take;
  private final List<TlsSession> sessions;
  private @Nullable List<Event> events;

  Conversation(
      ConnectionInfo line,
      long age,
      boolean open,
      ConversationSnapshot take,
      List<TlsSession> sessions) {
    this.line = line;
    this.age = age;
    this.open = open;
    this.take = take;
    this.sessions = sessions;
  }

  /**
   * Returns a conversation that nobody had: connection 1 over TCP, ended, with these events.
   *
   * @throws IllegalArgumentException if a time is negative or before the one ahead of it
   */
  public static Conversation of(List<Event> events) {
    long last = events.isEmpty() ? 0 : events.get(events.size() - 1).nanos();
    ConversationSnapshot take = ConversationCopier.of(events, List.of(), List.of());
    return new Conversation(ConnectionInfo.NONE, last, false, take, List.of());
  }

  /**
   * Returns the same connection with other events, such as with secrets masked; notes and ledger
   * stay.
   */
  public Conversation with(List<Event> others) {
    return with(ConversationCopier.of(others, notes(), ledger()));
  }

  private Conversation with(ConversationSnapshot other) {
    return new Conversation(line, age, open, other, sessions);
  }

  Conversation numbered(int ordinal) {
    return new Conversation(line.numbered(ordinal), age, open, take, sessions);
  }

  /**
   * Returns the conversation without the middle of what was said, if that is more than a number of
   * bytes; what ended it stays.
   *
   * @param most how many bytes may stay, half of them from the beginning
   */
  public Conversation shortened(long most) {
    long all = count(Side.CLIENT) + count(Side.SERVER);
    return all <= most ? this : with(ConversationCopier.shortened(take, most));
  }

  /** Returns the ordinal of the connection in its recording, from 1. */
  public int number() {
    return line.number();
  }

  /** Returns what carried the conversation. */
  public Transport transport() {
    return line.transport();
  }

  /** Returns a side's literal address, such as {@code 127.0.0.1:41230}, or a path. */
  public String address(Side side) {
    return side == Side.CLIENT ? line.client() : line.server();
  }

  /** Returns how old the connection was when this was taken, or when it closed, in nanoseconds. */
  public long age() {
    return age;
  }

  /** Returns whether our end of the connection was still open. */
  public boolean isOpen() {
    return open;
  }

  /** Returns when the connection was opened, in nanoseconds after its recording began. */
  public long opened() {
    return line.opened();
  }

  /**
   * Returns everything that happened, in the order in which it was seen; where bytes were not kept
   * stands {@link Event.Dropped}.
   *
   * @throws IllegalStateException if more than 2 GiB were kept: {@link #forEachEvent} reads them
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public List<Event> events() {
    List<Event> read = events;
    if (read == null) {
      read = take.events();
      events = read;
    }
    return read;
  }

  /**
   * Hands everything that happened to a reader, one event after the other, of which only the one in
   * hand takes memory.
   *
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public void forEachEvent(Consumer<Event> reader) {
    new Traversal(take, EventReader.of(take, reader)).walk();
  }

  /**
   * Returns all the bytes that a side sent, as one run.
   *
   * @throws IllegalStateException if there are more than 2 GiB or some were not kept: {@link
   *     #bytes(Side, long, long)} reads parts, {@link #gaps()} says what is missing
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public Bytes sentBy(Side side) {
    return take.bytes(side, 0, count(side));
  }

  /**
   * Returns a part of what a side sent, without reading the rest.
   *
   * @param from the offset of its first byte in what the side sent, from 0
   * @param to the offset behind its last byte
   * @throws IndexOutOfBoundsException if the side has sent less, or the offsets are not in order
   * @throws IllegalStateException if the part is more than 2 GiB or some of it was not kept
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public Bytes bytes(Side side, long from, long to) {
    return take.bytes(side, from, to);
  }

  /**
   * Returns the offset at which some bytes first stand, in one run, in what was kept of a side, at
   * or after an offset; -1 if they do not. It reads from that offset on, a little at a time.
   *
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public long indexOf(Side side, Bytes wanted, long from) {
    return take.indexOf(side, wanted, from);
  }

  /**
   * Returns how many bytes of both sides were seen ahead of one: what is less was said earlier.
   *
   * @param offset which byte of the side, from 0
   * @throws IndexOutOfBoundsException if there is none, or what was said there was not kept
   */
  public long placeOf(Side side, long offset) {
    return take.placeOf(side, offset);
  }

  /**
   * Returns when a byte was seen, in nanoseconds after the opening, without reading any; of one
   * that was not kept at all, when the next was that was.
   *
   * @param offset which byte of the side, from 0
   * @throws IndexOutOfBoundsException if the side sent none there
   */
  public long nanosOf(Side side, long offset) {
    return take.nanosOf(side, offset);
  }

  /** Returns how many bytes a side sent, kept or not, without reading them. */
  public long count(Side side) {
    return take.count(side);
  }

  /** Returns how many bytes of a side were not kept. */
  public long dropped(Side side) {
    return gaps().stream().filter(gap -> gap.side() == side).mapToLong(Gap::bytes).sum();
  }

  /** Returns what was not kept: of the client, then of the server, in the order of the offsets. */
  public List<Gap> gaps() {
    return take.gaps();
  }

  /**
   * Returns the close ledger: which side's direction ended how, when, after how many of its own
   * bytes and why, in the order in which it was seen.
   */
  public List<Termination> ledger() {
    return take.marks().closes();
  }

  /**
   * Returns the remarks that were made, such as what faults did, in their order: the first 1,000 of
   * a connection.
   */
  public List<Note> notes() {
    return take.notes();
  }

  /**
   * Returns what was agreed on for TLS, in the order of the handshakes: nothing where nobody spoke
   * it, or where it passed through a tap unread.
   */
  public List<TlsSession> tls() {
    return sessions;
  }

  /** Returns the event by which a side ended first, a FIN or an RST, if it has. */
  public Optional<Event> endedBy(Side side) {
    return ends().filter(end -> end.side() == side).findFirst();
  }

  /** Returns the side that ended first, by a FIN or an RST, if any has. */
  public Optional<Side> closedFirst() {
    return ends().map(Event::side).findFirst();
  }

  /** Returns the side that threw the connection away, if any has. */
  public Optional<Side> resetBy() {
    return ends().filter(end -> end instanceof Event.Reset).map(Event::side).findFirst();
  }

  private Stream<Event> ends() {
    return take.marks().ends().stream();
  }

  /** Returns for how many nanoseconds a side had been silent when this was taken. */
  public long silence(Side side) {
    return Math.max(0, age - take.last(side));
  }

  private List<Event> compared() {
    return events().stream().filter(event -> !(event instanceof Event.Dropped)).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Conversation that && compared().equals(that.compared());
  }

  @Override
  public int hashCode() {
    return compared().hashCode();
  }

  /** Returns the number, the addresses and the sizes, such as for a log. */
  @Override
  public String toString() {
    return "connection "
        + number()
        + " from "
        + line.client()
        + " to "
        + line.server()
        + ": client sent "
        + count(Side.CLIENT)
        + " bytes, server "
        + count(Side.SERVER);
  }
}
