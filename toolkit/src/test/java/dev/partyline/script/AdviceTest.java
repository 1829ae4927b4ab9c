package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.player.Action;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.Player;
import dev.partyline.script.player.PlayerFactory;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Common mistakes, which errors must point out. */
class AdviceTest {

  @ParameterizedTest
  @ValueSource(strings = {"C: hello", "C: ${greeting}"})
  void aLineThatEndsInLfAloneIsCalledThat(String line) {
    Player player = factory(line, Transport.TCP).newPlayer(0);
    player.next(0);
    player.onReceived(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.US_ASCII)));
    player.next(0);
    assertThat(player.scriptRun(1).problem())
        .contains("the line ends in LF alone")
        .contains("eol lf");
    assertThat(player.cursor().difference()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause 10ms", "mark ready", "cut", "repeat 2\n  S| hello"})
  void aBodyLengthWhoseBodyIsInAnotherMessageIsRefused(String between) {
    String script = "S: Content-Length: ${body-length}\nS:\n" + between + "\nS| hello\n";
    assertThatThrownBy(() -> factory(script, Transport.TCP))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("expected the body in the same message");
  }

  @Test
  void aBodyLengthOfAnAnswerWithoutABodyIsZero() {
    Player player =
        factory("S: Content-Length: ${body-length}\nS:\nC: more\nS: yes\n", Transport.TCP)
            .newPlayer(0);
    assertThat(player.next(0)).isEqualTo(new Action.Send(Bytes.utf8("Content-Length: 0\r\n\r\n")));
  }

  @Test
  void aMessageThatNoDatagramCanCarryIsRefused() {
    String script = "C| x\nS| " + "y".repeat(65_508) + "\n";
    assertThatThrownBy(() -> factory(script, Transport.UDP))
        .hasMessageContaining("65508")
        .hasMessageContaining("65507");
    factory("C| x\nS| " + "y".repeat(65_507) + "\n", Transport.UDP);
  }

  @Test
  void aSecretInTheScriptIsMaskedToo() {
    Redaction standard = Redaction.standard();
    assertThat(standard.apply("  C: PASS secret")).isEqualTo("  C: PASS ******");
    assertThat(standard.apply("[+0.000000001] S: Set-Cookie: id=7"))
        .isEqualTo("[+0.000000001] S: Set-Cookie: id=*");
    assertThat(standard.apply("C: USER mrose")).isEqualTo("C: USER mrose");
    assertThat(standard.apply("repeat 3")).isEqualTo("repeat 3");
  }

  @Test
  void thePlainPrintDoesNotDependOnHowTheBytesWereSplit() {
    String text = "GET /\r\nX: 1\r\n\r\n";
    List<Event> bytewise = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      bytewise.add(new Event.Sent(Side.CLIENT, 0, Bytes.utf8(text.substring(i, i + 1))));
    }
    Conversation whole = Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, Bytes.utf8(text))));
    assertThat(Transcript.plain(Conversation.of(bytewise)))
        .isEqualTo(Transcript.plain(whole))
        .isEqualTo("C: GET /\nC: X: 1\nC:\n");
  }

  @Test
  void aConversationIsShortenedInItsMiddleAndKeepsItsEnd() {
    Conversation conversation =
        Conversation.of(
            List.of(
                new Event.Sent(Side.CLIENT, 1, Bytes.utf8("ask")),
                new Event.Sent(Side.SERVER, 2, Bytes.utf8("0123456789")),
                new Event.Sent(Side.SERVER, 3, Bytes.utf8("abcdefghij")),
                new Event.Fin(Side.SERVER, 4)));
    Conversation shortened = conversation.truncatedTo(8);
    assertThat(shortened.bytes(Side.CLIENT)).isEqualTo(Bytes.utf8("ask"));
    assertThat(shortened.gaps()).containsExactly(new Gap(Side.SERVER, 1, 15));
    assertThat(shortened.bytes(Side.SERVER, 0, 1)).isEqualTo(Bytes.utf8("0"));
    assertThat(shortened.bytes(Side.SERVER, 16, 20)).isEqualTo(Bytes.utf8("ghij"));
    assertThat(shortened.endEvent(Side.SERVER)).isPresent();
    assertThat(conversation.truncatedTo(23)).isSameAs(conversation);
  }

  private static PlayerFactory factory(String script, Transport transport) {
    Duration deadline = Duration.ofSeconds(5);
    return PlayerFactory.of(
        Script.parse(script), Side.SERVER, transport, deadline, new Marks(), false);
  }
}
