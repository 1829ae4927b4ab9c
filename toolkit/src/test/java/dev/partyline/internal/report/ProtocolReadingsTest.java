package dev.partyline.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolReadingsTest {
  private static List<String> names(Conversation conversation) {
    return ProtocolReadings.of(conversation).stream().map(ProtocolReading::name).toList();
  }

  private static List<String> parts(Conversation conversation, int reading) {
    return ProtocolReadings.of(conversation).get(reading).parts().stream()
        .map(part -> part.offset() + ".." + part.endOffset() + " " + part.text())
        .toList();
  }

  @Test
  void readsHttp1AsCurlPrintsIt() {
    Conversation conversation =
        ConversationBuilder.tcp()
            .client("GET /a HTTP/1.1|Host: a||")
            .server("HTTP/1.1 204 No Content||")
            .conversation();
    assertThat(names(conversation)).containsExactly("HTTP/1");
    assertThat(ProtocolReadings.of(conversation).get(0).text())
        .contains("> GET /a HTTP/1.1\n", "< HTTP/1.1 204 No Content\n");
    assertThat(parts(conversation, 0))
        .containsExactly(
            "0..28 GET /a HTTP/1.1 at bytes 0..28 of the client",
            "0..27 HTTP/1.1 204 No Content at bytes 0..27 of the server");
  }

  @Test
  void readsWhatHttp1WasUpgradedTo() {
    Conversation conversation =
        ConversationBuilder.tcp()
            .client("GET / HTTP/1.1|Upgrade: websocket||")
            .server("HTTP/1.1 101 OK||")
            .server(Bytes.hex("81 05 48 65 6c 6c 6f"))
            .conversation();
    assertThat(names(conversation)).containsExactly("HTTP/1", "WebSocket");
    assertThat(parts(conversation, 1)).containsExactly("19..26 server WebSocket Text [FIN] Hello");
  }

  @Test
  void readsHttp2ByItsPreface() {
    Conversation conversation =
        ConversationBuilder.tcp()
            .client("PRI * HTTP/2.0||SM||")
            .client(Bytes.hex("000000 04 00 00000000"))
            .conversation();
    assertThat(names(conversation)).containsExactly("HTTP/2");
    assertThat(parts(conversation, 0)).hasSize(2).last().asString().startsWith("24..33 ");
  }

  @Test
  void readsRespByTheFirstAnswer() {
    Conversation conversation =
        ConversationBuilder.tcp().client("PING|").server("+PONG|").conversation();
    assertThat(names(conversation)).containsExactly("RESP");
    assertThat(parts(conversation, 0)).containsExactly("0..6 client PING", "0..7 server PONG");
  }

  @Test
  void readsDnsOnUdp() {
    Bytes query = Bytes.hex("002a 0100 0001 0000 0000 0000 01 61 00 0001 0001");
    Conversation conversation = ConversationBuilder.udp().client(query).conversation();
    assertThat(names(conversation)).containsExactly("DNS");
    assertThat(parts(conversation, 0)).singleElement().asString().startsWith("0..19 client ");
  }

  @Test
  void readsTheRecordsOfTls() {
    Conversation conversation =
        ConversationBuilder.tcp()
            .client(Bytes.hex("16 03 01 00 02 01 00"))
            .server(Bytes.hex("15 03 03 00 02 02 28"))
            .conversation();
    assertThat(names(conversation)).containsExactly("TLS");
    assertThat(parts(conversation, 0))
        .containsExactly(
            "0..7 client 0: handshake, TLSv1, 2 bytes", "0..7 server 0: alert, TLSv1.2, 2 bytes");
    assertThat(ProtocolReadings.of(conversation).get(0).text()).contains("handshake_failure");
  }

  @Test
  void guessesNothing() {
    assertThat(names(ConversationBuilder.tcp().client("EHLO a|").server("250 ok|").conversation()))
        .isEmpty();
    assertThat(names(ConversationBuilder.udp().client("hello").conversation())).isEmpty();
    assertThat(names(ConversationBuilder.tcp().conversation())).isEmpty();
  }
}
