package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.HexFormat;

/** What a record says, as dig prints it. */
final class DnsRdata {
  private static final int INTERNET = 1;
  private static final int NONE = 254;
  private static final int ANY = 255;

  private final Bytes message;
  private final DnsNames names;
  private final int end;
  private final StringBuilder text = new StringBuilder();
  private int at;

  DnsRdata(Bytes message, DnsNames names, int from, int end) {
    this.message = message;
    this.names = names;
    this.at = from;
    this.end = end;
  }

  String text(int type, int ofClass, long ttl) throws MalformedException {
    // A record of an UPDATE that stands for any or none has none (RFC 2136, 2.4 and 2.5).
    boolean empty = at == end && (ofClass == NONE || ofClass == ANY) && type != DnsCodes.OPT;
    if (!empty) {
      read(type, ofClass, ttl);
    }
    if (at != end) {
      throw new MalformedException(
          end, "the data of a " + DnsCodes.type(type) + " record must end here");
    }
    return text.toString();
  }

  private void read(int type, int ofClass, long ttl) throws MalformedException {
    switch (type) {
      case DnsCodes.NS, DnsCodes.CNAME, DnsCodes.PTR, DnsCodes.DNAME -> name();
      case DnsCodes.SOA -> {
        name();
        name();
        numbers(4, 4, 4, 4, 4);
      }
      case DnsCodes.MX -> {
        numbers(2);
        name();
      }
      case DnsCodes.SRV -> {
        numbers(2, 2, 2);
        name();
      }
      case DnsCodes.TXT, DnsCodes.HINFO -> {
        do {
          string(length());
        } while (at < end);
      }
      case DnsCodes.CAA -> {
        numbers(1);
        word(DnsPrinter.plain(take(length())));
        string(end - at);
      }
      case DnsCodes.OPT -> options(ofClass, ttl);
      case DnsCodes.A -> address(ofClass, 4);
      case DnsCodes.AAAA -> address(ofClass, 16);
      default -> unknown();
    }
  }

  private void word(String word) {
    text.append(text.isEmpty() ? "" : " ").append(word);
  }

  private void name() throws MalformedException {
    at = names.end(at);
    if (at > end) {
      throw new MalformedException(end, "a name goes on behind the data of its record");
    }
    word(names.name());
  }

  private void numbers(int... sizes) throws MalformedException {
    for (int size : sizes) {
      word(String.valueOf(BigEndian.unsigned(take(size), 0, size)));
    }
  }

  private int length() throws MalformedException {
    return take(1).at(0) & 0xff;
  }

  private void string(int size) throws MalformedException {
    word('"' + DnsPrinter.plain(take(size)) + '"');
  }

  private void address(int ofClass, int size) throws MalformedException {
    if (ofClass != INTERNET) {
      unknown();
      return;
    }
    Bytes address = take(size);
    word(size == 4 ? DnsPrinter.ipv4(address) : DnsPrinter.ipv6(address));
  }

  /** What EDNS says in the fields of a record (RFC 6891, 6.1.3). */
  private void options(int size, long ttl) throws MalformedException {
    word(
        "; EDNS: version: " + (ttl >> 16 & 0xff) + ", flags:" + ((ttl & 0x8000) != 0 ? " do" : ""));
    word("; udp: " + size);
    while (at < end) {
      long code = BigEndian.unsigned(take(2), 0, 2);
      Bytes value = take((int) BigEndian.unsigned(take(2), 0, 2));
      word("; OPT=" + code + ": " + HexFormat.of().formatHex(value.toArray()));
    }
  }

  /** As RFC 3597, 5, has it. */
  private void unknown() throws MalformedException {
    Bytes rest = take(end - at);
    word("\\# " + rest.size());
    if (!rest.isEmpty()) {
      word(HexFormat.of().formatHex(rest.toArray()));
    }
  }

  private Bytes take(int size) throws MalformedException {
    if (size > end - at) {
      throw new MalformedException(
          at, "the data of the record has " + (end - at) + " of " + size + " bytes here");
    }
    at += size;
    return message.slice(at - size, at);
  }
}
