package dev.partyline.view.http2;

import static dev.partyline.view.http2.Http2Bytes.ACK;
import static dev.partyline.view.http2.Http2Bytes.PREFACE;
import static dev.partyline.view.http2.Http2Bytes.SETTINGS;
import static dev.partyline.view.http2.Http2Bytes.all;
import static dev.partyline.view.http2.Http2Bytes.frame;
import static dev.partyline.view.http2.Http2Bytes.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.view.Flaw;
import dev.partyline.view.resp.Resp;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class Http2Test {
  private static final String GET = "828684";

  @Test
  void printsAsNghttpDoes() {
    Conversation conversation =
        ConversationBuilder.tcp()
            .client(all(PREFACE, frame(4, 0, 0, "000300000064" + "000400100000")))
            .client(frame(1, 0x2d, 1, "02" + "8000000bdb" + GET + "0000"))
            .server(all(SETTINGS, ACK, frame(8, 0, 0, "00000001")))
            .server(all(headers(1, "88"), frame(0, 9, 1, "01" + "6869" + "00")))
            .client(all(ACK, frame(2, 0, 3, "0000000110"), frame(3, 0, 1, "00000008")))
            .server(all(frame(5, 4, 1, "00000002" + GET), frame(6, 1, 0, "0102030405060708")))
            .client(frame(7, 0, 0, "00000001" + "0000000b" + "627965"))
            .server(frame(10, 0, 1, "c0de"))
            .conversation();
    assertThat(Http2.of(conversation))
        .hasToString(
            """
            client PREFACE | PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n
            client SETTINGS frame <length=12, flags=0x00, stream_id=0> | [SETTINGS_MAX_CONCURRENT_STREAMS(0x03):100] | [SETTINGS_INITIAL_WINDOW_SIZE(0x04):1048576]
            client HEADERS frame <length=11, flags=0x2d, stream_id=1> ; END_STREAM | END_HEADERS | PADDED | PRIORITY | (padlen=2, dep_stream_id=11, weight=220, exclusive=1) | :method: GET | :scheme: http | :path: /
            server SETTINGS frame <length=0, flags=0x00, stream_id=0>
            server SETTINGS frame <length=0, flags=0x01, stream_id=0> ; ACK
            server WINDOW_UPDATE frame <length=4, flags=0x00, stream_id=0> | (window_size_increment=1)
            server HEADERS frame <length=1, flags=0x04, stream_id=1> ; END_HEADERS | :status: 200
            server DATA frame <length=4, flags=0x09, stream_id=1> ; END_STREAM | PADDED | (padlen=1) | hi
            client SETTINGS frame <length=0, flags=0x01, stream_id=0> ; ACK
            client PRIORITY frame <length=5, flags=0x00, stream_id=3> | (dep_stream_id=1, weight=17, exclusive=0)
            client RST_STREAM frame <length=4, flags=0x00, stream_id=1> | (error_code=CANCEL(0x08))
            server PUSH_PROMISE frame <length=7, flags=0x04, stream_id=1> ; END_HEADERS | (promised_stream_id=2) | :method: GET | :scheme: http | :path: /
            server PING frame <length=8, flags=0x01, stream_id=0> ; ACK | (opaque_data=0102030405060708)
            client GOAWAY frame <length=11, flags=0x00, stream_id=0> | (last_stream_id=1, error_code=ENHANCE_YOUR_CALM(0x0b), opaque_data(3)=[bye])
            server UNKNOWN(0x0a) frame <length=2, flags=0x00, stream_id=1> | \\xc0\\xde
            """);
  }

  @Test
  void tellsWhereEachFrameBeginsAndEndsAndWhatIsInIt() {
    Conversation conversation =
        ConversationBuilder.tcp()
            .client(all(PREFACE, SETTINGS, headers(1, GET), frame(0, 9, 1, "02" + "6869" + "0000")))
            .conversation();
    List<Http2Frame> frames = Http2.of(conversation).frames();
    assertThat(frames).extracting(Http2Frame::offset).containsExactly(0L, 24L, 33L, 45L);
    assertThat(frames).extracting(Http2Frame::endOffset).containsExactly(24L, 33L, 45L, 59L);
    assertThat(frames.get(2).field(":path")).contains("/");
    assertThat(frames.get(2).field("host")).isEmpty();
    assertThat(frames.get(2).endsStream()).isFalse();
    assertThat(frames.get(3).content()).isEqualTo(Bytes.utf8("hi"));
    assertThat(frames.get(3).payload()).isEqualTo(Bytes.hex("0268690000"));
    assertThat(frames.get(3).endsStream()).isTrue();
    assertThat(conversation.bytes(Side.CLIENT, 45, 59).slice(9, 14))
        .isEqualTo(frames.get(3).payload());
  }

  @Test
  void decodesHeaderFieldsThatGoOnInOtherFrames() {
    Bytes parts = all(frame(1, 0, 1, "82"), frame(9, 0, 1, "86"), frame(9, 4, 1, "84"));
    Http2 view = clientView(parts);
    assertThat(view.flaws()).isEmpty();
    assertThat(view.frames().get(2).fields()).hasSize(3);
    assertThat(view.frames())
        .extracting(Http2Frame::kind)
        .endsWith(
            Http2Frame.Kind.HEADERS, Http2Frame.Kind.CONTINUATION, Http2Frame.Kind.CONTINUATION);
  }

  @Test
  void saysWhereHeaderFieldsBreakTheRulesAndDecodesNoMore() {
    // The second frame refers to entry 70 of an empty table.
    Bytes parts = all(frame(1, 0, 1, "82"), frame(9, 4, 1, "86c6"), headers(3, GET));
    Http2 view = clientView(parts);
    assertThat(view.flaws()).extracting(Flaw::offset).containsExactly(33L + 10 + 11, 54L);
    assertThat(view.flaws().get(0).toString())
        .startsWith("malformed at byte 54 of the client: these header fields cannot be decoded: ");
    assertThat(view.flaws().get(1).description())
        .contains("earlier ones that they depend on were not");
    assertThat(view.frames()).hasSize(5).allMatch(frame -> frame.fields().isEmpty());
  }

  @Test
  void saysWhatIsMissingAtTheEnd() {
    assertThat(flaws(clientView(frame(0, 0, 1, "0102030405").slice(0, 11))))
        .containsExactly(
            "incomplete at byte 44 of the client: a DATA frame has 2 bytes of its 5 of payload");
    assertThat(flaws(clientView(Bytes.hex("0000"))))
        .containsExactly(
            "incomplete at byte 35 of the client: the head of a frame has 2 of its 9 bytes");
    assertThat(flaws(clientView(frame(1, 0, 1, GET))))
        .containsExactly(
            "incomplete at byte 45 of the client: the header fields have no frame with END_HEADERS"
                + " yet");
    assertThat(flaws(Http2.of(ConversationBuilder.tcp().client("PRI *").conversation())))
        .containsExactly(
            "incomplete at byte 5 of the client: the connection preface has 5 of its 24 bytes");
  }

  @Test
  void readsNothingOfAClientThatDoesNotBeginWithThePreface() {
    Http2 view = Http2.of(ConversationBuilder.tcp().client("GET / HTTP/1.1||").conversation());
    assertThat(view.frames()).isEmpty();
    assertThat(flaws(view))
        .containsExactly(
            "malformed at byte 0 of the client: this is not the connection preface"
                + " PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n (RFC 9113, 3.4)");
  }

  @Test
  void saysWhichFramesBreakTheRules() {
    assertThat(flaw(frame(4, 0, 0, "0003"))).contains("byte 42", "a multiple of 6 bytes, not 2");
    assertThat(flaw(frame(4, 1, 0, "000300000001"))).contains("ACK must have no bytes, not 6");
    assertThat(flaw(frame(4, 0, 0, "000200000002")))
        .contains("SETTINGS_ENABLE_PUSH(0x02):2 is out of its range");
    assertThat(flaw(frame(4, 0, 1, ""))).contains("byte 38", "on stream 0, not on 1");
    assertThat(flaw(frame(0, 0, 0, ""))).contains("a DATA frame must be on a stream, not on 0");
    assertThat(flaw(frame(0, 8, 1, "0501"))).contains("do not fit into a payload of 2 bytes");
    assertThat(flaw(frame(2, 0, 1, "00"))).contains("a PRIORITY frame must have 5 bytes, not 1");
    assertThat(flaw(frame(3, 0, 1, ""))).contains("a RST_STREAM frame must have 4 bytes, not 0");
    assertThat(flaw(frame(6, 0, 0, "00"))).contains("a PING frame must have 8 bytes, not 1");
    assertThat(flaw(frame(7, 0, 0, "00"))).contains("a GOAWAY frame must have 8 bytes or more");
    assertThat(flaw(frame(8, 0, 0, "00000000"))).contains("must add 1 byte or more, not 0");
    assertThat(flaw(frame(9, 4, 1, ""))).contains("there are no header fields");
    assertThat(flaw(frame(0, 0, 1, "00".repeat(16_385))))
        .contains("may have 16384 bytes of payload, not 16385");
    assertThat(flaws(clientView(all(frame(1, 0, 1, ""), frame(6, 0, 0, "00".repeat(8))))))
        .containsExactly(
            "malformed at byte 42 of the client: the header fields before it must be continued by"
                + " CONTINUATION on their stream");
    assertThat(
            flaws(
                Http2.of(
                    ConversationBuilder.tcp().server(ACK.slice(0, 9)).server(ACK).conversation())))
        .isEmpty();
    assertThat(flaws(Http2.of(ConversationBuilder.tcp().server(headers(1, "88")).conversation())))
        .containsExactly(
            "malformed at byte 0 of the server: the first frame must be SETTINGS, not HEADERS");
  }

  @Test
  void takesLargerFramesOnceTheSettingsOfThePeerAreAcknowledged() {
    Bytes large = frame(0, 0, 1, "00".repeat(16_385));
    Bytes settings = frame(4, 0, 0, "000500008000");
    ConversationBuilder builder =
        ConversationBuilder.tcp()
            .client(all(PREFACE, SETTINGS))
            .server(settings)
            .client(all(ACK, large));
    assertThat(Http2.of(builder.conversation()).flaws()).isEmpty();
  }

  @Test
  void goesOnAfterWhatWasNotKeptIfItLiesInOneFrame() {
    Bytes frames = all(SETTINGS, frame(0, 0, 1, "61".repeat(100)), frame(0, 1, 1, "6f6b"));
    Http2 view = Http2.of(ConversationBuilder.headAndTail(30, 30).server(frames).conversation());
    assertThat(view.frames()).hasSize(3);
    assertThat(view.frames().get(1).payload()).isEqualTo(Bytes.EMPTY);
    assertThat(view.frames().get(2).content()).isEqualTo(Bytes.utf8("ok"));
    assertThat(flaws(view))
        .containsExactly("incomplete at byte 18 of the server: some of the payload was not kept");
  }

  @Test
  void endsWhereTheHeadOfAFrameWasNotKept() {
    Bytes frames = all(SETTINGS, frame(0, 0, 1, "61".repeat(100)), frame(0, 1, 1, "6f6b"));
    Http2 view = Http2.of(ConversationBuilder.headAndTail(12, 4).server(frames).conversation());
    assertThat(view.frames()).hasSize(1);
    assertThat(flaws(view))
        .containsExactly(
            "incomplete at byte 12 of the server: the head of a frame has 3 of its 9 bytes:"
                + " 113 bytes were not kept");
  }

  @Test
  void decodesNothingThatDependsOnWhatWasNotKept() {
    Bytes frames = all(SETTINGS, headers(1, "00".repeat(100)), headers(3, "88"));
    Http2 view = Http2.of(ConversationBuilder.headAndTail(30, 30).server(frames).conversation());
    assertThat(view.frames()).hasSize(3).allMatch(frame -> frame.fields().isEmpty());
    assertThat(view.flaws()).extracting(Flaw::kind).containsOnly(Flaw.Kind.INCOMPLETE);
  }

  @Test
  void beginsAfterTheBodyOfAnUpgrade() {
    ConversationBuilder builder =
        ConversationBuilder.tcp()
            .client("POST / HTTP/1.1|Host: a|Upgrade: h2c|Connection: upgrade|Content-Length: 5||")
            .client(Bytes.utf8("hello").plus(all(PREFACE, SETTINGS)))
            .server("HTTP/1.1 101 Switching Protocols|Upgrade: h2c||");
    Http2 view = Http2.of(builder.conversation());
    assertThat(view.flaws()).isEmpty();
    assertThat(view.frames()).hasSize(2);
  }

  @Test
  void beginsAfterAnUpgradeOrAtTheGivenOffsets() {
    ConversationBuilder builder =
        ConversationBuilder.tcp()
            .client("GET / HTTP/1.1|Upgrade: h2c||")
            .server("HTTP/1.1 101 Switching Protocols|Upgrade: h2c||")
            .server(all(SETTINGS, headers(1, "88")))
            .client(all(PREFACE, SETTINGS));
    Http2 view = Http2.of(builder.conversation());
    assertThat(view.flaws()).isEmpty();
    assertThat(view.frames()).hasSize(4).first().extracting(Http2Frame::offset).isEqualTo(50L);
    assertThat(Http2.of(builder.conversation(), 32, 50)).hasToString(view.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Http2.of(builder.conversation(), -1, 0))
        .withMessage("offset (-1) must not be negative");
  }

  @Test
  void aByteThatStandsForAPageMakesNoLongLine() {
    // One entry of 4,000 bytes, sent 10,000 times with a byte each.
    String entry = "40016b7fa11e" + "61".repeat(4_000);
    Http2 view = clientView(headers(1, entry + "be".repeat(10_000)));
    assertThat(view.flaws()).isEmpty();
    assertThat(view.frames().get(2).fields()).hasSize(10_001);
    assertThat(view.frames().get(2).toString()).hasSizeLessThan(20_000).endsWith(" more");
  }

  @Test
  void saysWhatToAddWhereNettyIsMissing() throws Exception {
    URL[] withoutNetty = {
      Http2.class.getProtectionDomain().getCodeSource().getLocation(),
      NullMarked.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (var loader = new URLClassLoader(withoutNetty, ClassLoader.getPlatformClassLoader())) {
      Class<?> conversation = loader.loadClass(Conversation.class.getName());
      Object emptyConversation = conversation.getMethod("of", List.class).invoke(null, List.of());
      var factory = loader.loadClass(Http2.class.getName()).getMethod("of", conversation);
      assertThat(catchThrowable(() -> factory.invoke(null, emptyConversation)))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "HTTP/2 is read with Netty, which is missing: add io.netty:netty-codec-http2 to the"
                  + " dependencies of the tests");
      var respFactory = loader.loadClass(Resp.class.getName()).getMethod("of", conversation);
      assertThat(respFactory.invoke(null, emptyConversation)).hasToString("");
    }
  }

  private static Http2 clientView(Bytes frames) {
    return Http2.of(
        ConversationBuilder.tcp().client(all(PREFACE, SETTINGS, frames)).conversation());
  }

  private static String flaw(Bytes frame) {
    List<String> flaws = flaws(clientView(frame));
    assertThat(flaws).hasSize(1);
    return flaws.get(0);
  }

  private static List<String> flaws(Http2 view) {
    return view.flaws().stream().map(Flaw::toString).toList();
  }
}
