package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.ProcessorTime;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search goes over each byte a few times, also where what it looks for begins everywhere. */
@Timeout(60)
class SearchTimeTest {
  private static final int SIZE = 1 << 19;

  /** Far above what a pass over the bytes takes, far below what one for each beginning would. */
  private static final Duration MAX_LINEAR_TIME = Duration.ofSeconds(10);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 ",
        "HTTP/1.1 101 a\r\n",
        "HTTP/1.1 101 a\r\n\r\n",
        "HTTP/1.1 200 a\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\n",
        "CONNECT a:1 HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nUpgrade: tcp\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n[\"a\"]",
        "PROXY TCP4 10.0.0.1 10.0.0.2 1 25\r\n",
        "[\"a\",",
        "transfer-encoding: chunked\n\n1\n",
        "transfer-encoding: chunked\r\n",
        "<a name=\"token\"",
        "<token><![CDATA[",
        "\"token\":[",
        "{\"name\":\"token\",",
        "\ntoken:\n b",
        "token=",
        "https://a:",
        "session=a&",
        "?token=a ",
        "\ntoken: a",
        "\"token\":\"a\",",
        "\"kty\":",
        "{\"kty\":\"",
        "12345678:",
        "sk-",
        "sess-",
        "services/Taaaaaaaa/",
        " --password ",
        "ENV TOKEN ",
        "\nENV TOKEN a b",
        "login a password ",
        "machine a login ",
        "password => \"",
        "[password] => ",
        "\nSec-WebSocket-Protocol: token",
        "token, ",
        "a=crypto:1 inline:",
        "password is: <a>",
        ";PWD={",
        "\"pass\":\"a\",",
        "<key>token</key><value>a",
        "token=3Da=\n",
        "eyJaaaaaaaa-",
        "s.a",
        "eyJaaaaaaaa.eyJ",
        "-----BEGIN PRIVATE KEY-----\n",
        "name=",
        "type=\"password\"",
        "\"value\":\"a\",\"name\":\"token\",",
        "value: a\nname: token\n",
        "\"token\"=>",
        "\"token\";s:1:",
        "<a title=\"",
        "< name=token ",
        "<token><!--",
        "<key>token</key><string>",
        "&lt;token&gt;",
        "\\ntoken: a",
        "\\\\n",
        "[\"token\",\"",
        "\"--token\",",
        "tokens:\n  - a\n",
        "- token:\n",
        "  - a\n",
        "\n\"token\": a",
        " password:a",
        "{password:a",
        "my password = ",
        "x://a:b/",
        "eyJaaaaaaaa",
        "1//0",
        "{\"name\":\"token\"",
        "\"value\":\"a\"",
        "token=[\"",
        "AUTH LOGIN\r\n",
        "ACL GENPASS\r\n",
        "$4\r\nabcd\r\n",
        "*9\r\n",
        "*2\r\n$8\r\npassword\r\n",
        "BDAT 1\r\n",
        "BDAT 99999\r\n",
        "DATA\r\n",
        "\"AUTHENTICATE\" \"LOGIN\"\r\n",
        "@a :a NS SETPASS ",
        "<handshake a",
        "jabber:iq:auth<digest a",
        "*3\r\n$4\r\nAUTH\r\n$1\r\na\r\n"
      })
  void a_beginning_again_and_again_takes_linear_time(String beginning) {
    Bytes bytes = Bytes.utf8(beginning.repeat(SIZE / beginning.length()));
    for (Side side : Side.values()) {
      assertLinear(Conversation.of(List.of(new Event.Sent(side, 0, bytes))));
    }
  }

  @Test
  void answers_to_many_commands_take_linear_time() {
    int count = SIZE / 16;
    Conversation conversation =
        Conversation.of(
            List.of(
                SecretShapes.sent(Side.CLIENT, "ACL GENPASS\r\n".repeat(count)),
                SecretShapes.sent(Side.SERVER, "+QUEUED\r\n".repeat(count))));
    assertLinear(conversation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcd", "$2\r\nab\r\n", "\r\n a", "name=\r\n\r\n", "{1}\r\na{1}\r\n"})
  void many_gaps_take_linear_time(String between) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      events.add(SecretShapes.sent(Side.CLIENT, between.repeat(100 / between.length())));
      events.add(new Event.Dropped(Side.CLIENT, 0, 5));
    }
    assertLinear(Conversation.of(events));
  }

  private static void assertLinear(Conversation conversation) {
    Duration start = ProcessorTime.now();
    SecretRules.STANDARD.mask(conversation);
    assertThat(ProcessorTime.now().minus(start)).isLessThan(MAX_LINEAR_TIME);
  }
}
