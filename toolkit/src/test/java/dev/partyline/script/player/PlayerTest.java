package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Script;
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
  void theServerSendsTheLinesOfTheServerAndExpectsThoseOfTheClient() {
    PlayerHarness harness = PlayerHarness.server(SMTP);
    assertThat(harness.drainOutput()).isEqualTo("220 mail.example ESMTP|");
    assertThat(harness.send("EHLO me|").drainOutput()).isEqualTo("250 mail.example greets me|");
    assertThat(harness.send("MAIL FROM:<a@b>|").drainOutput()).isEqualTo("250 OK|");
    assertThat(harness.send("QUIT|").drainOutput()).isEqualTo("221 bye| + <Close>");
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(harness.run().values()).containsEntry("host", "me").containsEntry("sender", "a@b");
  }

  @Test
  void theClientSendsTheLinesOfTheClientAndExpectsThoseOfTheServer() {
    PlayerHarness harness =
        PlayerHarness.of(
            Script.parse(SMTP).with("host", "me").with("sender", "a@b"),
            Side.CLIENT,
            Transport.TCP,
            new Marks());
    assertThat(harness.drainOutput()).isEmpty();
    assertThat(harness.send("220 mail.example ESMTP|").drainOutput()).isEqualTo("EHLO me|");
    assertThat(harness.send("250 mail.example greets me|").drainOutput())
        .isEqualTo("MAIL FROM:<a@b>|");
    assertThat(harness.send("250 OK|").drainOutput()).isEqualTo("QUIT|");
    harness.send("221 bye|");
    assertThat(harness.endReason()).as("the server has yet to close").isNull();
    assertThat(harness.finish().endReason()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void consecutiveLinesOfOneSideAreOneWriteUnlessTheyAreCut() {
    assertThat(
            PlayerHarness.server("S: a\nS| b\n# a comment\n\nS# 63\ncut\nS: d\nC: x").drainOutput())
        .isEqualTo("a|bc + d|");
  }

  @Test
  void aLineBetweenOfTheOtherSideOrAStatementEndsAMessage() {
    PlayerHarness harness = PlayerHarness.server("S: a\nmark m\nS: b\nC: x\nS: c");
    assertThat(harness.drainOutput()).isEqualTo("a| + b|");
    assertThat(harness.send("x|").drainOutput()).isEqualTo("c|");
  }

  @Test
  void textHexAndFilesAreSentAsBytes() {
    PlayerHarness harness =
        PlayerHarness.server("S: caf\u00e9 \\x00\nS# ff 00\nS@ dev/partyline/script/letter.txt");
    assertThat(((Action.Send) harness.actions.get(0)).bytes())
        .isEqualTo(
            Bytes.join(
                List.of(
                    Bytes.utf8("caf\u00e9 "),
                    Bytes.hex("00 0d 0a ff 00"),
                    Bytes.utf8("Dear reader,\r\n\r\nthis is a letter.\r\n"))));
  }

  @Test
  void lineEndsAreCrLfUnlessEolSaysOtherwise() {
    PlayerHarness harness = PlayerHarness.server("S: a\neol lf\nS: b\nC: c\neol crlf\nC: d\nS: e");
    assertThat(harness.drainOutput()).isEqualTo("a|b\n");
    assertThat(harness.send("c\nd|").drainOutput()).isEqualTo("e|");
  }

  @Test
  void anEmptyTextWithoutLineEndIsNothingOnAStream() {
    PlayerHarness harness = PlayerHarness.server("C|\nS|\nC: a\nS: b");
    assertThat(harness.drainOutput()).isEmpty();
    assertThat(harness.send("a|").drainOutput()).isEqualTo("b|");
  }

  @Test
  void anEmptyLineIsJustItsEnd() {
    assertThat(PlayerHarness.server("C:\nS:").send("|").drainOutput()).isEqualTo("|");
  }

  @Test
  void severalLinesMayComeInOneChunkAndOneLineInMany() {
    PlayerHarness harness = PlayerHarness.server("C: a\nC: b\nS: 1\nC: c\nS: 2");
    assertThat(harness.send("a|b|c|").drainOutput()).isEqualTo("1| + 2|");
    PlayerHarness slow = PlayerHarness.server("C: ab\nS: 1");
    assertThat(slow.sendByteByByte(Bytes.utf8("ab\r\n")).drainOutput()).isEqualTo("1|");
  }

  @Nested
  class Failing {
    @Test
    void comesWithTheFirstByteThatCannotFit() {
      PlayerHarness harness = PlayerHarness.server("C: HELLO\nS: x");
      assertThat(harness.send("HELP").endReason()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(harness.drainOutput()).isEqualTo("<Reset>");
      assertThat(harness.problem()).isEqualTo("the client sent something else");
      assertThat(harness.cursor().difference()).isEqualTo(3);
      assertThat(harness.cursor().offset()).isEqualTo(3);
      assertThat(harness.cursor().expected()).containsExactly("C: HELLO");
      assertThat(harness.cursor().received()).isEqualTo(Bytes.utf8("HELP"));
      assertThat(harness.currentLines()).containsExactly("C: HELLO");
    }

    @Test
    void comesWithTheVeryFirstByte() {
      PlayerHarness harness = PlayerHarness.server("S: hi\nC: a");
      assertThat(harness.send("b").endReason()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(harness.cursor().offset()).isZero();
    }

    @Test
    void countsTheOffsetOverAllThatThePeerSent() {
      PlayerHarness harness = PlayerHarness.server("C: one\nC: two\nS: x");
      harness.send("one|").send("tw").send("x");
      assertThat(harness.cursor().offset()).isEqualTo(7);
      assertThat(harness.cursor().difference()).isEqualTo(2);
    }

    @Test
    void resetsOnlyOnceAndSendsNothingMore() {
      PlayerHarness harness = PlayerHarness.server("C: a\nS: b");
      harness.send("x").send("a|").finish().advance(PlayerHarness.DEADLINE.plusSeconds(1));
      assertThat(harness.drainOutput()).isEqualTo("<Reset>");
      assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    }

    @Test
    void inALineWithAPlaceholderComesOnceTheLineIsWhole() {
      PlayerHarness harness = PlayerHarness.server("C: GET ${path} HTTP/1.1\nS: x");
      assertThat(harness.send("GET /a HTTP/1.0").endReason()).isNull();
      assertThat(harness.send("|").endReason()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(harness.cursor().difference()).isEqualTo("GET /a HTTP/1.".length());
    }

    @Test
    void beforeTheFirstPlaceholderComesByteByByte() {
      assertThat(PlayerHarness.server("C: GET ${path}\nS: x").send("GEX").endReason())
          .isEqualTo(EndReason.WRONG_BYTES);
    }
  }

  @Nested
  class AfterTheEnd {
    @Test
    void theConnectionStaysOpen() {
      PlayerHarness harness = PlayerHarness.server("C: a\nS: b").send("a|");
      assertThat(harness.drainOutput()).isEqualTo("b|");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(harness.advance(PlayerHarness.DEADLINE.multipliedBy(9)).finish().drainOutput())
          .isEmpty();
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void bytesAreAFailure() {
      PlayerHarness harness = PlayerHarness.server("C: a\nS: b").send("a|");
      assertThat(harness.send("more").endReason()).isEqualTo(EndReason.EXTRA_BYTES);
      assertThat(harness.drainOutput()).isEqualTo("b| + <Reset>");
      assertThat(harness.cursor().offset()).isEqualTo(3);
      assertThat(harness.cursor().received()).isEqualTo(Bytes.utf8("more"));
      assertThat(harness.problem()).isEqualTo("the client went on after the end of the script");
    }

    @Test
    void bytesThatCameTogetherWithTheLastLineAreAFailureToo() {
      PlayerHarness harness = PlayerHarness.server("C: a\nS: b").send("a|more");
      assertThat(harness.endReason()).isEqualTo(EndReason.EXTRA_BYTES);
      assertThat(harness.drainOutput()).isEqualTo("b| + <Reset>");
    }

    @Test
    void bytesAreAcceptedIfTheScriptEndsInAnyLines() {
      PlayerHarness harness =
          PlayerHarness.server("S: hi\nC: ...").send("any").send("thing|").finish();
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(harness.drainOutput()).isEqualTo("hi|");
    }

    @Test
    void anEmptyScriptTakesNothing() {
      assertThat(PlayerHarness.server("").endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(PlayerHarness.server("").send("x").endReason()).isEqualTo(EndReason.EXTRA_BYTES);
    }
  }

  @Nested
  class Events {
    @Test
    void finishTakesAFinAndALateAnswerFollows() {
      PlayerHarness harness = PlayerHarness.server("C: question\nC! finish\nS: answer\nS! finish");
      assertThat(harness.send("question|").drainOutput()).isEmpty();
      assertThat(harness.finish().drainOutput()).isEqualTo("answer| + <ShutdownOutput>");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void finishDoesNotTakeAnRst() {
      assertThat(PlayerHarness.server("C! finish\nS: x").reset().endReason())
          .isEqualTo(EndReason.PEER_RESET);
    }

    @Test
    void resetTakesAnRstAndNoFin() {
      assertThat(PlayerHarness.server("S: x\nC! reset").reset().endReason())
          .isEqualTo(EndReason.FINISHED);
      assertThat(PlayerHarness.server("S: x\nC! reset").finish().endReason())
          .isEqualTo(EndReason.PEER_FIN);
    }

    @Test
    void closeTakesEither() {
      assertThat(PlayerHarness.server("S: x\nC! close").reset().endReason())
          .isEqualTo(EndReason.FINISHED);
      assertThat(PlayerHarness.server("S: x\nC! close").finish().endReason())
          .isEqualTo(EndReason.FINISHED);
    }

    @Test
    void bytesWhereAnEventIsExpectedAreWrong() {
      PlayerHarness harness = PlayerHarness.server("S: x\nC! finish").send("y");
      assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(harness.cursor().difference()).isZero();
    }

    @Test
    void ourOwnAreActions() {
      assertThat(PlayerHarness.server("S: x\nS! reset").drainOutput()).isEqualTo("x| + <Reset>");
      assertThat(PlayerHarness.server("S: x\nS! close").drainOutput()).isEqualTo("x| + <Close>");
      assertThat(PlayerHarness.server("S: x\nS! finish\nC: y").send("y|").drainOutput())
          .isEqualTo("x| + <ShutdownOutput>");
    }

    @Test
    void aFinThatComesTooEarlyIsDistinguishedFromWrongBytes() {
      PlayerHarness harness = PlayerHarness.server("C: one\nS: x").send("on").finish();
      assertThat(harness.endReason()).isEqualTo(EndReason.PEER_FIN);
      assertThat(harness.problem()).isEqualTo("the client sent FIN");
      assertThat(harness.cursor().difference()).isEqualTo(-1);
      assertThat(harness.cursor().received()).isEqualTo(Bytes.utf8("on"));
    }

    @Test
    void aFinWithinALineWithAPlaceholderIsTooEarly() {
      assertThat(PlayerHarness.server("C: ${x}\nS: x").send("on").finish().endReason())
          .isEqualTo(EndReason.PEER_FIN);
    }

    @Test
    void anRstThatComesTooEarlyIsDistinguishedFromAFin() {
      PlayerHarness harness = PlayerHarness.server("C: one\nS: x").reset();
      assertThat(harness.endReason()).isEqualTo(EndReason.PEER_RESET);
      assertThat(harness.problem()).isEqualTo("the client reset the connection");
    }

    @Test
    void nothingIsSentToAPeerThatHasReset() {
      PlayerHarness harness =
          PlayerHarness.server("C: a\npause 50ms\nS: b").send("a|").reset().advanceMillis(60);
      assertThat(harness.endReason()).isEqualTo(EndReason.PEER_RESET);
      assertThat(harness.drainOutput()).isEqualTo("<Reset>");
      assertThat(harness.currentLines()).containsExactly("S: b");
    }

    @Test
    void whatAPeerSentBeforeItsFinStillCounts() {
      PlayerHarness harness = PlayerHarness.server("C: a\nC: b\nC! finish\nS: c");
      harness.player.onReceived(Bytes.utf8("a\r\nb\r\n").toBuffer());
      harness.player.onPeerFin();
      assertThat(harness.play().drainOutput()).isEqualTo("c|");
    }
  }

  @Nested
  class Stalling {
    @Test
    void isAnActionAndWhatComesAfterItDoesNotCount() {
      PlayerHarness harness = PlayerHarness.server("C: GET\nS! stall").send("GET|a body");
      assertThat(harness.drainOutput()).isEqualTo("<Stall>");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(harness.send("more").endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void canBeFollowedByAPauseAndAReset() {
      PlayerHarness harness =
          PlayerHarness.server("C: GET\nS! stall\npause 1s\nS! reset").send("GET|");
      assertThat(harness.drainOutput()).isEqualTo("<Stall>");
      assertThat(harness.advanceMillis(1000).drainOutput()).isEqualTo("<Reset>");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void ofThePeerIsNotChecked() {
      assertThat(PlayerHarness.client("C: GET\nS! stall").endReason())
          .isEqualTo(EndReason.FINISHED);
    }
  }

  @Nested
  class Stopping {
    @Test
    void beforeTheEndIsAFailure() {
      PlayerHarness harness = PlayerHarness.server("C: a\nS: b");
      harness.player.onStopped("the test closed the server");
      assertThat(harness.endReason()).isEqualTo(EndReason.STOPPED);
      assertThat(harness.problem()).isEqualTo("the test closed the server before the script ended");
      assertThat(harness.play().drainOutput()).as("our end is closed already").isEmpty();
    }

    @Test
    void afterTheEndIsNone() {
      PlayerHarness harness = PlayerHarness.server("S: b");
      harness.player.onStopped("the test closed the server");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void aConnectionThatWasRefusedSaysSo() {
      PlayerHarness harness = PlayerHarness.client("S: a");
      harness.player.onRefused("nothing listens on 127.0.0.1:1");
      assertThat(harness.endReason()).isEqualTo(EndReason.REFUSED);
      assertThat(harness.play().drainOutput()).isEmpty();
      assertThat(harness.problem()).isEqualTo("nothing listens on 127.0.0.1:1");
    }
  }

  @Nested
  class Connections {
    private final PlayerFactory factory =
        PlayerHarness.factory(
            Script.parse("connection\n  S: one\nconnection\n  S: two\nevery connection\n  S: more"),
            Side.SERVER,
            Transport.TCP,
            new Marks());

    @Test
    void getTheirBlocksInOrderAndTheLastBlockTakesTheRest() {
      assertThat(new PlayerHarness(factory, 0).play().drainOutput()).isEqualTo("one|");
      assertThat(factory.unusedBlocks()).containsExactly("S: two\n");
      assertThat(new PlayerHarness(factory, 0).play().drainOutput()).isEqualTo("two|");
      assertThat(factory.unusedBlocks()).as("'every connection' may go unused").isEmpty();
      assertThat(new PlayerHarness(factory, 0).play().drainOutput()).isEqualTo("more|");
      assertThat(new PlayerHarness(factory, 0).play().drainOutput()).isEqualTo("more|");
    }

    @Test
    void withoutABlockAreReset() {
      PlayerFactory single =
          PlayerHarness.factory(Script.parse("S: hi"), Side.SERVER, Transport.TCP, new Marks());
      assertThat(single.maxConnections()).isEqualTo(1);
      new PlayerHarness(single, 0).play();
      PlayerHarness second = new PlayerHarness(single, 0).play();
      assertThat(second.drainOutput()).isEqualTo("<Reset>");
      assertThat(second.endReason()).isEqualTo(EndReason.EXTRA_CONNECTION);
      assertThat(second.problem())
          .isEqualTo(
              "the script is for a single connection, and this is one more; 'every connection' is for"
                  + " any number");
    }

    @Test
    void keepTheirOwnNames() {
      PlayerFactory each =
          PlayerHarness.factory(
              Script.parse("every connection\n  C: ${x}\n  S: ${x}"),
              Side.SERVER,
              Transport.TCP,
              new Marks());
      assertThat(new PlayerHarness(each, 0).play().send("1|").drainOutput()).isEqualTo("1|");
      assertThat(new PlayerHarness(each, 0).play().send("2|").drainOutput()).isEqualTo("2|");
    }
  }
}
