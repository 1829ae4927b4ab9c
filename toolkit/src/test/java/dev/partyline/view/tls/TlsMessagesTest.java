package dev.partyline.view.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.EnginePair;
import dev.partyline.tls.Tls;
import dev.partyline.tls.TlsFault;
import dev.partyline.view.AllocatedMemory;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class TlsMessagesTest {
  private static final Tls SERVER =
      Tls.standard().alpn("h2").certificate(CertificateSpec.standard().forHosts("mail.example"));

  /** The client's hello of RFC 8448, 3, which has SNI and TLS 1.3, with its record. */
  private static final Bytes CLIENT_HELLO =
      Bytes.hex(
          "16030100c4010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece700"
              + "0006130113031302010000910000000b0009000006736572766572ff01000100000a001400120"
              + "01d0017001800190100010101020103010400230000003300260024001d002099381de560e4bd43"
              + "d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003020304000d0020001e0403"
              + "05030603020308040805080604010501060102010402050206020202002d00020101001c000240"
              + "01");

  @Test
  void showsWhatWasOfferedAndChosenInTls13() throws SSLException {
    TlsMessages messages = TlsMessages.of(handshake("TLSv1.3"));
    ClientHello hello = messages.clientHello().orElseThrow();
    assertThat(hello.offset()).isEqualTo(5);
    assertThat(hello.serverName()).contains("mail.example");
    assertThat(hello.alpn()).containsExactly("h2", "http/1.1");
    assertThat(hello.versions()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(hello.cipherSuites()).contains("TLS_AES_128_GCM_SHA256");
    assertThat(hello.extensions()).contains(0, 16, 43);
    ServerHello answer = messages.serverHello().orElseThrow();
    assertThat(answer.version()).isEqualTo("TLSv1.3");
    assertThat(answer.cipherSuite()).startsWith("TLS_AES_");
    assertThat(answer.alpn()).isEmpty();
    assertThat(messages.alerts()).isEmpty();
    assertThat(messages.flaws()).isEmpty();
  }

  @Test
  void showsTheApplicationProtocolOfTls12WhichIsInClear() throws SSLException {
    TlsMessages messages = TlsMessages.of(handshake("TLSv1.2"));
    ServerHello answer = messages.serverHello().orElseThrow();
    assertThat(answer.version()).isEqualTo("TLSv1.2");
    assertThat(answer.alpn()).contains("h2");
    assertThat(answer.cipherSuite()).startsWith("TLS_ECDHE_ECDSA_WITH_");
    assertThat(messages.clientHello().orElseThrow().versions()).containsExactly("TLSv1.2");
    assertThat(messages.alerts()).as("those that are encrypted").isEmpty();
    assertThat(messages.flaws()).isEmpty();
  }

  @Test
  void showsWhereEachRecordBeginsAndEnds() throws SSLException {
    Conversation conversation = handshake("TLSv1.2");
    for (Side side : Side.values()) {
      long expectedOffset = 0;
      for (TlsRecord record : TlsMessages.of(conversation).records(side)) {
        assertThat(record.offset()).isEqualTo(expectedOffset);
        expectedOffset = record.endOffset();
      }
      assertThat(expectedOffset).isEqualTo(conversation.byteCount(side));
    }
    assertThat(TlsMessages.of(conversation).records(Side.CLIENT))
        .extracting(TlsRecord::typeName)
        .startsWith("handshake", "handshake", "change_cipher_spec", "handshake")
        .contains("application_data");
  }

  @Test
  void readsTheHelloOfTheRfc() {
    assertThat(TlsMessages.of(conversation(Side.CLIENT, CLIENT_HELLO)))
        .hasToString(
            """
            client_hello: server, TLSv1.3, TLS_AES_128_GCM_SHA256 TLS_CHACHA20_POLY1305_SHA256 \
            TLS_AES_256_GCM_SHA384
            client 0: handshake, TLSv1, 196 bytes
            """);
  }

  @Test
  void readsAHelloThatIsSplitOverManyRecords() {
    Bytes message = CLIENT_HELLO.slice(5, CLIENT_HELLO.size());
    for (int size : new int[] {1, 3, 4, 5, 100, 195}) {
      List<Bytes> pieces = new ArrayList<>();
      for (int offset = 0; offset < message.size(); offset += size) {
        Bytes piece = message.slice(offset, Math.min(offset + size, message.size()));
        pieces.add(Bytes.of((byte) 22, (byte) 3, (byte) 1, (byte) 0, (byte) piece.size()));
        pieces.add(piece);
      }
      TlsMessages messages = TlsMessages.of(conversation(Side.CLIENT, Bytes.join(pieces)));
      assertThat(messages.clientHello()).isEqualTo(hello(conversation(Side.CLIENT, CLIENT_HELLO)));
      assertThat(messages.records(Side.CLIENT)).hasSize(pieces.size() / 2);
      assertThat(messages.flaws()).isEmpty();
    }
  }

  @Test
  void requestsForAHelloAreReadOnceHoweverManyComeAheadOfIt() {
    Bytes request = Bytes.hex("16 03 03 00 04 00 00 00 00");
    Conversation conversation =
        conversation(Side.SERVER, Bytes.join(Collections.nCopies(20_000, request)));
    TlsMessages.of(conversation);
    long allocatedBefore = AllocatedMemory.bytes();
    TlsMessages messages = TlsMessages.of(conversation);
    assertThat(AllocatedMemory.bytes() - allocatedBefore).isLessThan(100L << 20);
    assertThat(messages.records(Side.SERVER)).hasSize(20_000);
    assertThat(messages.flaws()).isEmpty();
  }

  @Test
  void readsAfterStarttls() {
    Bytes plaintext = Bytes.utf8("STARTTLS\r\n");
    Conversation conversation = conversation(Side.CLIENT, plaintext.plus(CLIENT_HELLO));
    assertThat(hello(conversation(Side.CLIENT, CLIENT_HELLO))).isPresent();
    assertThat(TlsMessages.of(conversation).clientHello()).isEmpty();
    TlsMessages messages = TlsMessages.of(conversation, plaintext.size(), 0);
    assertThat(messages.clientHello().orElseThrow().offset()).isEqualTo(plaintext.size() + 5);
    assertThat(TlsMessages.of(conversation, 1_000_000, 0).flaws()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsMessages.of(conversation, 0, -1))
        .withMessage("offset (-1) must not be negative");
  }

  @Test
  void showsAlertsInClear() {
    Bytes alert =
        TlsFault.fatalAlert("handshake_failure").insteadOfHello(Side.SERVER).orElseThrow();
    Bytes odd = Bytes.hex("15 0303 0002 01 5a 15 0303 0002 07 fe");
    assertThat(TlsMessages.of(conversation(Side.SERVER, alert.plus(odd))).alerts())
        .extracting(TlsMessages.AlertMessage::toString)
        .containsExactly(
            "server 0: fatal alert handshake_failure",
            "server 7: warning alert user_canceled",
            "server 14: level 7 alert 254");
  }

  @Test
  void whatIsNotAllThereIsIncompleteWhereverItEnds() {
    for (int size = 1; size < CLIENT_HELLO.size(); size++) {
      TlsMessages messages = TlsMessages.of(conversation(Side.CLIENT, CLIENT_HELLO.slice(0, size)));
      assertThat(messages.clientHello()).isEmpty();
      assertThat(messages.flaws())
          .singleElement()
          .satisfies(flaw -> assertThat(flaw.kind()).isEqualTo(Flaw.Kind.INCOMPLETE))
          .extracting(Flaw::offset)
          .isEqualTo((long) size);
    }
  }

  @Test
  void aHelloOfWhichARecordIsMissingIsIncomplete() {
    Bytes half = CLIENT_HELLO.slice(5, 55);
    Bytes record = Bytes.hex("16 0301 0032").plus(half);
    assertThat(flaws(Side.CLIENT, record))
        .containsExactly("incomplete at byte 55 of the client: hello of the client is cut short");
  }

  @Test
  void saysWhatIsMalformedAndWhere() {
    assertThat(flaws(Side.SERVER, Bytes.utf8("HTTP/1.1 400 Bad Request\r\n\r\n")))
        .containsExactly(
            "malformed at byte 0 of the server: type of record (72) must be 20 to 24 (RFC 8446,"
                + " 5.1)");
    assertThat(flaws(Side.CLIENT, changed(1, 2)))
        .containsExactly(
            "malformed at byte 1 of the client: major version of record (2) must be 3");
    assertThat(flaws(Side.CLIENT, changed(3, 0x50)))
        .containsExactly(
            "malformed at byte 3 of the client: length of record (20676) must be at most 18432");
    assertThat(flaws(Side.CLIENT, changed(5, 11)))
        .containsExactly(
            "malformed at byte 5 of the client: message (11) must be 1, the hello of the client");
    assertThat(flaws(Side.CLIENT, changed(45, 0xff)))
        .containsExactly(
            "malformed at byte 46 of the client: cipher_suites of 255 bytes does not fit into"
                + " client_hello: 155 bytes are left");
    assertThat(flaws(Side.CLIENT, Bytes.hex("16 0301 0000")))
        .containsExactly(
            "malformed at byte 3 of the client: length of handshake record (0) must be at least 1");
    assertThat(flaws(Side.CLIENT, Bytes.hex("15 0301 0001 02")))
        .containsExactly("malformed at byte 3 of the client: length of alert (1) must be 2");
  }

  @Test
  void findsTheByteThatIsWrongInAHelloThatIsSplit() {
    Bytes brokenHello = changed(45, 0xff).slice(5, CLIENT_HELLO.size());
    Bytes records =
        Bytes.hex("16 0301 000a")
            .plus(brokenHello.slice(0, 10))
            .plus(Bytes.hex("16 0301 00ba"))
            .plus(brokenHello.slice(10, brokenHello.size()));
    assertThat(TlsMessages.of(conversation(Side.CLIENT, records)).flaws())
        .singleElement()
        .extracting(Flaw::offset)
        .isEqualTo(51L);
  }

  @Test
  void anExtensionThatComesTwiceIsMalformed() {
    Bytes random = Bytes.of(new byte[32]);
    Bytes body =
        Bytes.hex("0303")
            .plus(random)
            .plus(Bytes.hex("00 0002 1301 01 00 0008" + "0017 0000 0017 0000"));
    Bytes message = Bytes.hex("01 0000" + String.format("%02x", body.size())).plus(body);
    Bytes record = Bytes.hex("16 0301 00" + String.format("%02x", message.size())).plus(message);
    assertThat(flaws(Side.CLIENT, record))
        .singleElement()
        .asString()
        .endsWith("extension 23 comes twice (RFC 8446, 4.2)");
  }

  @Test
  void readsOnAfterAServerHasAskedForAnotherHello() {
    String retry = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    Bytes first = serverHello(retry, "1301");
    Bytes second = serverHello("11".repeat(32), "1302");
    Bytes cipher = Bytes.hex("14 0303 0001 01");
    TlsMessages messages =
        TlsMessages.of(conversation(Side.SERVER, first.plus(cipher).plus(second)));
    assertThat(messages.serverHello().orElseThrow().cipherSuite())
        .isEqualTo("TLS_AES_256_GCM_SHA384");
    assertThat(messages.serverHello().orElseThrow().version()).isEqualTo("TLSv1.3");
    assertThat(messages.flaws()).isEmpty();
  }

  private static Bytes serverHello(String random, String suite) {
    return Bytes.hex(
        "16 0303 0032 02 00002e 0303" + random + "00" + suite + "00 0006 002b 0002 0304");
  }

  @Test
  void stopsWhereBytesWereNotKept() {
    Recorder recorder = new Recorder(System::nanoTime, RecordingPolicy.headAndTail(300, 10));
    ConversationRecorder conversationRecorder =
        recorder.open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:2");
    conversationRecorder.recordSent(Side.CLIENT, CLIENT_HELLO.toBuffer());
    Bytes data = Bytes.hex("17 0303 03e8").plus(Bytes.of(new byte[1000]));
    conversationRecorder.recordSent(Side.CLIENT, data.toBuffer());
    conversationRecorder.recordSent(Side.CLIENT, data.toBuffer());
    TlsMessages messages = TlsMessages.of(recorder.recording().conversations().get(0));
    assertThat(messages.clientHello()).isPresent();
    assertThat(messages.records(Side.CLIENT)).hasSize(2);
    assertThat(messages.flaws())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.kind()).isEqualTo(Flaw.Kind.INCOMPLETE))
        .extracting(Flaw::description)
        .isEqualTo("these bytes were not kept, and no record after them is found");
  }

  @Test
  void namesEverySuiteThatTheJvmSpeaks() throws SSLException {
    SSLEngine engine = Tls.standard().engine(Side.CLIENT, "localhost", 1);
    List<String> suites = List.of(engine.getEnabledCipherSuites());
    Bytes sent =
        EnginePair.of(engine, Tls.standard().engine(Side.SERVER, "localhost", 1))
            .handshake()
            .sentBy(Side.CLIENT);
    assertThat(hello(conversation(Side.CLIENT, sent)).orElseThrow().cipherSuites())
        .containsExactlyElementsOf(suites);
  }

  @Test
  void numbersStandForWhatHasNoName() {
    Bytes grease = changed(46, 0x1a);
    assertThat(hello(conversation(Side.CLIENT, grease)).orElseThrow().cipherSuites())
        .containsExactly("0x1a01", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384");
    assertThat(TlsCodes.version(0x7f1c)).isEqualTo("0x7f1c");
  }

  private static Optional<ClientHello> hello(Conversation conversation) {
    return TlsMessages.of(conversation).clientHello();
  }

  private static List<String> flaws(Side side, Bytes bytes) {
    return TlsMessages.of(conversation(side, bytes)).flaws().stream().map(Flaw::toString).toList();
  }

  private static Bytes changed(int index, int value) {
    byte[] bytes = CLIENT_HELLO.toArray();
    bytes[index] = (byte) value;
    return Bytes.of(bytes);
  }

  static Conversation conversation(Side side, Bytes bytes) {
    return Conversation.of(List.of(new Event.Sent(side, 0, bytes)));
  }

  private static Conversation handshake(String version) throws SSLException {
    Tls client = Tls.standard().protocols(version).alpn("h2", "http/1.1");
    if (version.equals("TLSv1.3")) {
      client = client.protocols("TLSv1.3", "TLSv1.2");
    }
    EnginePair pair = EnginePair.of(client, "mail.example", SERVER).handshake();
    return Conversation.of(
        List.of(
            new Event.Sent(Side.CLIENT, 0, pair.sentBy(Side.CLIENT)),
            new Event.Sent(Side.SERVER, 0, pair.sentBy(Side.SERVER))));
  }
}
