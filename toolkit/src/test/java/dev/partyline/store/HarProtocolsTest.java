package dev.partyline.store;

import static dev.partyline.view.http2.Http2Bytes.PREFACE;
import static dev.partyline.view.http2.Http2Bytes.SETTINGS;
import static dev.partyline.view.http2.Http2Bytes.all;
import static dev.partyline.view.http2.Http2Bytes.frame;
import static dev.partyline.view.http2.Http2Bytes.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.store.HarFile.HarEntry;
import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** What a file of HAR has of HTTP/2 and of WebSocket. */
class HarProtocolsTest {
  private static final String GET = "828684";
  private static final String POST = "838684";
  private static final String OK = "88";
  private static final String UPGRADE =
      "GET /chat?x=1 HTTP/1.1|Host: shop|Connection: Upgrade|Upgrade: websocket||";
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols|Connection: Upgrade|Upgrade: websocket||";

  private static String literal(String name, String value) {
    return "00" + text(name) + text(value);
  }

  private static String text(String text) {
    return String.format("%02x", text.length())
        + HexFormat.of().formatHex(Bytes.utf8(text).toArray());
  }

  @Test
  void eachStreamIsAnEntry() throws IOException {
    List<HarEntry> entries =
        HarConversation.of(
                c ->
                    c.client(all(PREFACE, SETTINGS))
                        .client(frame(1, 5, 1, GET + literal(":authority", "shop")))
                        .client(headers(3, POST + literal("content-type", "text/plain")))
                        .client(frame(0, 9, 3, "02" + "6869" + "0000"))
                        .server(all(SETTINGS, headers(3, OK), frame(0, 0, 3, "746f")))
                        .server(all(headers(1, OK), frame(0, 1, 1, "6f6e65")))
                        .server(frame(0, 1, 3, "6f")))
            .masked()
            .entries();
    assertThat(entries)
        .extracting(
            entry ->
                entry.text("request.method")
                    + " "
                    + entry.text("request.url")
                    + " "
                    + entry.number("response.status")
                    + " "
                    + entry.text("response.content.text"))
        .containsExactly("GET http://shop/ 200 one", "POST http://127.0.0.1:8080/ 200 too");
    assertThat(entries.get(1).text("request.postData.text")).isEqualTo("hi");
    assertThat(entries.get(1).number("request.bodySize")).isEqualTo(2);
    assertThat(entries.get(1).text("response.httpVersion")).isEqualTo("HTTP/2.0");
    assertThat(entries.get(0).pairs("request.headers"))
        .containsExactly(":method=GET", ":scheme=http", ":path=/", ":authority=shop");
    assertThat(entries.get(1).at("timings.send")).isEqualTo(1.0);
    assertThat(entries.get(1).at("timings.wait")).isEqualTo(1.0);
    assertThat(entries.get(1).at("timings.receive")).isEqualTo(2.0);
    assertThat(entries.get(1).at("request.comment")).isEqualTo("");
  }

  @Test
  void interimResponsesAndTrailersOfAStreamAreThere() throws IOException {
    HarEntry entry =
        HarConversation.of(
                c ->
                    c.client(all(PREFACE, SETTINGS, frame(1, 5, 1, GET)))
                        .server(all(SETTINGS, headers(1, literal(":status", "103"))))
                        .server(all(headers(1, OK), frame(1, 5, 1, literal("sum", "5")))))
            .entry();
    assertThat(entry.number("response.status")).isEqualTo(200);
    assertThat(entry.pairs("response._trailers")).containsExactly("sum=5");
    assertThat(entry.objects("_interimResponses"))
        .singleElement()
        .satisfies(each -> assertThat(each).containsEntry("status", 103.0));
  }

  @Test
  void aStreamThatIsResetSaysSo() throws IOException {
    HarEntry entry =
        HarConversation.of(
                c ->
                    c.client(all(PREFACE, SETTINGS, frame(1, 5, 1, GET)))
                        .server(all(SETTINGS, frame(3, 0, 1, "00000008"))))
            .entry();
    assertThat(entry.number("response.status")).isZero();
    assertThat(entry.text("comment"))
        .contains("server RST_STREAM", "CANCEL", "there is no response");
    assertThat(entry.at("timings.wait")).isEqualTo(1.0);
  }

