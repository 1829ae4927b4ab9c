package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where one protocol is in another. */
class NestedSecretsTest {
  private static final String CHUNKED = "\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String SECRET = "Zq7rX2mLw9";

  @TestFactory
  Stream<DynamicTest> a_tunnel_hides_what_a_connection_hides() {
    return NestedShapes.tunnels().entrySet().stream()
        .flatMap(
            tunnel ->
                SecretShapes.all().entrySet().stream()
                    .map(
                        shape ->
                            DynamicTest.dynamicTest(
                                shape.getKey() + " in " + tunnel.getKey(),
                                () -> {
                                  Conversation inner = shape.getValue().apply(SECRET);
                                  assertHidden(tunnel.getValue().apply(inner), tunnel.getKey());
                                })));
  }

  @Property(tries = 1000)
  void no_secret_shows_however_deep_it_is_and_however_it_is_split(@ForAll Random random) {
    List<Map.Entry<String, UnaryOperator<Conversation>>> tunnels =
        List.copyOf(NestedShapes.tunnels().entrySet());
    List<Function<String, Conversation>> shapes = List.copyOf(SecretShapes.all().values());
    Conversation conversation = shapes.get(random.nextInt(shapes.size())).apply(SECRET);
    StringBuilder names = new StringBuilder();
    for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
      Map.Entry<String, UnaryOperator<Conversation>> tunnel =
          tunnels.get(random.nextInt(tunnels.size()));
      conversation = tunnel.getValue().apply(split(conversation, random));
      names.insert(0, tunnel.getKey() + " ");
    }
    Conversation sent = split(conversation, random);
    assertHidden(sent, names.toString());
  }

  @TestFactory
  Stream<DynamicTest> a_message_of_text_is_a_line() {
    return Stream.of(
            "C:PASS oauth:%s|C:NICK me",
            "C:CAP REQ :a|C:PASS oauth:%s|C:NICK me",
            "C:AUTH LOGIN|S:334 a|C:user|S:334 b|C:%s|S:235 ok|C:me",
            "C:CONNECT\nlogin:a\npasscode:%s\n\n\0",
            "S:o|C:[\"CONNECT\\nlogin:a\\npasscode:%s\\n\\n\\u0000\"]",
            "C:[\"PASS %s\", \"NICK me\"]",
            "S:a[\"hello\",\"token:%s\\nNICK me\"]")
        .map(
            dialogue ->
                DynamicTest.dynamicTest(
                    dialogue,
                    () -> {
                      Conversation inner = SecretShapes.dialogue(dialogue, SECRET);
                      assertHidden(NestedShapes.textMessages(inner), dialogue);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> a_text_about_a_switch_is_none() {
    String text =
        "To upgrade:\r\nHTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nThen send frames.";
    String login =
        "|C:POST /login HTTP/1.1\r\nHost: a\r\nX-Api-Key: %s\r\nContent-Length: 19\r\n\r\npassword=%s"
            + "|S:HTTP/1.1 200 OK\r\nX-Api-Key: %s\r\nContent-Length: 0\r\n\r\n";
    String get = "C:GET /doc HTTP/1.1\r\nHost: a\r\n\r\n|S:HTTP/1.1 200 OK\r\n";
    return Stream.of(
            get + "Content-Length: " + text.length() + "\r\n\r\n" + text + login,
            get
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(text.length())
                + "\r\n"
                + text
                + "\r\n0\r\n\r\n"
                + login,
            get + "\r\n" + text + login,
            "C:PUT /doc HTTP/1.1\r\n\r\n|S:" + text + login)
        .map(
            dialogue ->
                DynamicTest.dynamicTest(
                    dialogue, () -> assertNotSent(SecretShapes.dialogue(dialogue, SECRET))));
  }

  @TestFactory
  Stream<DynamicTest> a_frame_of_SockJS_is_in_a_body_too() {
    String post = "C:POST /ws/000/abc/xhr_send HTTP/1.1\r\nHost: a\r\nContent-Length: ";
    return Stream.of(
            post + "50\r\n\r\n[\"CONNECT\\nlogin:a\\npasscode:%s\\n\\n\\u0000\"]",
            post + "27\r\n\r\n[\"PASS oauth:%s\"]",
            "C:POST /ws/000/abc/xhr_send HTTP/1.1"
                + CHUNKED
                + "9\r\n[\"PASS oa\r\n14\r\nuth:%s\",\"a\"]\r\n0\r\n\r\n",
            "C:POST /ws/000/abc/xhr HTTP/1.1\r\n\r\n|S:HTTP/1.0 200 OK\r\n\r\no\na[\"\\ntoken:%s\\n\"]\n",
            "C:GET /ws/000/abc/eventsource HTTP/1.1\r\n\r\n|S:HTTP/1.1 200 OK"
                + CHUNKED
                + "26\r\ndata: a[\"\\npassword:%s\\n\"]\r\n\r\n\r\n0\r\n\r\n")
        .map(
            dialogue ->
                DynamicTest.dynamicTest(
                    dialogue, () -> assertNotSent(SecretShapes.dialogue(dialogue, SECRET))));
  }

  @Test
  void a_refused_connect_is_followed_by_http() {
    Conversation conversation =
        SecretShapes.dialogue(
            "C:CONNECT a:1 HTTP/1.1\r\n\r\n|S:HTTP/1.1 403 No\r\n\r\n|C:PASS me the salt\r\n", "");
    assertThat(Redaction.standard().apply(conversation).bytes(Side.CLIENT))
        .isEqualTo(conversation.bytes(Side.CLIENT));
  }

  private static void assertHidden(Conversation conversation, String name) {
    Conversation masked = Redaction.standard().apply(conversation);
    for (Side side : Side.values()) {
      assertThat(masked.bytes(side).size()).isEqualTo(conversation.bytes(side).size());
      assertThat(NestedShapes.decoded(masked, side)).as(name).doesNotContain(SECRET.substring(1));
    }
  }

  private static void assertNotSent(Conversation conversation) {
    Conversation masked = Redaction.standard().apply(conversation);
    for (Side side : Side.values()) {
      assertThat(masked.bytes(side).utf8()).doesNotContain(SECRET.substring(1));
    }
  }

  private static Conversation split(Conversation conversation, Random random) {
    List<Event> events = new ArrayList<>();
    for (Event event : conversation.events()) {
      Bytes bytes = ((Event.Sent) event).bytes();
      for (int offset = 0; offset < bytes.size(); ) {
        int end = Math.min(bytes.size(), offset + 1 + random.nextInt(20));
        events.add(new Event.Sent(event.side(), 0, bytes.slice(offset, end)));
        offset = end;
      }
    }
    return Conversation.of(events);
  }
}
