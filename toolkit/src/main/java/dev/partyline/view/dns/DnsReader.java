package dev.partyline.view.dns;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.internal.reading.FlawException;
import dev.partyline.internal.text.Quantity;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one message (RFC 1035, 4) as far as possible. */
final class DnsReader {
  private static final int HEADER_BYTES = 12;
  private static final int RECORD_BYTES = 10;
  private static final List<String> FLAGS = List.of("qr", "aa", "tc", "rd", "ra", "", "ad", "cd");
  private static final List<Integer> BITS =
      List.of(0x8000, 0x400, 0x200, 0x100, 0x80, 0x40, 0x20, 0x10);

  private final Side side;
  private final long offset;
  private final Bytes bytes;
  private final DnsNames names;
  private final List<DnsMessage.Question> questions = new ArrayList<>();
  private final List<List<DnsMessage.ResourceRecord>> sections =
      List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  private @Nullable FlawException failure;
  private int position = HEADER_BYTES;

  private DnsReader(Side side, long offset, Bytes bytes) {
    this.side = side;
    this.offset = offset;
    this.bytes = bytes;
    this.names = new DnsNames(bytes);
  }

  static DnsReader of(Side side, long offset, Bytes bytes) {
    DnsReader reader = new DnsReader(side, offset, bytes);
    try {
      reader.read();
    } catch (FlawException e) {
      reader.failure = e;
    }
    return reader;
  }

  /** Returns what could be read; nothing if the header could not. */
  Optional<DnsMessage> message() {
    if (bytes.size() < HEADER_BYTES) {
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
        new DnsMessage(
            side,
            offset,
            offset + bytes.size(),
            number(0),
            DnsCodes.opcode(bits >> 11 & 0xf),
            DnsCodes.status(bits & 0xf),
            List.copyOf(flags),
            List.copyOf(questions),
            List.copyOf(sections.get(0)),
            List.copyOf(sections.get(1)),
            List.copyOf(sections.get(2))));
  }

  /** Returns the flaw that ended the reading, if any. */
  Optional<Flaw> flaw(Flaw.Kind kind) {
    return Optional.ofNullable(failure)
        .map(e -> new Flaw(kind, side, offset + e.offset(), e.description()));
  }

  private void read() throws FlawException {
    if (bytes.size() < HEADER_BYTES) {
      throw new FlawException(
          bytes.size(), "the header of a message has " + bytes.size() + " of 12 bytes");
    }
    for (int i = number(4); i > 0; i--) {
      position = names.readName(position);
      String name = names.name();
      require(4, "a question");
      questions.add(
          new DnsMessage.Question(
              name, DnsCodes.type(number(position)), DnsCodes.dnsClass(number(position + 2))));
      position += 4;
    }
    for (int section = 0; section < sections.size(); section++) {
      for (int i = number(6 + 2 * section); i > 0; i--) {
        sections.get(section).add(readRecord());
      }
    }
    if (position < bytes.size()) {
      String remaining = Quantity.of(bytes.size() - position, "byte");
      throw new FlawException(
          position, "the message has " + remaining + " after all that it counts");
    }
  }

  private DnsMessage.ResourceRecord readRecord() throws FlawException {
    position = names.readName(position);
    String name = names.name();
    require(RECORD_BYTES, "a record");
    int type = number(position);
    int dnsClass = number(position + 2);
    long ttl = BigEndian.unsigned(bytes, position + 4, position + 8);
    int length = number(position + 8);
    position += RECORD_BYTES;
    require(length, "the data of a record");
    String data =
        new DnsRdata(bytes, names, position, position + length).decode(type, dnsClass, ttl);
    position += length;
    return new DnsMessage.ResourceRecord(
        name, DnsCodes.type(type), DnsCodes.dnsClass(dnsClass), ttl, data);
  }

  private void require(int size, String subject) throws FlawException {
    if (size > bytes.size() - position) {
      String available = (bytes.size() - position) + " of its " + size + " bytes";
      throw new FlawException(bytes.size(), subject + " has " + available);
    }
  }

  private int number(int start) {
    return (int) BigEndian.unsigned(bytes, start, start + 2);
  }
}
