package dev.partyline.view.http2;

import static dev.partyline.view.http2.Http2Bytes.ACK;
import static dev.partyline.view.http2.Http2Bytes.PREFACE;
import static dev.partyline.view.http2.Http2Bytes.SETTINGS;
import static dev.partyline.view.http2.Http2Bytes.all;
import static dev.partyline.view.http2.Http2Bytes.frame;
import static dev.partyline.view.http2.Http2Bytes.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7541, appendix C, and what the table of a side depends on. */
class HpackDecoderTest {
  private static final List<String> REQUESTS =
      List.of(
          ":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com",
          ":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\n"
              + "cache-control: no-cache",
          ":method: GET\n:scheme: https\n:path: /index.html\n:authority: www.example.com\n"
              + "custom-key: custom-value");

  private static final String DATES =
      "cache-control: private\ndate: Mon, 21 Oct 2013 20:13:2%d GMT\n"
          + "location: https://www.example.com";

  private static final List<String> ANSWERS =
      List.of(
          ":status: 302\n" + String.format(DATES, 1),
          ":status: 307\n" + String.format(DATES, 1),
          ":status: 200\n"
              + String.format(DATES, 2)
              + "\ncontent-encoding: gzip\nset-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU;"
              + " max-age=3600; version=1");

  @Test
  void decodesRequestsWithoutHuffmanCoding() { // C.3
    assertThat(
            requestFields(
                "828684410f7777772e6578616d706c652e636f6d",
                "828684be58086e6f2d6361636865",
                "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565"))
        .isEqualTo(REQUESTS);
  }

  @Test
  void decodesRequestsWithHuffmanCoding() { // C.4
    assertThat(
            requestFields(
                "828684418cf1e3c2e5f23a6ba0ab90f4ff",
                "828684be5886a8eb10649cbf",
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"))
        .isEqualTo(REQUESTS);
  }

  @Test
  void decodesAnswersWithoutHuffmanCoding() { // C.5
    assertThat(
            responseFields(
                "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a3231"
                    + "20474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
                "4803333037c1c0bf",
                "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a697077"
                    + "38666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167"
                    + "653d333630303b2076657273696f6e3d31"))
        .isEqualTo(ANSWERS);
  }

  @Test
  void decodesAnswersWithHuffmanCoding() { // C.6
    assertThat(
            responseFields(
                "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad17"
                    + "1863c78f0b97c8e9ae82ae43d3",
                "4883640effc1c0bf",
                "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6"
                    + "c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"))
        .isEqualTo(ANSWERS);
  }

  @Test
  void keepsTheOrderInWhichFieldsWereSent() {
    // custom-key: custom-header (C.2.1) before :method: GET, which no request may have in that
    // order.
    assertThat(requestFields("400a637573746f6d2d6b65790d637573746f6d2d68656164657282"))
        .containsExactly("custom-key: custom-header\n:method: GET");
  }

  @Test
  void letsTheTableGrowOnceTheSettingsOfThePeerAreAcknowledged() {
    Bytes settingsFrame = frame(4, 0, 0, "000100010000"); // HEADER_TABLE_SIZE 65,536
    Bytes headersFrame = headers(1, "3fe1ff0382"); // a table of 65,536 bytes, and :method: GET
    ConversationBuilder builder =
        ConversationBuilder.tcp().client(all(PREFACE, SETTINGS)).server(settingsFrame);
    assertThat(Http2.of(builder.client(all(ACK, headersFrame)).conversation()).flaws()).isEmpty();
    assertThat(
            Http2.of(
                    ConversationBuilder.tcp()
                        .client(all(PREFACE, SETTINGS, headersFrame))
                        .conversation())
                .flaws())
        .singleElement()
        .asString()
        .startsWith("malformed at byte 46 of the client: these header fields cannot be decoded");
  }

  @Test
  void saysThatATableMayHaveBeenTooLarge() {
    Bytes settingsFrame = frame(4, 0, 0, "000100020000"); // HEADER_TABLE_SIZE 131,072
    Bytes headersFrame = headers(1, "3fe1ff0782"); // a table of 131,072 bytes, and :method: GET
    ConversationBuilder builder =
        ConversationBuilder.tcp().client(all(PREFACE, SETTINGS)).server(settingsFrame);
    assertThat(Http2.of(builder.client(all(ACK, headersFrame)).conversation()).flaws())
        .singleElement()
        .asString()
        .endsWith("; a table of more than 65536 bytes, as was allowed, is not kept here");
  }

  private static List<String> requestFields(String... blocks) {
    ConversationBuilder builder = ConversationBuilder.tcp().client(all(PREFACE, SETTINGS));
    for (String block : blocks) {
      builder.client(headers(1, block));
    }
    return fields(builder);
  }

  /** The examples have a table of 256 bytes. */
  private static List<String> responseFields(String... blocks) {
    Bytes settingsFrame = frame(4, 0, 0, "000100000100");
    ConversationBuilder builder =
        ConversationBuilder.tcp().client(all(PREFACE, settingsFrame)).server(all(SETTINGS, ACK));
    String tableSizeUpdate = "3fe101";
    for (String block : blocks) {
      builder.server(headers(1, tableSizeUpdate + block));
      tableSizeUpdate = "";
    }
    return fields(builder);
  }

  private static List<String> fields(ConversationBuilder builder) {
    Http2 view = Http2.of(builder.conversation());
    assertThat(view.flaws()).isEmpty();
    return view.frames().stream()
        .filter(frame -> frame.kind() == Http2Frame.Kind.HEADERS)
        .map(
            frame ->
                String.join("\n", frame.fields().stream().map(HpackDecoderTest::line).toList()))
        .toList();
  }

  private static String line(Http2Frame.Field field) {
    return field.name() + ": " + field.value();
  }
}
