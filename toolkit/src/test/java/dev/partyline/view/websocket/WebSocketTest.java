package dev.partyline.view.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketTest {
  private static final String REQUEST = "GET /chat HTTP/1.1|Upgrade: websocket||";
  private static final String RESPONSE = "HTTP/1.1 101 Switching Protocols|Upgrade: websocket||";
  private static final String DEFLATE_RESPONSE =
      "HTTP/1.1 101 OK|Sec-WebSocket-Extensions: permessage-deflate||";

  private static ConversationBuilder upgraded() {
    return ConversationBuilder.tcp().client(REQUEST).server(RESPONSE);
  }

  @Test
  void readsTheExamplesOfTheRfc() { // RFC 6455, 5.7
    Conversation conversation =
        upgraded()
            .server(Bytes.hex("81 05 48 65 6c 6c 6f"))
            .client(Bytes.hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"))
            .server(Bytes.hex("01 03 48 65 6c 80 02 6c 6f"))
            .server(Bytes.hex("89 05 48 65 6c 6c 6f"))
            .client(Bytes.hex("8a 85 37 fa 21 3d 7f 9f 4d 51 58"))
            .server(Bytes.hex("82 7e 01 00").plus(Bytes.of(new byte[256])))
            .server(Bytes.hex("82 7f 00 00 00 00 00 01 00 00").plus(Bytes.of(new byte[65_536])))
            .conversation();
    WebSocket view = WebSocket.of(conversation);
    assertThat(view.flaws()).isEmpty();
    assertThat(view.toString().lines().map(line -> line.replaceAll("(\\\\0)+", "0s")))
        .containsExactly(
            "server WebSocket Text [FIN] Hello",
            "client WebSocket Text [FIN] [MASKED] Hello",
            "server WebSocket Text Hel",
            "server WebSocket Continuation [FIN] lo",
            "server WebSocket Ping [FIN] Hello",
            "client WebSocket Pong [FIN] [MASKED] Hello",
            "server WebSocket Binary [FIN] 0s… (256 bytes)",
            "server WebSocket Binary [FIN] 0s… (65536 bytes)");
    assertThat(view.frames().get(1).text()).isEqualTo("Hello");
    assertThat(view.frames().get(1).offset()).isEqualTo(ConversationBuilder.text(REQUEST).size());
    assertThat(view.frames().get(1).endOffset())
        .isEqualTo(ConversationBuilder.text(REQUEST).size() + 11L);
  }

  @Test
  void tellsWhyASideCloses() {
    WebSocket view =
        WebSocket.of(
            upgraded()
                .server(Bytes.hex("88 05 03 e9 62 79 65"))
                .client(Bytes.hex("88 80 00 00 00 00"))
                .conversation());
    assertThat(view.flaws()).isEmpty();
    WebSocketFrame close = view.frames().get(0);
    assertThat(close.closeCode()).hasValue(1001);
    assertThat(close.closeReason()).isEqualTo("bye");
    assertThat(view.frames().get(1).closeCode()).isEmpty();
    assertThat(view)
        .hasToString(
            """
            server WebSocket Connection Close [FIN] 1001 bye
            client WebSocket Connection Close [FIN] [MASKED]
            """);
  }

  @Test
  void marksWhatIsCompressed() { // RFC 7692, 7.2.3.1 and 7.2.3.2
    ConversationBuilder builder =
        ConversationBuilder.tcp().client(REQUEST).server(DEFLATE_RESPONSE);
    WebSocket view =
        WebSocket.of(
            builder
                .server(Bytes.hex("c1 07 f2 48 cd c9 c9 07 00"))
                .server(Bytes.hex("41 03 f2 48 cd 80 04 c9 c9 07 00"))
                .conversation());
    assertThat(view.flaws()).isEmpty();
    assertThat(view.frames()).hasSize(3).allMatch(WebSocketFrame::deflated);
    assertThat(view.frames().get(2))
        .hasToString("server WebSocket Continuation [FIN] [permessage-deflate] \\xc9\\xc9\\x07\\0");
    assertThat(flaws(upgraded().server(Bytes.hex("c1 00"))))
        .containsExactly("a reserved bit is set, and no extension was agreed");
    assertThat(
            flaws(
                ConversationBuilder.tcp()
                    .client(REQUEST)
                    .server(DEFLATE_RESPONSE)
                    .server(Bytes.hex("c9 00"))))
        .containsExactly("RSV1 may be set on the first frame of a message alone");
    Bytes secondFrame = Bytes.hex("41 03 f2 48 cd c0 04 c9 c9 07 00");
    assertThat(
            flaws(
                ConversationBuilder.tcp()
                    .client(REQUEST)
                    .server(DEFLATE_RESPONSE)
                    .server(secondFrame)))
        .containsExactly("RSV1 may be set on the first frame of a message alone");
  }

  @Test
  void saysWhichFramesBreakTheRules() {
    assertThat(flaws(upgraded().client(Bytes.hex("81 00"))))
        .containsExactly("a client must mask its frames");
    assertThat(serverFlaws("81 80 00 00 00 00"))
        .containsExactly("a server must not mask its frames");
    assertThat(serverFlaws("83 00")).containsExactly("opcode 3 is reserved");
    assertThat(serverFlaws("80 00")).containsExactly("there is no message that it could continue");
    assertThat(serverFlaws("01 00 81 00"))
        .containsExactly("the message before it has no frame with FIN yet");
    assertThat(serverFlaws("09 00"))
        .containsExactly("a PING frame must be one frame of 125 bytes at most");
    assertThat(serverFlaws("81 7e 00 01 61"))
        .containsExactly("the length 1 must be written in fewer bytes");
    assertThat(serverFlaws("88 00 89 00")).containsExactly("no frame may follow a Close frame");
    assertThat(serverFlaws("88 01 03"))
        .containsExactly("a CLOSE frame has a code of 2 bytes or nothing, not 1 byte");
    assertThat(serverFlaws("88 02 03 ed"))
        .containsExactly("a CLOSE frame must not have the code 1005");
    assertThat(serverFlaws("88 03 03 e8 ff"))
        .containsExactly("the reason is not well-formed UTF-8");
    assertThat(serverFlaws("81 7f 80 00 00 00 00 00 00 00"))
        .containsExactly("the length has its highest bit set (RFC 6455, 5.2)");
  }

  @Test
  void saysWhereATextIsNoUtf8() {
    int head = ConversationBuilder.text(RESPONSE).size();
    assertThat(WebSocket.of(upgraded().server(Bytes.hex("81 03 61 ff 62")).conversation()).flaws())
        .singleElement()
        .hasToString(
            "malformed at byte "
                + (head + 3)
                + " of the server: the text is not well-formed UTF-8");
    // The end of a frame may cut a character, the end of a message may not.
    assertThat(serverFlaws("01 01 c3 80 01 a9")).isEmpty();
    assertThat(serverFlaws("01 01 c3 80 01 61"))
        .containsExactly("the text is not well-formed UTF-8");
    assertThat(serverFlaws("81 01 c3")).containsExactly("the text is not well-formed UTF-8");
  }

  @Test
  void saysWhatIsMissingAtTheEnd() {
    assertThat(serverFlaws("81")).containsExactly("the head of a frame has 1 byte so far");
    assertThat(serverFlaws("82 7e 01")).containsExactly("the head of a frame has 3 bytes so far");
    assertThat(serverFlaws("81 05 48"))
        .containsExactly("a TEXT frame has 1 byte of its 5 of payload");
    assertThat(serverFlaws("82 7f 7f ff ff ff ff ff ff ff 00"))
        .containsExactly("a BINARY frame has 1 byte of its 9223372036854775807 of payload");
  }

  @Test
  void goesOnAfterWhatWasNotKeptIfItLiesInOneFrame() {
    ConversationBuilder builder =
        ConversationBuilder.headAndTail(150, 20).client(REQUEST).server(RESPONSE);
    builder.server(Bytes.hex("82 7e 01 00").plus(Bytes.of(new byte[256])));
    WebSocket view = WebSocket.of(builder.server(Bytes.hex("81 02 6f 6b")).conversation());
    assertThat(view.frames()).extracting(WebSocketFrame::text).containsExactly("", "ok");
    assertThat(view.flaws())
        .singleElement()
        .asString()
        .contains("some of the payload was not kept");
  }

  @Test
  void saysThatThereIsNoUpgrade() {
    assertThat(flaws(ConversationBuilder.tcp().client(REQUEST).server("HTTP/1.1 403 Forbidden||")))
        .singleElement()
        .asString()
        .startsWith("the first response is not 101 Switching Protocols");
    assertThat(flaws(ConversationBuilder.tcp().client(REQUEST).server("HTTP/1.1 101 S|Upgr")))
        .containsExactly("the head of the upgrade has no blank line up to here");
  }

  @Test
  void beginsAtTheGivenOffsets() {
    ConversationBuilder builder =
        ConversationBuilder.tcp().client("xx").client(Bytes.hex("81 80 00 00 00 00")).server("yyy");
    Conversation conversation = builder.server(Bytes.hex("c1 00")).conversation();
    assertThat(WebSocket.of(conversation, 2, 3).flaws()).isEmpty();
    assertThat(WebSocket.of(conversation, 2, 3).frames()).hasSize(2);
    assertThat(WebSocket.of(conversation, 100, 100).frames()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebSocket.of(conversation, 0, -2))
        .withMessage("offset (-2) must not be negative");
  }

  private static List<String> serverFlaws(String hex) {
    return flaws(upgraded().server(Bytes.hex(hex)));
  }

  private static List<String> flaws(ConversationBuilder builder) {
    return WebSocket.of(builder.conversation()).flaws().stream().map(Flaw::description).toList();
  }
}
