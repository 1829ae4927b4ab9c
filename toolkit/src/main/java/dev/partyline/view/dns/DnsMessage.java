package dev.partyline.view.dns;

import dev.partyline.wire.Side;
import java.util.List;

/**
 * A message, with as much of it as could be read.
 *
 * @param side who sent it
 * @param offset the offset of its first byte in what the side sent, behind the length on TCP
 * @param endOffset the offset behind its last byte
 * @param id the number that a query and its answer share, 0 to 65,535
 * @param opcode what kind of query it is, such as {@code QUERY}
 * @param status what has become of it, such as {@code NOERROR} or {@code NXDOMAIN}, without the
 *     bits that EDNS adds
 * @param flags those that are set, as dig writes them: {@code qr}, {@code aa}, {@code tc}, {@code
 *     rd}, {@code ra}, {@code ad}, {@code cd}
 * @param questions what is asked
 * @param answers what is answered
 * @param authority who knows more
 * @param additional what goes with the rest, EDNS too
 */
public record DnsMessage(
    Side side,
    long offset,
    long endOffset,
    int id,
    String opcode,
    String status,
    List<String> flags,
    List<Question> questions,
    List<ResourceRecord> answers,
    List<ResourceRecord> authority,
    List<ResourceRecord> additional) {

  /**
   * What is asked.
   *
   * @param name the name with a dot at its end, other bytes than those of a host as dig escapes
   *     them
   * @param type the type of the records, such as {@code AAAA}, or {@code TYPE65}
   * @param dnsClass the class, {@code IN} for the internet
   */
  public record Question(String name, String type, String dnsClass) {
    /** Returns it as dig prints it, such as {@code a.example. IN A}. */
    @Override
    public String toString() {
      return name + " " + dnsClass + " " + type;
    }
  }

  /**
   * A resource record.
   *
   * @param name the name with a dot at its end, other bytes than those of a host as dig escapes
   *     them
   * @param type its type, such as {@code AAAA}, or {@code TYPE65}
   * @param dnsClass its class, {@code IN} for the internet
   * @param ttl for how many seconds it may be kept, 0 to 4,294,967,295
   * @param data what it says, as dig prints it, such as {@code 127.0.0.1} or {@code 10 mx.example.}
   */
  public record ResourceRecord(String name, String type, String dnsClass, long ttl, String data) {
    /** Returns it as dig prints it, such as {@code a.example. 300 IN A 127.0.0.1}. */
    @Override
    public String toString() {
      return type.equals("OPT")
          ? data
          : name + " " + ttl + " " + dnsClass + " " + type + " " + data;
    }
  }

  /** Returns whether it is an answer. */
  public boolean isResponse() {
    return flags.contains("qr");
  }

  /** Returns it as dig prints it, in one line. */
  @Override
  public String toString() {
    return DnsPrinter.of(this);
  }
}