  @Test
  void aPushedResponseHasThePromisedRequest() throws IOException {
    List<HarEntry> entries =
        HarConversation.of(
                c ->
                    c.client(all(PREFACE, SETTINGS, frame(1, 5, 1, GET)))
                        .server(all(SETTINGS, frame(5, 4, 1, "00000002" + POST)))
                        .server(all(headers(2, OK), frame(0, 1, 2, "6869"), frame(1, 5, 1, OK))))
            .masked()
            .entries();
    assertThat(entries).hasSize(2);
    assertThat(entries.get(1).text("request.method")).isEqualTo("POST");
    assertThat(entries.get(1).text("response.content.text")).isEqualTo("hi");
    assertThat(entries.get(1).text("comment")).isEqualTo("the server has pushed it");
  }

  @Test
  void whatAClientSendsOnAPromisedStreamIsNoPartOfItsRequest() throws IOException {
    Bytes promise = all(SETTINGS, frame(5, 4, 1, "00000002" + POST));
    HarEntry sentOn =
        HarConversation.of(
                c ->
                    c.client(all(PREFACE, SETTINGS, frame(1, 5, 1, GET)))
                        .server(promise)
                        .client(frame(0, 1, 2, "6869".repeat(200)))
                        .server(all(headers(2, OK), frame(0, 1, 2, "6869"))))
            .masked()
            .entries()
            .get(1);
    assertThat(sentOn.at("request.postData")).isEqualTo("");
    assertThat(sentOn.text("comment")).contains("must not send on a promised stream");

    HarEntry promisedLate =
        HarConversation.of(
                c ->
                    c.client(all(PREFACE, SETTINGS, frame(1, 5, 1, GET), frame(1, 5, 2, GET)))
                        .server(promise))
            .masked()
            .entries()
            .get(1);
    assertThat(promisedLate.text("request.method")).isEqualTo("GET");
    assertThat(promisedLate.text("comment")).contains("in use must not be promised");
  }

  @Test
  void flawsAreCommentsOfTheirStreamOrOfTheLog() throws IOException {
    HarFile file =
        HarConversation.of(
                c ->
                    c.client(all(PREFACE, SETTINGS, frame(1, 4, 1, GET), frame(1, 5, 3, "ff")))
                        .server(all(SETTINGS, Bytes.hex("0000"))))
            .masked();
    assertThat(file.entries()).hasSize(2);
    assertThat(file.entries().get(0).text("request.comment")).contains("no frame of it has END");
    assertThat(file.entries().get(1).text("request.comment")).contains("malformed at byte");
    assertThat(file.comment()).contains("the head of a frame has 2 of its 9 bytes");
  }

  @Test
  void anUpgradeToHttp2HasTheRequestOfHttp1() throws IOException {
    List<HarEntry> entries =
        HarConversation.of(
                c ->
                    c.client("GET /tea HTTP/1.1|Host: shop|Connection: Upgrade|Upgrade: h2c||")
                        .server("HTTP/1.1 101 OK|Connection: Upgrade|Upgrade: h2c||")
                        .client(all(PREFACE, SETTINGS))
                        .server(all(SETTINGS, headers(1, OK), frame(0, 1, 1, "6869"))))
            .masked()
            .entries();
    assertThat(entries)
        .extracting(entry -> entry.text("request.url") + " " + entry.number("response.status"))
        .containsExactly("http://shop/tea 101", "http://shop/tea 200");
    assertThat(entries.get(1).text("response.content.text")).isEqualTo("hi");
  }

