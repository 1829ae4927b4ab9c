package dev.partyline.view.tls;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.internal.reading.FlawException;
import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what one side sent in plaintext: the headers of its records, its hello, and alerts. */
final class TlsSideReader {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int HEARTBEAT = 24;
  private static final int ALERT_BYTES = 2;
  private static final int HELLO_REQUEST = 0;

  /** The largest content, and the most that encryption may add (RFC 5246, 6.2.3). */
  private static final int MAX_RECORD_BYTES = (1 << 14) + 2048;

  /** The random of a server that requests another hello (RFC 8446, 4.1.3). */
  private static final Bytes RETRY_RANDOM =
      Bytes.hex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  private static final int RANDOM_OFFSET = 6;

  private final SideReader input;
  private final Side side;
  private final long endOffset;
  private final List<TlsRecord> records = new ArrayList<>();
  private final List<TlsMessages.AlertMessage> alerts = new ArrayList<>();
  private final FlawList flaws;
  private final HandshakeAssembler assembler = new HandshakeAssembler();
  private @Nullable ClientHello clientHello;
  private @Nullable ServerHello serverHello;
  private boolean encrypted;
  private boolean applicationDataSeen;
  private boolean helloRetried;
  private boolean helloDone;

  private TlsSideReader(SideReader input) {
    this.input = input;
    this.side = input.side();
    this.endOffset = input.byteCount();
    this.flaws = new FlawList(side);
  }

  static TlsSideReader of(SideReader input) {
    TlsSideReader reader = new TlsSideReader(input);
    for (long offset = input.offset(); offset < reader.endOffset; ) {
      offset = reader.readRecord(offset);
    }
    reader.checkHelloEnd();
    return reader;
  }

  private void checkHelloEnd() {
    if (!helloDone && !assembler.isBetweenMessages()) {
      flaws.addIncomplete(endOffset, "hello of the " + side + " is cut short");
    }
  }

  /** Reads a record, and returns the offset of the next one. */
  private long readRecord(long offset) {
    long headerEndOffset = Math.min(endOffset, offset + TlsRecord.HEADER_BYTES);
    List<Gap> gaps = input.gapsWithin(offset, headerEndOffset);
    if (!gaps.isEmpty()) {
      flaws.addIncomplete(
          gaps.get(0).offset(), "these bytes were not kept, and no record after them is found");
      return endOffset;
    }
    Bytes header = input.bytes(offset, headerEndOffset);
    if (!checkHeader(header, offset)) {
      return endOffset;
    }
    TlsRecord record =
        new TlsRecord(
            side,
            offset,
            header.byteAt(0),
            (int) BigEndian.unsigned(header, 1, 3),
            (int) BigEndian.unsigned(header, 3, TlsRecord.HEADER_BYTES));
    if (record.length() > MAX_RECORD_BYTES) {
      flaws.addMalformed(
          offset + 3,
          "length of record (" + record.length() + ") must be at most " + MAX_RECORD_BYTES);
      return endOffset;
    }
    records.add(record);
    if (record.endOffset() > endOffset) {
      flaws.addIncomplete(
          endOffset, "record of " + record.length() + " bytes at " + offset + " is cut short");
      helloDone = true;
    } else {
      readContent(record);
    }
    return record.endOffset();
  }

  private boolean checkHeader(Bytes header, long offset) {
    int type = header.byteAt(0) & 0xff;
    if (type < CHANGE_CIPHER_SPEC || type > HEARTBEAT) {
      flaws.addMalformed(offset, "type of record (" + type + ") must be 20 to 24 (RFC 8446, 5.1)");
    } else if (header.size() > 1 && header.byteAt(1) != 3) {
      flaws.addMalformed(
          offset + 1, "major version of record (" + (header.byteAt(1) & 0xff) + ") must be 3");
    } else if (header.size() < TlsRecord.HEADER_BYTES) {
      flaws.addIncomplete(endOffset, "header of record has " + header.size() + " of its 5 bytes");
    } else {
      return true;
    }
    helloDone = true;
    return false;
  }

  private void readContent(TlsRecord record) {
    long contentOffset = record.offset() + TlsRecord.HEADER_BYTES;
    boolean plaintext = !encrypted || helloRetried;
    switch (record.type()) {
      case CHANGE_CIPHER_SPEC -> encrypted = true;
      case ALERT -> readAlert(record, contentOffset);
      case HANDSHAKE -> {
        if (plaintext && !helloDone) {
          readHello(record, contentOffset);
        }
      }
      default -> {
        applicationDataSeen = true;
        helloDone |= plaintext;
      }
    }
  }

  /** Reads an alert; an encrypted one is longer, or does not look like an alert (RFC 8446, 5.2). */
  private void readAlert(TlsRecord record, long contentOffset) {
    if (record.length() == ALERT_BYTES
        && input.gapsWithin(contentOffset, record.endOffset()).isEmpty()) {
      Bytes content = input.bytes(contentOffset, record.endOffset());
      alerts.add(
          new TlsMessages.AlertMessage(
              side, record.offset(), content.byteAt(0) & 0xff, content.byteAt(1) & 0xff));
    } else if (!encrypted && !applicationDataSeen) {
      flaws.addMalformed(
          record.offset() + 3, "length of alert (" + record.length() + ") must be 2");
    }
  }

  private void readHello(TlsRecord record, long contentOffset) {
    List<Gap> gaps = input.gapsWithin(contentOffset, record.endOffset());
    if (!gaps.isEmpty()) {
      helloDone = true;
      flaws.addIncomplete(gaps.get(0).offset(), "the hello was not kept");
      return;
    }
    if (record.length() == 0) {
      helloDone = true;
      flaws.addMalformed(record.offset() + 3, "length of handshake record (0) must be at least 1");
      return;
    }
    assembler.add(input.bytes(contentOffset, record.endOffset()), contentOffset);
    for (Bytes message = assembler.next();
        message != null && !helloDone;
        message = assembler.next()) {
      readMessage(message);
    }
  }

  private void readMessage(Bytes message) {
    int type = message.byteAt(0) & 0xff;
    int expectedType = side == Side.CLIENT ? 1 : 2;
    if (side == Side.SERVER && type == HELLO_REQUEST) {
      return;
    }
    long messageOffset = assembler.messageOffset(message);
    helloDone = true;
    if (type != expectedType) {
      flaws.addMalformed(
          messageOffset,
          "message (" + type + ") must be " + expectedType + ", the hello of the " + side);
      return;
    }
    TlsFieldReader body = new TlsFieldReader(side + "_hello", message, 4, message.size());
    try {
      if (side == Side.CLIENT) {
        clientHello = ClientHello.of(messageOffset, body);
      } else {
        serverHello = ServerHello.of(messageOffset, body);
        helloRetried =
            message.slice(RANDOM_OFFSET, RANDOM_OFFSET + RETRY_RANDOM.size()).equals(RETRY_RANDOM)
                && !helloRetried;
        helloDone = !helloRetried;
      }
    } catch (FlawException e) {
      flaws.addMalformed(assembler.offsetOf(message, (int) e.offset()), e.description());
    }
  }

  List<TlsRecord> records() {
    return List.copyOf(records);
  }

  List<TlsMessages.AlertMessage> alerts() {
    return List.copyOf(alerts);
  }

  List<Flaw> flaws() {
    return flaws.list();
  }

  @Nullable ClientHello clientHello() {
    return clientHello;
  }

  @Nullable ServerHello serverHello() {
    return serverHello;
  }
}
