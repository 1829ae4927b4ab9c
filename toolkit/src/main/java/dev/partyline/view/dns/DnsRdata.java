package dev.partyline.view.dns;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.internal.reading.FlawException;
import dev.partyline.internal.text.IpText;
import dev.partyline.wire.Bytes;
import java.util.HexFormat;

/** Prints the data of a record like dig. */
final class DnsRdata {
  private static final int INTERNET = 1;
  private static final int NONE = 254;
  private static final int ANY = 255;

  private final Bytes message;
  private final DnsNames names;
  private final int limit;
  private final StringBuilder text = new StringBuilder();
  private int position;

  DnsRdata(Bytes message, DnsNames names, int position, int limit) {
    this.message = message;
    this.names = names;
    this.position = position;
    this.limit = limit;
  }

  String decode(int type, int dnsClass, long ttl) throws FlawException {
    // In an UPDATE a record of class ANY or NONE may have no data (RFC 2136, 2.4 and 2.5).
    boolean empty =
        position == limit && (dnsClass == NONE || dnsClass == ANY) && type != DnsCodes.OPT;
    if (!empty) {
      decodeFields(type, dnsClass, ttl);
    }
    if (position != limit) {
      throw new FlawException(
          limit, "the data of a " + DnsCodes.type(type) + " record must end here");
    }
    return text.toString();
  }

  private void decodeFields(int type, int dnsClass, long ttl) throws FlawException {
    switch (type) {
      case DnsCodes.NS, DnsCodes.CNAME, DnsCodes.PTR, DnsCodes.DNAME -> appendName();
      case DnsCodes.SOA -> {
        appendName();
        appendName();
        appendNumbers(4, 4, 4, 4, 4);
      }
      case DnsCodes.MX -> {
        appendNumbers(2);
        appendName();
      }
      case DnsCodes.SRV -> {
        appendNumbers(2, 2, 2);
        appendName();
      }
      case DnsCodes.TXT, DnsCodes.HINFO -> {
        do {
          appendString(readLength());
        } while (position < limit);
      }
      case DnsCodes.CAA -> {
        appendNumbers(1);
        appendWord(DnsPrinter.escapeString(readBytes(readLength())));
        appendString(limit - position);
      }
      case DnsCodes.OPT -> appendOptions(dnsClass, ttl);
      case DnsCodes.A -> appendAddress(dnsClass, 4);
      case DnsCodes.AAAA -> appendAddress(dnsClass, 16);
      default -> appendUnknown();
    }
  }

  private void appendWord(String word) {
    text.append(text.isEmpty() ? "" : " ").append(word);
  }

  private void appendName() throws FlawException {
    position = names.readName(position);
    if (position > limit) {
      throw new FlawException(limit, "a name continues after the data of its record");
    }
    appendWord(names.name());
  }

  private void appendNumbers(int... sizes) throws FlawException {
    for (int size : sizes) {
      appendWord(String.valueOf(BigEndian.unsigned(readBytes(size), 0, size)));
    }
  }

  private int readLength() throws FlawException {
    return readBytes(1).byteAt(0) & 0xff;
  }

  private void appendString(int size) throws FlawException {
    appendWord('"' + DnsPrinter.escapeString(readBytes(size)) + '"');
  }

  private void appendAddress(int dnsClass, int size) throws FlawException {
    if (dnsClass != INTERNET) {
      appendUnknown();
      return;
    }
    appendWord(IpText.print(readBytes(size).toArray()));
  }

  /** Appends what EDNS puts into the fields of a record (RFC 6891, 6.1.3). */
  private void appendOptions(int size, long ttl) throws FlawException {
    appendWord(
        "; EDNS: version: " + (ttl >> 16 & 0xff) + ", flags:" + ((ttl & 0x8000) != 0 ? " do" : ""));
    appendWord("; udp: " + size);
    while (position < limit) {
      long code = BigEndian.unsigned(readBytes(2), 0, 2);
      Bytes value = readBytes((int) BigEndian.unsigned(readBytes(2), 0, 2));
      appendWord("; OPT=" + code + ": " + HexFormat.of().formatHex(value.toArray()));
    }
  }

  /** Appends the form of RFC 3597, 5. */
  private void appendUnknown() throws FlawException {
    Bytes remaining = readBytes(limit - position);
    appendWord("\\# " + remaining.size());
    if (!remaining.isEmpty()) {
      appendWord(HexFormat.of().formatHex(remaining.toArray()));
    }
  }

  private Bytes readBytes(int size) throws FlawException {
    if (size > limit - position) {
      throw new FlawException(
          position,
          "the data of the record has " + (limit - position) + " of " + size + " bytes here");
    }
    position += size;
    return message.slice(position - size, position);
  }
}
