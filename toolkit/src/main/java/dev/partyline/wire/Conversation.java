package dev.partyline.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both sides did on one connection, as it was at one moment: immutable and cheap to take.
 *
 * <p>Two conversations are equal when their events are: sides, bytes, chunk boundaries, how each
 * side ended, and times. Number, transport and addresses are not compared.
 */
public final class Conversation {
  private final int number;
  private final Transport transport;
  private final String client;
  private final String server;
  private final long age;
  private final boolean open;
  private final Tape.Snapshot tape;
  private @Nullable List<Event> events;

  Conversation(
      int number,
      Transport transport,
      String client,
      String server,
      long age,
      boolean open,
      Tape.Snapshot tape) {
    this.number = number;
    this.transport = transport;
    this.client = client;
    this.server = server;
    this.age = age;
    this.open = open;
    this.tape = tape;
  }

  /**
   * Returns a conversation that nobody had: connection 1 over TCP, ended, with these events.
   *
   * @throws IllegalArgumentException if a time is negative or before the one ahead of it
   */
  public static Conversation of(List<Event> events) {
    Tape tape = new Tape();
    long last = 0;
    for (Event event : events) {
      if (event.nanos() < last) {
        throw new IllegalArgumentException(
            "nanos (" + event.nanos() + ") must not be before " + last + ", the event ahead of it");
      }
      last = event.nanos();
      if (event instanceof Event.Sent sent) {
        tape.sent(sent.side(), last, sent.bytes().toBuffer());
      } else if (event instanceof Event.Finished) {
        tape.finished(event.side(), last, How.FIN, "");
      } else {
        tape.reset(event.side(), last, How.RST, "");
      }
    }
    return new Conversation(1, Transport.TCP, "?", "?", last, false, tape.snapshot());
  }

  /** Returns the same connection with other events, such as with secrets masked. */
  public Conversation with(List<Event> others) {
    Tape.Snapshot tape = of(others).tape;
    return new Conversation(number, transport, client, server, age, open, tape);
  }

  Conversation numbered(int ordinal) {
    return new Conversation(ordinal, transport, client, server, age, open, tape);
  }

  /**
   * Returns the conversation without the middle of what was said, if that is more than a number of
   * bytes; what ended it stays.
   *
   * @param most how many bytes may stay, half of them from the beginning
   */
  public Conversation shortened(long most) {
    long all = count(Side.CLIENT) + count(Side.SERVER);
    if (all <= most) {
      return this;
    }
    List<Event> kept = new ArrayList<>();
    long at = 0;
    for (Event event : events()) {
      if (event instanceof Event.Sent sent) {
        int size = sent.bytes().size();
        int head = (int) Math.max(0, Math.min(size, most / 2 - at));
        int tail = (int) Math.max(head, Math.min(size, all - most / 2 - at));
        add(kept, sent, 0, head);
        add(kept, sent, tail, size);
        at += size;
      } else {
        kept.add(event);
      }
    }
    return with(kept);
  }

  private static void add(List<Event> kept, Event.Sent sent, int from, int to) {
    if (from < to) {
      kept.add(new Event.Sent(sent.side(), sent.nanos(), sent.bytes().slice(from, to)));
    }
  }

  /** Returns the ordinal of the connection in its recording, from 1. */
  public int number() {
    return number;
  }

  /** Returns what carried the conversation. */
  public Transport transport() {
    return transport;
  }

  /** Returns a side's literal address, such as {@code 127.0.0.1:41230}, or a path. */
  public String address(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  /** Returns how old the connection was when this was taken, or when it closed, in nanoseconds. */
  public long age() {
    return age;
  }

  /** Returns whether our end of the connection was still open. */
  public boolean isOpen() {
    return open;
  }

  /** Returns everything that happened, in the order in which it was seen. */
  public List<Event> events() {
    List<Event> read = events;
    if (read == null) {
      read = tape.events();
      events = read;
    }
    return read;
  }

  /** Returns all the bytes that a side sent, as one run. */
  public Bytes sentBy(Side side) {
    return tape.sentBy(side);
  }

  /** Returns how many bytes a side sent, without reading them. */
  public long count(Side side) {
    return side == Side.CLIENT ? tape.clientBytes() : tape.serverBytes();
  }

  /**
   * Returns the close ledger: which side's direction ended how, when, after how many of its own
   * bytes and why, in the order in which it was seen.
   */
  public List<Close> ledger() {
    return tape.closes();
  }

  /** Returns the remarks that were made, such as what faults did, in their order. */
  public List<Note> notes() {
    return tape.notes();
  }

  /** Returns the event by which a side ended first, a FIN or an RST, if it has. */
  public Optional<Event> endedBy(Side side) {
    return events().stream()
        .filter(event -> event.side() == side && !(event instanceof Event.Sent))
        .findFirst();
  }

  /** Returns the side that ended first, by a FIN or an RST, if any has. */
  public Optional<Side> closedFirst() {
    return events().stream()
        .filter(event -> !(event instanceof Event.Sent))
        .map(Event::side)
        .findFirst();
  }

  /** Returns the side that threw the connection away, if any has. */
  public Optional<Side> resetBy() {
    return events().stream()
        .filter(event -> event instanceof Event.Reset)
        .map(Event::side)
        .findFirst();
  }

  /** Returns for how many nanoseconds a side had been silent when this was taken. */
  public long silence(Side side) {
    long last = 0;
    for (Event event : events()) {
      if (event.side() == side) {
        last = event.nanos();
      }
    }
    return Math.max(0, age - last);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Conversation that && events().equals(that.events());
  }

  @Override
  public int hashCode() {
    return events().hashCode();
  }

  /** Returns the number, the addresses and the sizes, such as for a log. */
  @Override
  public String toString() {
    return "connection "
        + number
        + " from "
        + client
        + " to "
        + server
        + ": client sent "
        + count(Side.CLIENT)
        + " bytes, server "
        + count(Side.SERVER);
  }
}
