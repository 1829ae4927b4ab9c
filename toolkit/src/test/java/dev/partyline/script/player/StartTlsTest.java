package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StartTlsTest {
  private static final Script SCRIPT = Script.parse("C: STARTTLS\nS: go\ntls\nC: hello\nS: hi\n");

  private static Player player(Side ownSide) {
    return PlayerFactory.of(
            SCRIPT, ownSide, Transport.TCP, Duration.ofSeconds(5), new Marks(), false)
        .newPlayer(0);
  }

  private static @Nullable Action receive(Player player, String text) {
    player.onReceived(Bytes.utf8(text).toBuffer());
    return player.next(0);
  }

  @Test
  void bothSidesStart() {
    Player server = player(Side.SERVER);
    assertThat(receive(server, "STARTTLS\r\n")).isEqualTo(new Action.Send(Bytes.utf8("go\r\n")));
    assertThat(server.next(0)).isEqualTo(new Action.TlsHandshake());
    assertThat(server.next(0)).as("until the handshake is done").isNull();
    server.onHandshakeDone();
    assertThat(receive(server, "hello\r\n")).isEqualTo(new Action.Send(Bytes.utf8("hi\r\n")));

    Player client = player(Side.CLIENT);
    assertThat(client.next(0)).isEqualTo(new Action.Send(Bytes.utf8("STARTTLS\r\n")));
    assertThat(receive(client, "go\r\n")).isEqualTo(new Action.TlsHandshake());
    client.onHandshakeDone();
    assertThat(client.next(0)).isEqualTo(new Action.Send(Bytes.utf8("hello\r\n")));
  }

  @Test
  void plaintextThatComesTooEarlyIsExtraBytes() {
    Player server = player(Side.SERVER);
    assertThat(receive(server, "STARTTLS\r\nhello\r\n")).isInstanceOf(Action.Send.class);
    assertThat(server.next(0)).isEqualTo(new Action.Reset());
    assertThat(server.scriptRun(1).endReason()).contains(EndReason.EXTRA_BYTES);
    assertThat(server.scriptRun(1).problem())
        .isEqualTo("the client sent plaintext where TLS starts");
  }

  @Test
  void aPeerThatHasClosedStartsNothing() {
    Player server = player(Side.SERVER);
    assertThat(receive(server, "STARTTLS\r\n")).isInstanceOf(Action.Send.class);
    server.onPeerFin();
    assertThat(server.next(0)).isEqualTo(new Action.Reset());
    assertThat(server.scriptRun(1).endReason()).contains(EndReason.PEER_FIN);
  }

  @Test
  void aHandshakeThatFailsIsTheEndReason() {
    Player server = player(Side.SERVER);
    assertThat(receive(server, "STARTTLS\r\n")).isInstanceOf(Action.Send.class);
    assertThat(server.next(0)).isEqualTo(new Action.TlsHandshake());
    server.onTlsFailed("the peer sent the alert unknown_ca", false);
    assertThat(server.next(0)).as("the alert must not be overtaken by an RST").isNull();
    assertThat(server.scriptRun(1).endReason()).contains(EndReason.HANDSHAKE_FAILED);
    assertThat(server.scriptRun(1).problem()).contains("unknown_ca");
  }

  @Test
  void aHandshakeThatFailsAsExpectedFinishesTheScript() {
    Player server = player(Side.SERVER);
    assertThat(receive(server, "STARTTLS\r\n")).isInstanceOf(Action.Send.class);
    assertThat(server.next(0)).isEqualTo(new Action.TlsHandshake());
    server.onTlsFailed("the peer sent the alert certificate_expired", true);
    assertThat(server.scriptRun(1).done()).isTrue();
    assertThat(server.scriptRun(1).failed()).isFalse();
    assertThat(server.scriptRun(1).endReason()).contains(EndReason.HANDSHAKE_FAILED);
  }

  @Test
  void aRecordingFollowsWhereTlsWasStarted() {
    assertThat(ScriptMatch.of(SCRIPT, conversation(true)).follows()).isTrue();
    assertThat(ScriptMatch.of(SCRIPT, conversation(false)).follows()).isFalse();
  }

  @Test
  void aRecordingPrintsAsTheScriptThatStartsIt() {
    Conversation conversation = conversation(true);
    String printed = Transcript.exact(conversation);
    assertThat(printed).contains("[+0.000000003] tls\n");
    assertThat(Transcript.conversation(printed)).isEqualTo(conversation);
    assertThat(Script.parse(Transcript.plain(conversation))).isEqualTo(SCRIPT);
  }

  @Test
  void datagramsCannotStartIt() {
    assertThatThrownBy(
            () ->
                PlayerFactory.of(
                    SCRIPT, Side.SERVER, Transport.UDP, Duration.ofSeconds(5), new Marks(), false))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("UDP has no connections; expected no 'tls' over it");
  }

  @Test
  void theBuilderMakesTheSameStep() {
    Script built =
        Script.builder().client("STARTTLS").server("go").tls().client("hello").server("hi").build();
    assertThat(built).isEqualTo(SCRIPT);
    assertThat(built.startsTls()).isTrue();
    assertThat(Script.parse("C: a").startsTls()).isFalse();
    assertThat(Script.parse("repeat\n  when\n    C: a\n    tls").startsTls()).isTrue();
  }

  private static Conversation conversation(boolean withTls) {
    return Conversation.of(
        withTls
            ? List.of(
                sent(Side.CLIENT, 1, "STARTTLS\r\n"),
                sent(Side.SERVER, 2, "go\r\n"),
                new Event.TlsStarted(3),
                sent(Side.CLIENT, 4, "hello\r\n"),
                sent(Side.SERVER, 5, "hi\r\n"))
            : List.of(
                sent(Side.CLIENT, 1, "STARTTLS\r\n"),
                sent(Side.SERVER, 2, "go\r\n"),
                sent(Side.CLIENT, 4, "hello\r\n"),
                sent(Side.SERVER, 5, "hi\r\n")));
  }

  private static Event sent(Side side, long nanos, String text) {
    return new Event.Sent(side, nanos, Bytes.utf8(text));
  }
}
