package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlayerTest {
  private static final String SMTP =
      """
      S: 220 mail.example ESMTP
      C: EHLO ${host}
      S: 250 mail.example greets ${host}
      C: MAIL FROM:<${sender:[^>]+}>
      S: 250 OK
      C: QUIT
      S: 221 bye
      S! close
      """;

  @Test
  void theServerSaysTheLinesOfTheServerAndExpectsThoseOfTheClient() {
    PlayerHarness rig = PlayerHarness.server(SMTP);
    assertThat(rig.said()).isEqualTo("220 mail.example ESMTP|");
    assertThat(rig.send("EHLO me|").said()).isEqualTo("250 mail.example greets me|");
    assertThat(rig.send("MAIL FROM:<a@b>|").said()).isEqualTo("250 OK|");
    assertThat(rig.send("QUIT|").said()).isEqualTo("221 bye| + <Close>");
    assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    assertThat(rig.performance().values())
        .containsEntry("host", "me")
        .containsEntry("sender", "a@b");
  }

  @Test
  void theClientSaysTheLinesOfTheClientAndExpectsThoseOfTheServer() {
    PlayerHarness rig =
        PlayerHarness.of(
            Script.parse(SMTP).with("host", "me").with("sender", "a@b"),
            Side.CLIENT,
            Transport.TCP,
            new Marks());
    assertThat(rig.said()).isEmpty();
    assertThat(rig.send("220 mail.example ESMTP|").said()).isEqualTo("EHLO me|");
    assertThat(rig.send("250 mail.example greets me|").said()).isEqualTo("MAIL FROM:<a@b>|");
    assertThat(rig.send("250 OK|").said()).isEqualTo("QUIT|");
    rig.send("221 bye|");
    assertThat(rig.ending()).as("the server has yet to close").isNull();
    assertThat(rig.finish().ending()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void consecutiveLinesOfOneSideAreOneWriteUnlessTheyAreCut() {
    assertThat(PlayerHarness.server("S: a\nS| b\n# a comment\n\nS# 63\ncut\nS: d\nC: x").said())
        .isEqualTo("a|bc + d|");
  }

  @Test
  void aLineBetweenOfTheOtherSideOrAStatementEndsAMessage() {
    PlayerHarness rig = PlayerHarness.server("S: a\nmark m\nS: b\nC: x\nS: c");
    assertThat(rig.said()).isEqualTo("a| + b|");
    assertThat(rig.send("x|").said()).isEqualTo("c|");
  }

  @Test
  void textHexAndFilesAreSaidAsBytes() {
    PlayerHarness rig =
        PlayerHarness.server("S: caf\u00e9 \\x00\nS# ff 00\nS@ dev/partyline/script/letter.txt");
    assertThat(((Action.Say) rig.actions.get(0)).bytes())
        .isEqualTo(
            Bytes.join(
                List.of(
                    Bytes.utf8("caf\u00e9 "),
                    Bytes.hex("00 0d 0a ff 00"),
                    Bytes.utf8("Dear reader,\r\n\r\nthis is a letter.\r\n"))));
  }

  @Test
  void lineEndsAreCrLfUnlessEolSaysOtherwise() {
    PlayerHarness rig = PlayerHarness.server("S: a\neol lf\nS: b\nC: c\neol crlf\nC: d\nS: e");
    assertThat(rig.said()).isEqualTo("a|b\n");
    assertThat(rig.send("c\nd|").said()).isEqualTo("e|");
  }

  @Test
  void anEmptyTextWithoutLineEndIsNothingOnAStream() {
    PlayerHarness rig = PlayerHarness.server("C|\nS|\nC: a\nS: b");
    assertThat(rig.said()).isEmpty();
    assertThat(rig.send("a|").said()).isEqualTo("b|");
  }

  @Test
  void anEmptyLineIsJustItsEnd() {
    assertThat(PlayerHarness.server("C:\nS:").send("|").said()).isEqualTo("|");
  }

  @Test
  void severalLinesMayComeInOneChunkAndOneLineInMany() {
    PlayerHarness rig = PlayerHarness.server("C: a\nC: b\nS: 1\nC: c\nS: 2");
    assertThat(rig.send("a|b|c|").said()).isEqualTo("1| + 2|");
    PlayerHarness slow = PlayerHarness.server("C: ab\nS: 1");
    assertThat(slow.sendByteByByte(Bytes.utf8("ab\r\n")).said()).isEqualTo("1|");
  }

  @Nested
  class Failing {
    @Test
    void comesWithTheFirstByteThatCannotFit() {
      PlayerHarness rig = PlayerHarness.server("C: HELLO\nS: x");
      assertThat(rig.send("HELP").ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.said()).isEqualTo("<Reset>");
      assertThat(rig.problem()).isEqualTo("the client sent something else");
      assertThat(rig.cursor().difference()).isEqualTo(3);
      assertThat(rig.cursor().offset()).isEqualTo(3);
      assertThat(rig.cursor().expected()).containsExactly("C: HELLO");
      assertThat(rig.cursor().received()).isEqualTo(Bytes.utf8("HELP"));
      assertThat(rig.here()).containsExactly("C: HELLO");
    }

    @Test
    void comesWithTheVeryFirstByte() {
      PlayerHarness rig = PlayerHarness.server("S: hi\nC: a");
      assertThat(rig.send("b").ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.cursor().offset()).isZero();
    }

    @Test
    void countsTheOffsetOverAllThatThePeerSent() {
      PlayerHarness rig = PlayerHarness.server("C: one\nC: two\nS: x");
      rig.send("one|").send("tw").send("x");
      assertThat(rig.cursor().offset()).isEqualTo(7);
      assertThat(rig.cursor().difference()).isEqualTo(2);
    }

    @Test
    void resetsOnlyOnceAndSaysNothingMore() {
      PlayerHarness rig = PlayerHarness.server("C: a\nS: b");
      rig.send("x").send("a|").finish().pass(PlayerHarness.DEADLINE.plusSeconds(1));
      assertThat(rig.said()).isEqualTo("<Reset>");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
    }

    @Test
    void inALineWithAPlaceholderComesOnceTheLineIsWhole() {
      PlayerHarness rig = PlayerHarness.server("C: GET ${path} HTTP/1.1\nS: x");
      assertThat(rig.send("GET /a HTTP/1.0").ending()).isNull();
      assertThat(rig.send("|").ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.cursor().difference()).isEqualTo("GET /a HTTP/1.".length());
    }

    @Test
    void aheadOfTheFirstPlaceholderComesByteByByte() {
      assertThat(PlayerHarness.server("C: GET ${path}\nS: x").send("GEX").ending())
          .isEqualTo(EndReason.WRONG_BYTES);
    }
  }

  @Nested
  class AfterTheEnd {
    @Test
    void theConnectionStaysOpen() {
      PlayerHarness rig = PlayerHarness.server("C: a\nS: b").send("a|");
      assertThat(rig.said()).isEqualTo("b|");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
      assertThat(rig.pass(PlayerHarness.DEADLINE.multipliedBy(9)).finish().said()).isEmpty();
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void bytesAreAFailure() {
      PlayerHarness rig = PlayerHarness.server("C: a\nS: b").send("a|");
      assertThat(rig.send("more").ending()).isEqualTo(EndReason.EXTRA_BYTES);
      assertThat(rig.said()).isEqualTo("b| + <Reset>");
      assertThat(rig.cursor().offset()).isEqualTo(3);
      assertThat(rig.cursor().received()).isEqualTo(Bytes.utf8("more"));
      assertThat(rig.problem()).isEqualTo("the client went on after the end of the script");
    }

    @Test
    void bytesThatCameTogetherWithTheLastLineAreAFailureToo() {
      PlayerHarness rig = PlayerHarness.server("C: a\nS: b").send("a|more");
      assertThat(rig.ending()).isEqualTo(EndReason.EXTRA_BYTES);
      assertThat(rig.said()).isEqualTo("b| + <Reset>");
    }

    @Test
    void bytesAreWelcomeIfTheScriptEndsInTheRest() {
      PlayerHarness rig = PlayerHarness.server("S: hi\nC: ...").send("any").send("thing|").finish();
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
      assertThat(rig.said()).isEqualTo("hi|");
    }

    @Test
    void anEmptyScriptTakesNothing() {
      assertThat(PlayerHarness.server("").ending()).isEqualTo(EndReason.FINISHED);
      assertThat(PlayerHarness.server("").send("x").ending()).isEqualTo(EndReason.EXTRA_BYTES);
    }
  }

  @Nested
  class Events {
    @Test
    void finishTakesAFinAndALateAnswerFollows() {
      PlayerHarness rig = PlayerHarness.server("C: question\nC! finish\nS: answer\nS! finish");
      assertThat(rig.send("question|").said()).isEmpty();
      assertThat(rig.finish().said()).isEqualTo("answer| + <Finish>");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void finishDoesNotTakeAnRst() {
      assertThat(PlayerHarness.server("C! finish\nS: x").reset().ending())
          .isEqualTo(EndReason.PEER_RESET);
    }

    @Test
    void resetTakesAnRstAndNoFin() {
      assertThat(PlayerHarness.server("S: x\nC! reset").reset().ending())
          .isEqualTo(EndReason.FINISHED);
      assertThat(PlayerHarness.server("S: x\nC! reset").finish().ending())
          .isEqualTo(EndReason.PEER_FINISHED);
    }

    @Test
    void closeTakesEither() {
      assertThat(PlayerHarness.server("S: x\nC! close").reset().ending())
          .isEqualTo(EndReason.FINISHED);
      assertThat(PlayerHarness.server("S: x\nC! close").finish().ending())
          .isEqualTo(EndReason.FINISHED);
    }

    @Test
    void bytesWhereAnEventIsExpectedAreWrong() {
      PlayerHarness rig = PlayerHarness.server("S: x\nC! finish").send("y");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.cursor().difference()).isZero();
    }

    @Test
    void ourOwnAreActions() {
      assertThat(PlayerHarness.server("S: x\nS! reset").said()).isEqualTo("x| + <Reset>");
      assertThat(PlayerHarness.server("S: x\nS! close").said()).isEqualTo("x| + <Close>");
      assertThat(PlayerHarness.server("S: x\nS! finish\nC: y").send("y|").said())
          .isEqualTo("x| + <Finish>");
    }

    @Test
    void aFinThatComesTooEarlyIsToldFromWrongBytes() {
      PlayerHarness rig = PlayerHarness.server("C: one\nS: x").send("on").finish();
      assertThat(rig.ending()).isEqualTo(EndReason.PEER_FINISHED);
      assertThat(rig.problem()).isEqualTo("the client finished");
      assertThat(rig.cursor().difference()).isEqualTo(-1);
      assertThat(rig.cursor().received()).isEqualTo(Bytes.utf8("on"));
    }

    @Test
    void aFinWithinALineWithAPlaceholderIsTooEarly() {
      assertThat(PlayerHarness.server("C: ${x}\nS: x").send("on").finish().ending())
          .isEqualTo(EndReason.PEER_FINISHED);
    }

    @Test
    void anRstThatComesTooEarlyIsToldFromAFin() {
      PlayerHarness rig = PlayerHarness.server("C: one\nS: x").reset();
      assertThat(rig.ending()).isEqualTo(EndReason.PEER_RESET);
      assertThat(rig.problem()).isEqualTo("the client reset the connection");
    }

    @Test
    void nothingIsSaidToAPeerThatHasReset() {
      PlayerHarness rig =
          PlayerHarness.server("C: a\npause 50ms\nS: b").send("a|").reset().passMillis(60);
      assertThat(rig.ending()).isEqualTo(EndReason.PEER_RESET);
      assertThat(rig.said()).isEqualTo("<Reset>");
      assertThat(rig.here()).containsExactly("S: b");
    }

    @Test
    void whatAPeerSentBeforeItsFinStillCounts() {
      PlayerHarness rig = PlayerHarness.server("C: a\nC: b\nC! finish\nS: c");
      rig.player.received(Bytes.utf8("a\r\nb\r\n").toBuffer());
      rig.player.peerFinished();
      assertThat(rig.play().said()).isEqualTo("c|");
    }
  }

  @Nested
  class Stalling {
    @Test
    void isAnActionAndWhatComesAfterItDoesNotCount() {
      PlayerHarness rig = PlayerHarness.server("C: GET\nS! stall").send("GET|a body");
      assertThat(rig.said()).isEqualTo("<Stall>");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
      assertThat(rig.send("more").ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void canBeFollowedByAPauseAndAReset() {
      PlayerHarness rig = PlayerHarness.server("C: GET\nS! stall\npause 1s\nS! reset").send("GET|");
      assertThat(rig.said()).isEqualTo("<Stall>");
      assertThat(rig.passMillis(1000).said()).isEqualTo("<Reset>");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void ofThePeerIsNotChecked() {
      assertThat(PlayerHarness.client("C: GET\nS! stall").ending()).isEqualTo(EndReason.FINISHED);
    }
  }

  @Nested
  class Stopping {
    @Test
    void beforeTheEndIsAFailure() {
      PlayerHarness rig = PlayerHarness.server("C: a\nS: b");
      rig.player.stopped();
      assertThat(rig.ending()).isEqualTo(EndReason.STOPPED);
      assertThat(rig.problem()).isEqualTo("the test closed the server before its end");
      assertThat(rig.play().said()).as("our end is closed already").isEmpty();
    }

    @Test
    void afterTheEndIsNone() {
      PlayerHarness rig = PlayerHarness.server("S: b");
      rig.player.stopped();
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void aConnectionThatWasRefusedSaysSo() {
      PlayerHarness rig = PlayerHarness.client("S: a");
      rig.player.refused("nobody listens on 127.0.0.1:1");
      assertThat(rig.ending()).isEqualTo(EndReason.REFUSED);
      assertThat(rig.play().said()).isEmpty();
      assertThat(rig.problem()).isEqualTo("nobody listens on 127.0.0.1:1");
    }
  }

  @Nested
  class Connections {
    private final PlayerFactory stage =
        PlayerHarness.stage(
            Script.parse("connection\n  S: one\nconnection\n  S: two\nevery connection\n  S: more"),
            Side.SERVER,
            Transport.TCP,
            new Marks());

    @Test
    void getTheirBlocksInOrderAndTheLastBlockTakesTheRest() {
      assertThat(new PlayerHarness(stage, 0).play().said()).isEqualTo("one|");
      assertThat(stage.unused()).containsExactly("S: two\n");
      assertThat(new PlayerHarness(stage, 0).play().said()).isEqualTo("two|");
      assertThat(stage.unused()).as("'every connection' may go unused").isEmpty();
      assertThat(new PlayerHarness(stage, 0).play().said()).isEqualTo("more|");
      assertThat(new PlayerHarness(stage, 0).play().said()).isEqualTo("more|");
    }

    @Test
    void withoutABlockAreReset() {
      PlayerFactory single =
          PlayerHarness.stage(Script.parse("S: hi"), Side.SERVER, Transport.TCP, new Marks());
      assertThat(single.connections()).isEqualTo(1);
      new PlayerHarness(single, 0).play();
      PlayerHarness second = new PlayerHarness(single, 0).play();
      assertThat(second.said()).isEqualTo("<Reset>");
      assertThat(second.ending()).isEqualTo(EndReason.EXTRA_CONNECTION);
      assertThat(second.problem())
          .isEqualTo("the script is for a single connection, and this is one more");
    }

    @Test
    void keepTheirOwnNames() {
      PlayerFactory each =
          PlayerHarness.stage(
              Script.parse("every connection\n  C: ${x}\n  S: ${x}"),
              Side.SERVER,
              Transport.TCP,
              new Marks());
      assertThat(new PlayerHarness(each, 0).play().send("1|").said()).isEqualTo("1|");
      assertThat(new PlayerHarness(each, 0).play().send("2|").said()).isEqualTo("2|");
    }
  }
}
