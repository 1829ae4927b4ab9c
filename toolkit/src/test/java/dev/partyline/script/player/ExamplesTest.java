package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Choices;
import dev.partyline.script.Script;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples that the RFCs and the documentation of Redis give of their protocols. */
class ExamplesTest {
  private static Script example(String name) {
    return Script.resource(ExamplesTest.class, name + ".wire");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtp-typical",
        "smtp-aborted",
        "smtp-relayed",
        "smtp-verifying",
        "pop3",
        "ftp",
        "imap",
        "redis"
      })
  void isPrintedParsedAndPlayedByBothSides(String name) {
    Script script = example(name);
    assertThat(script.steps()).hasSizeGreaterThan(10);
    assertThat(Script.parse(script.print())).isEqualTo(script);
    for (int seed = 0; seed < 20; seed++) {
      PlayerPair pair =
          new PlayerPair(script, Transport.TCP, Choices.of(new SplittableRandom(seed))).play();
      for (Side side : Side.values()) {
        assertThat(pair.run(side).endReason())
            .as("%s, seed %s: %s", side, seed, pair.cursor(side))
            .contains(EndReason.FINISHED);
      }
      Conversation conversation = pair.conversation();
      assertThat(ScriptMatch.of(script, conversation).follows()).isTrue();
      assertThat(ScriptMatch.of(Transcript.script(conversation), conversation).follows()).isTrue();
      assertThat(Transcript.conversation(Transcript.exact(conversation))).isEqualTo(conversation);
    }
  }

  @Test
  void aPlainTranscriptOfAnExampleIsTheExample() {
    Script script = example("smtp-typical");
    String plain = Transcript.plain(PlayerPair.of(script).play().conversation());
    assertThat(plain).isEqualTo(script.print().replace("S! close", "S! finish"));
  }

  @Test
  void theLiteralOfTheImapExampleIsAsLongAsItSays() {
    String sent = PlayerPair.of(example("imap")).play().conversation().bytes(Side.SERVER).utf8();
    String literal = sent.substring(sent.indexOf("{342}\r\n") + 7, sent.indexOf(")\r\na004 OK"));
    assertThat(literal).hasSize(342);
  }

  @Test
  void aRedisServerIsARepeatWithBranches() {
    Script server =
        Script.parse(
            """
            every connection
              repeat
                when
                  C: PING
                  S: +PONG
                when
                  C: GET ${key}
                  S: $-1
                when
                  C: QUIT
                  S: +OK
                  S! close
            """);
    PlayerHarness harness = PlayerHarness.server(server).send("PING|GET a|GET b|QUIT|");
    assertThat(harness.drainOutput()).isEqualTo("+PONG| + $-1| + $-1| + +OK| + <Close>");
  }
}
