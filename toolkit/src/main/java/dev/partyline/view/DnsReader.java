package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one message (RFC 1035, 4) as far as it can be read. */
final class DnsReader {
  private static final int HEADER = 12;
  private static final int RECORD = 10;
  private static final List<String> FLAGS = List.of("qr", "aa", "tc", "rd", "ra", "", "ad", "cd");
  private static final List<Integer> BITS =
      List.of(0x8000, 0x400, 0x200, 0x100, 0x80, 0x40, 0x20, 0x10);

  private final Side side;
  private final long from;
  private final Bytes bytes;
  private final DnsNames names;
  private final List<Dns.Question> questions = new ArrayList<>();
  private final List<List<Dns.Resource>> sections =
      List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  private @Nullable MalformedException wrong;
  private int at = HEADER;

  private DnsReader(Side side, long from, Bytes bytes) {
    this.side = side;
    this.from = from;
    this.bytes = bytes;
    this.names = new DnsNames(bytes);
  }

  static DnsReader of(Side side, long from, Bytes bytes) {
    DnsReader reader = new DnsReader(side, from, bytes);
    try {
      reader.read();
    } catch (MalformedException e) {
      reader.wrong = e;
    }
    return reader;
  }

  /** Returns what could be read; nothing if not even the header could. */
  Optional<Dns.Message> message() {
    if (bytes.size() < HEADER) {
      return Optional.empty();
    }
    int bits = number(2);
    List<String> flags = new ArrayList<>();
    for (int i = 0; i < FLAGS.size(); i++) {
      if ((bits & BITS.get(i)) != 0 && !FLAGS.get(i).isEmpty()) {
        flags.add(FLAGS.get(i));
      }
    }
    return Optional.of(
        new Dns.Message(
            side,
            from,
            from + bytes.size(),
            number(0),
            DnsCodes.opcode(bits >> 11 & 0xf),
            DnsCodes.status(bits & 0xf),
            List.copyOf(flags),
            List.copyOf(questions),
            List.copyOf(sections.get(0)),
            List.copyOf(sections.get(1)),
            List.copyOf(sections.get(2))));
  }

  /** Returns what is wrong with the message, if anything. */
  Optional<Flaw> flaw(Flaw.Kind kind) {
    return Optional.ofNullable(wrong).map(e -> new Flaw(kind, side, from + e.at, e.what()));
  }

  private void read() throws MalformedException {
    if (bytes.size() < HEADER) {
      throw new MalformedException(
          bytes.size(), "the header of a message has " + bytes.size() + " of 12 bytes");
    }
    for (int i = number(4); i > 0; i--) {
      at = names.end(at);
      String name = names.name();
      need(4, "a question");
      questions.add(
          new Dns.Question(name, DnsCodes.type(number(at)), DnsCodes.ofClass(number(at + 2))));
      at += 4;
    }
    for (int section = 0; section < sections.size(); section++) {
      for (int i = number(6 + 2 * section); i > 0; i--) {
        sections.get(section).add(resource());
      }
    }
    if (at < bytes.size()) {
      String rest = (bytes.size() - at) + " bytes";
      throw new MalformedException(at, "the message has " + rest + " behind all that it counts");
    }
  }

  private Dns.Resource resource() throws MalformedException {
    at = names.end(at);
    String name = names.name();
    need(RECORD, "a record");
    int type = number(at);
    int ofClass = number(at + 2);
    long ttl = BigEndian.unsigned(bytes, at + 4, at + 8);
    int length = number(at + 8);
    at += RECORD;
    need(length, "the data of a record");
    String data = new DnsRdata(bytes, names, at, at + length).text(type, ofClass, ttl);
    at += length;
    return new Dns.Resource(name, DnsCodes.type(type), DnsCodes.ofClass(ofClass), ttl, data);
  }

  private void need(int size, String what) throws MalformedException {
    if (size > bytes.size() - at) {
      String rest = (bytes.size() - at) + " of its " + size + " bytes";
      throw new MalformedException(bytes.size(), what + " has " + rest);
    }
  }

  private int number(int at) {
    return (int) BigEndian.unsigned(bytes, at, at + 2);
  }
}
