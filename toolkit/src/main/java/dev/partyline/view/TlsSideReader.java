package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one side says in clear: the headers of its records, its hello, and alerts. */
final class TlsSideReader {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int HEARTBEAT = 24;
  private static final int ALERT_SIZE = 2;
  private static final int HELLO_REQUEST = 0;

  /** What the content may be, with the most that encryption may add: RFC 5246, 6.2.3. */
  private static final int LARGEST = (1 << 14) + 2048;

  /** The random of a server that asks for another hello: RFC 8446, 4.1.3. */
  private static final Bytes RETRY =
      Bytes.hex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  private static final int RANDOM_FROM = 6;

  private final Conversation conversation;
  private final Side side;
  private final long end;
  private final List<Gap> gaps;
  private final List<TlsRecord> records = new ArrayList<>();
  private final List<TlsMessages.Alert> alerts = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();
  private final HandshakeAssembler handshake = new HandshakeAssembler();
  private @Nullable ClientHello clientHello;
  private @Nullable ServerHello serverHello;
  private boolean encrypted;
  private boolean secret;
  private boolean retried;
  private boolean done;

  private TlsSideReader(Conversation conversation, Side side) {
    this.conversation = conversation;
    this.side = side;
    this.end = conversation.count(side);
    this.gaps = conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
  }

  static TlsSideReader of(Conversation conversation, Side side, long from) {
    TlsSideReader read = new TlsSideReader(conversation, side);
    for (long at = from; at < read.end; ) {
      at = read.record(at);
    }
    return read;
  }

  /** Reads a record, and returns where the next one is. */
  private long record(long at) {
    long headerEnd = Math.min(end, at + TlsRecord.HEADER);
    Optional<Gap> gap = gap(at, headerEnd);
    if (gap.isPresent()) {
      incomplete(
          gap.get().offset(), "what stands there was not kept, and no record behind it found");
      return end;
    }
    Bytes header = conversation.bytes(side, at, headerEnd);
    if (!check(header, at)) {
      return end;
    }
    TlsFieldReader fields = new TlsFieldReader("header", header, 0, TlsRecord.HEADER);
    TlsRecord record =
        new TlsRecord(
            side,
            at,
            fields.number("type", 1),
            fields.number("version", 2),
            fields.number("length", 2));
    if (record.length() > LARGEST) {
      malformed(at + 3, "length of record (" + record.length() + ") must be at most " + LARGEST);
      return end;
    }
    records.add(record);
    if (record.end() > end) {
      incomplete(end, "record of " + record.length() + " bytes at " + at + " is not all there");
      done = true;
    } else {
      content(record);
    }
    return record.end();
  }

  private boolean check(Bytes header, long at) {
    int type = header.at(0) & 0xff;
    if (type < CHANGE_CIPHER_SPEC || type > HEARTBEAT) {
      malformed(at, "type of record (" + type + ") must be 20 to 24 (RFC 8446, 5.1)");
    } else if (header.size() > 1 && header.at(1) != 3) {
      malformed(at + 1, "major version of record (" + (header.at(1) & 0xff) + ") must be 3");
    } else if (header.size() < TlsRecord.HEADER) {
      incomplete(end, "header of record has " + header.size() + " of its 5 bytes");
    } else {
      return true;
    }
    done = true;
    return false;
  }

  private void content(TlsRecord record) {
    long from = record.at() + TlsRecord.HEADER;
    boolean clear = !encrypted || retried;
    switch (record.type()) {
      case CHANGE_CIPHER_SPEC -> encrypted = true;
      case ALERT -> alert(record, from);
      case HANDSHAKE -> {
        if (clear && !done) {
          hello(record, from);
        }
      }
      default -> {
        secret = true;
        done |= clear;
      }
    }
  }

  /** An encrypted one is longer, or is no alert to look at (RFC 8446, 5.2). */
  private void alert(TlsRecord record, long from) {
    if (record.length() == ALERT_SIZE && gap(from, record.end()).isEmpty()) {
      Bytes content = conversation.bytes(side, from, record.end());
      alerts.add(
          new TlsMessages.Alert(side, record.at(), content.at(0) & 0xff, content.at(1) & 0xff));
    } else if (!encrypted && !secret) {
      malformed(record.at() + 3, "length of alert (" + record.length() + ") must be 2");
    }
  }

  private void hello(TlsRecord record, long from) {
    Optional<Gap> gap = gap(from, record.end());
    if (record.length() == 0 || gap.isPresent()) {
      done = true;
      gap.ifPresent(each -> incomplete(each.offset(), "the hello was not kept"));
      if (gap.isEmpty()) {
        malformed(record.at() + 3, "length of handshake record (0) must be at least 1");
      }
      return;
    }
    handshake.add(conversation.bytes(side, from, record.end()), from);
    for (Bytes next = handshake.next(); next != null && !done; next = handshake.next()) {
      message(next);
    }
  }

  private void message(Bytes message) {
    int type = message.at(0) & 0xff;
    int wanted = side == Side.CLIENT ? 1 : 2;
    if (side == Side.SERVER && type == HELLO_REQUEST) {
      return;
    }
    long start = handshake.startOf(message);
    done = true;
    if (type != wanted) {
      malformed(start, "message (" + type + ") must be " + wanted + ", the hello of the " + side);
      return;
    }
    TlsFieldReader body = new TlsFieldReader(side + "_hello", message, 4, message.size());
    try {
      if (side == Side.CLIENT) {
        clientHello = ClientHello.of(start, body);
      } else {
        serverHello = ServerHello.of(start, body);
        retried = message.slice(RANDOM_FROM, RANDOM_FROM + RETRY.size()).equals(RETRY) && !retried;
        done = !retried;
      }
    } catch (TlsFieldReader.Broken e) {
      malformed(handshake.at(message, e.at()), e.what());
    }
  }

  private Optional<Gap> gap(long from, long to) {
    return gaps.stream().filter(gap -> gap.offset() < to && gap.end() > from).findFirst();
  }

  private void malformed(long at, String what) {
    flaws.add(new Flaw(Flaw.Kind.MALFORMED, side, at, what));
  }

  private void incomplete(long at, String what) {
    flaws.add(new Flaw(Flaw.Kind.INCOMPLETE, side, at, what));
  }

  List<TlsRecord> records() {
    return List.copyOf(records);
  }

  List<TlsMessages.Alert> alerts() {
    return List.copyOf(alerts);
  }

  /** Returns what is wrong, with a hello that has begun and is not all there yet. */
  List<Flaw> flaws() {
    List<Flaw> all = new ArrayList<>(flaws);
    if (!done && !handshake.isBetweenMessages()) {
      all.add(
          new Flaw(Flaw.Kind.INCOMPLETE, side, end, "hello of the " + side + " is not all there"));
    }
    return List.copyOf(all);
  }

  @Nullable ClientHello clientHello() {
    return clientHello;
  }

  @Nullable ServerHello serverHello() {
    return serverHello;
  }
}
