package dev.partyline.view.dns;

import dev.partyline.wire.Side;
import java.util.List;

/**
 * A message, as far as it could be read.
 *
 * @param side who sent it
 * @param offset the offset of its first byte, after the length on TCP, in what the side sent
 * @param endOffset the offset after its last byte
 * @param id the number that a query and its response share, 0 to 65,535
 * @param opcode the kind of query, such as {@code QUERY}
 * @param status the outcome, such as {@code NOERROR} or {@code NXDOMAIN}, without the bits that
 *     EDNS adds
 * @param flags those that are set, as dig writes them: {@code qr}, {@code aa}, {@code tc}, {@code
 *     rd}, {@code ra}, {@code ad}, {@code cd}
 * @param questions the questions
 * @param answers the answers
 * @param authority the servers that know more
 * @param additional further records, that of EDNS included
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
   * A question.
   *
   * @param name the name with a dot at its end; bytes that are not of a host name are escaped as by
   *     dig
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
   * @param name the name with a dot at its end; bytes that are not of a host name are escaped as by
   *     dig
   * @param type its type, such as {@code AAAA}, or {@code TYPE65}
   * @param dnsClass its class, {@code IN} for the internet
   * @param ttl for how many seconds it may be cached, 0 to 4,294,967,295
   * @param data its data as dig prints them, such as {@code 127.0.0.1} or {@code 10 mx.example.}
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

  /** Returns whether it is a response. */
  public boolean isResponse() {
    return flags.contains("qr");
  }

  /** Returns it as dig prints it, in one line. */
  @Override
  public String toString() {
    return DnsPrinter.of(this);
  }
}