  @Test
  void messagesOfWebSocketAreThereAsChromeWritesThem() throws IOException {
    HarEntry entry =
        HarConversation.of(
                c ->
                    c.client(UPGRADE)
                        .server(SWITCHED)
                        .client(Bytes.hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"))
                        .server(Bytes.hex("01 03 48 65 6c"))
                        .server(Bytes.hex("89 01 21"))
                        .server(Bytes.hex("80 02 6c 6f"))
                        .server(Bytes.hex("82 02 00 ff"))
                        .server(Bytes.hex("88 05 03 e9 62 79 65"))
                        .server(Bytes.hex("01 01 21")))
            .entry();
    assertThat(entry.text("request.url")).isEqualTo("ws://shop/chat?x=1");
    assertThat(entry.number("response.status")).isEqualTo(101);
    assertThat(entry.text("_resourceType")).isEqualTo("websocket");
    assertThat(entry.objects("_webSocketMessages"))
        .extracting(
            message ->
                message.get("type") + " " + message.get("opcode") + " " + message.get("data"))
        .containsExactly(
            "send 1.0 Hello",
            "receive 9.0 !",
            "receive 1.0 Hello",
            "receive 2.0 AP8=",
            "receive 8.0 1001 bye",
            "receive 1.0 !");
    assertThat((Double) entry.objects("_webSocketMessages").get(0).get("time"))
        .isGreaterThan(1_600_000_000);
    assertThat(entry.text("comment"))
        .contains("the last message of the server is incomplete", "no frame may follow a Close");
  }

  @Test
  void compressedMessagesOfWebSocketAreInflated() throws IOException {
    // RFC 7692, 7.2.3: "Hello", then again with the first as its context, then a broken one.
    HarEntry entry =
        HarConversation.of(
                c ->
                    c.client(UPGRADE)
                        .server(SWITCHED)
                        .server(Bytes.hex("c1 07 f2 48 cd c9 c9 07 00"))
                        .server(Bytes.hex("c1 05 f2 00 11 00 00"))
                        .server(Bytes.hex("c1 02 ff ff"))
                        .server(Bytes.hex("c1 07 f2 48 cd c9 c9 07 00"))
                        .close())
            .entry();
    assertThat(entry.objects("_webSocketMessages"))
        .extracting(message -> message.get("data"))
        .containsExactly("Hello", "Hello", "//8=", "8kjNyckHAA==");
    assertThat(entry.text("comment"))
        .containsPattern("the message that begins at byte \\d+ of the server is compressed");
  }

  @Test
  void messagesOfWebSocketAreInTheOrderOfTheirTimes() throws IOException {
    HarEntry entry =
        HarConversation.of(
                c ->
                    c.client(UPGRADE)
                        .server(SWITCHED)
                        .server(Bytes.hex("81 01 61"))
                        .client(Bytes.hex("01 81 00 00 00 00 62"))
                        .server(Bytes.hex("81 01 63"))
                        .server(Bytes.hex("88 02 03 e8")))
            .entry();
    assertThat(entry.objects("_webSocketMessages"))
        .extracting(message -> message.get("data"))
        .containsExactly("a", "b", "c", "1000");
  }

  @Test
  void secretsInCompressedMessagesAreMasked() throws IOException {
    Bytes deflated = deflated("{\"user\":\"me\",\"password\":\"hunter2\"}");
    assertThat(deflated.utf8()).doesNotContain("hunter2");
    Bytes frame = Bytes.of((byte) 0xc1, (byte) deflated.size()).plus(deflated);
    HarConversation conversation =
        HarConversation.of(c -> c.client(UPGRADE).server(SWITCHED).server(frame));
    assertThat(conversation.masked().entry().objects("_webSocketMessages").get(0))
        .containsEntry("data", "{\"user\":\"me\",\"password\":\"*******\"}");
    assertThat(conversation.exact().json()).contains("hunter2");
  }

  @Test
  void aSecretMayBeInAnotherCompressedMessageThanWhatTellsOfIt() throws IOException {
    HarConversation login =
        HarConversation.of(
            c ->
                c.client(UPGRADE)
                    .server(SWITCHED)
                    .client(compressed(0xc1, "AUTH LOGIN"))
                    .server(compressed(0xc1, "334 VXNlcm5hbWU6"))
                    .client(compressed(0xc1, "bWU="))
                    .server(compressed(0xc1, "334 UGFzc3dvcmQ6"))
                    .client(compressed(0xc1, "aHVudGVyMjIy"))
                    .server(compressed(0xc1, "235 ok")));
    assertThat(login.masked().json()).contains("AUTH LOGIN").doesNotContain("aHVudGVyMjIy");
    assertThat(login.exact().json()).contains("aHVudGVyMjIy");
    HarConversation redis =
        HarConversation.of(
            c ->
                c.client(UPGRADE)
                    .server(SWITCHED)
                    .client(compressed(0xc2, "*2\r\n$4\r\nAUTH\r\n$7\r\nhun"))
                    .client(compressed(0xc2, "ter2\r\n")));
    assertThat(redis.masked().entry().objects("_webSocketMessages"))
        .extracting(message -> latin1(message.get("data")))
        .containsExactly("*2\r\n$4\r\nAUTH\r\n$7\r\n***", "****\r\n");
  }

  private static String latin1(Object base64) {
    return new String(
        Base64.getDecoder().decode(String.valueOf(base64)), StandardCharsets.ISO_8859_1);
  }

  /** Returns a frame of a message that refers to none before it. */
  private static Bytes compressed(int head, String text) {
    Bytes deflated = deflated(text);
    return Bytes.of((byte) head, (byte) deflated.size()).plus(deflated);
  }

  /** Returns a text as permessage-deflate sends it, without the end of the block. */
  private static Bytes deflated(String text) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(Bytes.utf8(text).toArray());
    byte[] buffer = new byte[200];
    int size = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Bytes.copyOf(buffer, 0, size - 4);
  }
}
