package dev.partyline.view.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.AllocatedMemory;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsTest {
  private static final String HEADER = "1267 0100 0001 0000 0000 0000";
  private static final String QUESTION = "01 61 07 65 78 61 6d 70 6c 65 00 00 01 00 01";

  /** An answer for the question, from the type of the record on. */
  private static Bytes answer(String record) {
    return Bytes.hex("1267 8180 0001 0001 0000 0000" + QUESTION + "c0 0c" + record);
  }

  @Test
  void printsAsDigDoes() {
    Dns view =
        Dns.of(
            ConversationBuilder.udp()
                .client(Bytes.hex(HEADER + QUESTION))
                .server(answer("00 01 00 01 00 00 01 2c 00 04 7f 00 00 01"))
                .conversation());
    assertThat(view.flaws()).isEmpty();
    assertThat(view)
        .hasToString(
            """
            client opcode: QUERY, status: NOERROR, id: 4711, flags: rd; QUESTION: a.example. IN A
            server opcode: QUERY, status: NOERROR, id: 4711, flags: qr rd ra; QUESTION: a.example. IN A; ANSWER: a.example. 300 IN A 127.0.0.1
            """);
    assertThat(view.messages().get(0).isResponse()).isFalse();
    assertThat(view.messages().get(1).isResponse()).isTrue();
    assertThat(view.messages().get(1).answers().get(0).data()).isEqualTo("127.0.0.1");
    assertThat(view.messages().get(1).endOffset()).isEqualTo(43);
  }

  /** The view reads messages of dnsjava, with compressed names, as dnsjava prints them. */
  @Test
  void readsRecordsAsDnsjavaPrintsThem() throws IOException {
    Message message = new Message(7);
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setRcode(Rcode.NXDOMAIN);
    message.addRecord(Record.newRecord(Name.fromString("b.example."), Type.ANY, DClass.IN), 0);
    List<Record> records =
        List.of(
            record("A", "192.0.2.1"),
            record("AAAA", "2001:db8::1:0:0:1"),
            record("AAAA", "::"),
            record("NS", "ns.b.example."),
            record("CNAME", "b.example."),
            record("PTR", "a\\.b.example."),
            record("MX", "10 mx.b.example."),
            record("SRV", "1 2 443 srv.b.example."),
            record("SOA", "ns.b.example. root.b.example. 2026 1 2 3 4"),
            record("TXT", "\"hello\" \"a \\\"b\\\" \\\\ \\001\""),
            record("CAA", "0 issue \"ca.example\""),
            record("DNAME", "c.example."));
    records.forEach(record -> message.addRecord(record, Section.ANSWER));
    Bytes wire = Bytes.of(message.toWire());
    Dns view = Dns.of(ConversationBuilder.udp().server(wire).conversation());
    assertThat(view.flaws()).isEmpty();
    DnsMessage viewMessage = view.messages().get(0);
    assertThat(viewMessage.status()).isEqualTo("NXDOMAIN");
    assertThat(viewMessage.answers())
        .extracting(DnsMessage.ResourceRecord::type)
        .isEqualTo(records.stream().map(record -> Type.string(record.getType())).toList());
    Message dnsjavaMessage = new Message(wire.toArray());
    assertThat(viewMessage.answers())
        .extracting(DnsMessage.ResourceRecord::data)
        .isEqualTo(
            dnsjavaMessage.getSection(Section.ANSWER).stream().map(DnsTest::expectedData).toList());
  }

  /** dnsjava prints zeros where RFC 5952 has two colons. */
  private static String expectedData(Record record) {
    String data = record.rdataToString();
    return switch (data) {
      case "2001:db8:0:0:1:0:0:1" -> "2001:db8::1:0:0:1";
      case "0:0:0:0:0:0:0:0" -> "::";
      default -> data;
    };
  }

  private static Record record(String type, String data) throws IOException {
    return Record.fromString(
        Name.fromString("b.example."), Type.value(type), DClass.IN, 300, data, Name.root);
  }

  @Test
  void readsEdnsAndTypesThatItDoesNotKnow() {
    Dns view =
        Dns.of(
            ConversationBuilder.udp()
                .client(
                    Bytes.hex(
                        "0001 0000 0000 0000 0000 0002"
                            + "00 0029 1000 00008000 0006 000a 0002 c0de"
                            + "00 fde8 0001 00000000 0002 c0de"))
                .conversation());
    assertThat(view.flaws()).isEmpty();
    assertThat(view.messages().get(0).additional())
        .extracting(DnsMessage.ResourceRecord::toString)
        .containsExactly(
            "; EDNS: version: 0, flags: do ; udp: 4096 ; OPT=10: c0de",
            ". 0 IN TYPE65000 \\# 2 c0de");
  }

  @Test
  void aRecordOfManyStringsIsReadOnce() {
    int strings = 60_000;
    String head = "0001 8000 0000 0001 0000 0000" + "00 0010 0001 00000000";
    String size = String.format("%04x%s%04x", strings + 23, head, strings);
    ConversationBuilder builder =
        ConversationBuilder.tcp().server(Bytes.hex(size + "00".repeat(strings)));
    Dns.of(builder.conversation());
    long allocatedBefore = AllocatedMemory.bytes();
    Dns view = Dns.of(builder.conversation());
    assertThat(AllocatedMemory.bytes() - allocatedBefore).isLessThan(100L << 20);
    assertThat(view.flaws()).isEmpty();
    assertThat(view.messages().get(0).answers().get(0).toString()).endsWith("\"\" \"\"");
  }

  @Test
  void readsMessagesOfAStream() {
    Bytes query = Bytes.hex("00 1b" + HEADER + QUESTION);
    Dns view =
        Dns.of(
            ConversationBuilder.tcp()
                .client(query.plus(query))
                .client(Bytes.hex("00 ff 12"))
                .conversation());
    assertThat(view.messages()).extracting(DnsMessage::offset).containsExactly(2L, 31L);
    assertThat(view.flaws())
        .extracting(Flaw::toString)
        .containsExactly("incomplete at byte 61 of the client: a message has 1 of its 255 bytes");
    assertThat(Dns.of(ConversationBuilder.tcp().client(Bytes.hex("00")).conversation()).flaws())
        .extracting(Flaw::description)
        .containsExactly("the length of a message has 1 of 2 bytes");
  }

  @Test
  void showsAMessageAsFarAsItCanBeReadAndSaysWhatIsWrong() {
    Bytes truncated = answer("00 01 00 01 00 00 01 2c 00 04 7f 00");
    Dns view = Dns.of(ConversationBuilder.udp().server(truncated).conversation());
    assertThat(view.messages().get(0).questions()).hasSize(1);
    assertThat(view.messages().get(0).answers()).isEmpty();
    assertThat(view.flaws())
        .extracting(Flaw::toString)
        .containsExactly(
            "malformed at byte 41 of the server: the data of a record has 2 of its 4 bytes");
    assertThat(flaw(Bytes.hex("1267"))).contains("the header of a message has 2 of 12 bytes");
    assertThat(flaw(Bytes.hex(HEADER))).contains("byte 12", "a name continues after the end");
    assertThat(flaw(Bytes.hex(HEADER + "01 61 00 00"))).contains("a question has 1 of its 4 bytes");
    assertThat(flaw(Bytes.hex(HEADER + QUESTION + "00"))).contains("1 byte after all that");
    assertThat(flaw(Bytes.hex(HEADER + "c0 0c 00 01 00 01"))).contains("point before it");
    assertThat(flaw(Bytes.hex(HEADER + "c0"))).contains("a pointer to a name has 1 of its 2 bytes");
    assertThat(flaw(Bytes.hex(HEADER + "80 00 01 00 01"))).contains("a label must begin");
    assertThat(flaw(Bytes.hex(HEADER + "01 61".repeat(128) + "00 00 01 00 01")))
        .contains("a name must have 255 bytes at most");
    assertThat(flaw(answer("00 01 00 01 00 00 01 2c 00 05 7f 00 00 01 00")))
        .contains("byte 44", "the data of a A record must end here");
    assertThat(flaw(answer("00 02 00 01 00 00 01 2c 00 01 01")))
        .contains("a name continues after the end of the message");
    assertThat(flaw(answer("00 10 00 01 00 00 01 2c 00 02 05 61"))).contains("has 1 of 5 bytes");
  }

  @Test
  void shortNamesThatStandForLongOnesAreDecodedOnce() {
    Bytes message =
        Bytes.hex("0001 8000 0001 0002 0000 0000" + QUESTION)
            .plus(Bytes.hex("c00c 0005 0001 00000000 0002 c00c".repeat(2)));
    DnsMessage viewMessage =
        Dns.of(ConversationBuilder.udp().server(message).conversation()).messages().get(0);
    assertThat(viewMessage.answers().get(0).name()).isSameAs(viewMessage.answers().get(1).name());
  }

  @Test
  void namesThatAreMuchLongerThanTheMessageAreNotRead() {
    String longest = ("3f" + "01".repeat(63)).repeat(3) + "30" + "01".repeat(48) + "00";
    Bytes message =
        Bytes.hex("0001 8000 0001 0200 0000 0000" + longest + "0001 0001")
            .plus(Bytes.hex("0161 c00c 000a 0001 00000000 0000".repeat(512)));
    Dns view = Dns.of(ConversationBuilder.udp().server(message).conversation());
    assertThat(view.messages().get(0).answers()).hasSizeBetween(10, 500);
    assertThat(view.flaws())
        .singleElement()
        .asString()
        .contains("more than 16 times as long as it");
  }

  private static String flaw(Bytes datagram) {
    Dns view = Dns.of(ConversationBuilder.udp().client(datagram).conversation());
    assertThat(view.flaws()).hasSize(1);
    return view.flaws().get(0).toString();
  }
}
