package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerBlocksTest {
  @Nested
  class Repeat {
    @Test
    void goesOnUntilThePeerClosesAndThenPlaysTheLinesBelow() {
      PlayerHarness rig = PlayerHarness.server("repeat\n  C: PING\n  S: PONG\nS: bye\nS! close");
      assertThat(rig.send("PING|").said()).isEqualTo("PONG|");
      assertThat(rig.send("PING|PING|").said()).isEqualTo("PONG| + PONG|");
      assertThat(rig.finish().said()).isEqualTo("bye| + <Close>");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void endsWithAFinThatCameTogetherWithTheLastLine() {
      PlayerHarness rig = PlayerHarness.server("repeat\n  C: PING\n  S: PONG\nS: bye");
      rig.player.received(Bytes.utf8("PING\r\n").toBuffer());
      rig.player.peerFinished();
      assertThat(rig.play().said()).isEqualTo("PONG| + bye|");
    }

    @Test
    void endsByAnRstToo() {
      PlayerHarness rig = PlayerHarness.server("repeat\n  C: PING\n  S: PONG\nC! reset");
      assertThat(rig.send("PING|").reset().ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void doesNotEndInTheMiddleOfAPass() {
      PlayerHarness rig =
          PlayerHarness.server("repeat\n  C: a\n  C: b\n  S: c").send("a|b|a|").finish();
      assertThat(rig.ending()).isEqualTo(EndReason.PEER_FINISHED);
      PlayerHarness half = PlayerHarness.server("repeat\n  C: a\n  S: c").send("a|a").finish();
      assertThat(half.ending()).isEqualTo(EndReason.PEER_FINISHED);
    }

    @Test
    void waitingAtTheStartOfAPassCountsAsFinished() {
      PlayerHarness rig = PlayerHarness.server("repeat\n  C: a\n  S: b");
      assertThat(rig.isDone()).isTrue();
      assertThat(rig.send("a").isDone()).as("half a line has come").isFalse();
      assertThat(rig.send("|").isDone()).isTrue();
      rig.player.stopped();
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void stoppedWithinAPassIsNotFinished() {
      PlayerHarness rig = PlayerHarness.server("repeat\n  C: a\n  C: b").send("a|");
      assertThat(rig.isDone()).isFalse();
      rig.player.stopped();
      assertThat(rig.ending()).isEqualTo(EndReason.STOPPED);
    }

    @Test
    void ofANumberPlaysThatManyPasses() {
      PlayerHarness rig =
          PlayerHarness.server("repeat 3\n  C: a\n  S: b\nC: c\nS: d").send("a|a|a|c|");
      assertThat(rig.said()).isEqualTo("b| + b| + b| + d|");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void ofANumberIsNotOverWhenThePeerCloses() {
      PlayerHarness rig = PlayerHarness.server("repeat 3\n  C: a\n  S: b").send("a|");
      assertThat(rig.isDone()).isFalse();
      assertThat(rig.finish().ending()).isEqualTo(EndReason.PEER_FINISHED);
    }

    @Test
    void nested() {
      PlayerHarness rig =
          PlayerHarness.server("repeat\n  C: a\n  repeat 2\n    C: b\n    S: c\n  S: d")
              .send("a|b|b|a|b|b|");
      assertThat(rig.said()).isEqualTo("c| + c| + d| + c| + c| + d|");
      assertThat(rig.isDone()).isTrue();
      assertThat(rig.finish().ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void anEndlessOneWithinAnotherLeavesBothWhenThePeerCloses() {
      PlayerHarness rig =
          PlayerHarness.server("repeat\n  repeat\n    C: a\n    S: b\nS: bye").send("a|").finish();
      assertThat(rig.said()).isEqualTo("b| + bye|");
    }

    @Test
    void aFailureShowsThePassAtHand() {
      PlayerHarness rig =
          PlayerHarness.server("repeat\n  C: a\n  S: b\n  C: c").send("a|c|a|").send("x");
      assertThat(rig.here()).containsExactly("C: c");
      assertThat(rig.rows(Cursor.State.MET)).containsExactly("C: a");
      assertThat(rig.rows(Cursor.State.SAID)).containsExactly("S: b");
    }

    @Test
    void aTickerEndsWhenThePeerGoesDuringItsPause() {
      PlayerHarness rig = PlayerHarness.server("repeat\n  pause 1s\n  S: tick\nS: bye");
      assertThat(rig.passMillis(1000).said()).isEqualTo("tick|");
      assertThat(rig.passMillis(300).finish().said()).isEqualTo("bye|");
    }

    @Test
    void aClientPlaysItToo() {
      PlayerHarness rig = PlayerHarness.client("repeat 2\n  C: PING\n  S: PONG\nC: QUIT");
      assertThat(rig.said()).isEqualTo("PING|");
      assertThat(rig.send("PONG|").said()).isEqualTo("PING|");
      assertThat(rig.send("PONG|").said()).isEqualTo("QUIT|");
    }

    @Test
    void aPassThatTakesNothingAtRunTimeFails() {
      Script script = Script.parse("repeat\n  C# ${x:4 bytes}\n  S: y").with("x", "");
      PlayerHarness rig =
          new PlayerHarness(PlayerHarness.stage(script, Side.SERVER, Transport.TCP, new Marks()), 0)
              .play();
      assertThat(rig.ending()).isEqualTo(EndReason.STUCK);
      assertThat(rig.problem()).contains("would never end");
      assertThat(rig.said()).isEqualTo("y| + <Reset>");
    }
  }

  @Nested
  class When {
    private static final String CACHE =
        """
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
        """;

    @Test
    void playsTheBranchWhoseFirstLineCame() {
      PlayerHarness rig = PlayerHarness.server(CACHE);
      assertThat(rig.send("GET a|PING|GET b|").said()).isEqualTo("$-1| + +PONG| + $-1|");
      assertThat(rig.send("QUIT|").said()).isEqualTo("+OK| + <Close>");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void takesTheFirstInOrderOfThoseThatFit() {
      PlayerHarness rig =
          PlayerHarness.server("when\n  C: GET ${x}\n  S: any\nwhen\n  C: GET a\n  S: a")
              .send("GET a|");
      assertThat(rig.said()).isEqualTo("any|");
    }

    @Test
    void aLaterBranchWinsOnceThoseAheadOfItHaveFailed() {
      PlayerHarness rig =
          PlayerHarness.server("when\n  C: ABC\n  S: 1\nwhen\n  C| AB\n  S: 2\nC: x").send("AB");
      assertThat(rig.said()).as("C: ABC can still come").isEmpty();
      assertThat(rig.send("x|").said()).isEqualTo("2|");
    }

    @Test
    void fallsThroughToWhatIsBelow() {
      PlayerHarness rig =
          PlayerHarness.server("when\n  C: a\n  S: 1\nwhen\n  C: b\n  S: 2\nC: c\nS: 3")
              .send("b|c|");
      assertThat(rig.said()).isEqualTo("2| + 3|");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void showsTheNearestWhenNoneFits() {
      PlayerHarness rig = PlayerHarness.server(CACHE).send("QUIX|");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.cursor().expected()).containsExactly("C: QUIT", "C: PING", "C: GET ${key}");
      assertThat(rig.cursor().difference()).isEqualTo(3);
      assertThat(rig.here()).containsExactly("C: PING", "C: GET ${key}", "C: QUIT");
    }

    @Test
    void failsAsSoonAsNoBranchCanFitAnyMore() {
      assertThat(PlayerHarness.server(CACHE).send("X").ending()).isEqualTo(EndReason.WRONG_BYTES);
    }

    @Test
    void mayWaitForAnEvent() {
      String script = "when\n  C: a\n  S: b\nwhen\n  C! finish\n  S: late";
      assertThat(PlayerHarness.server(script).finish().said()).isEqualTo("late|");
      assertThat(PlayerHarness.server(script).send("a|").said()).isEqualTo("b|");
    }

    @Test
    void goesOnInsideItsBranch() {
      PlayerHarness rig =
          PlayerHarness.server("repeat\n  when\n    C: a\n    S: 1\n    C: b\n    S: 2")
              .send("a|")
              .send("x");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.here()).containsExactly("C: b");
      assertThat(rig.rows(Cursor.State.MET)).containsExactly("C: a");
    }

    @Test
    void ofTheServersLinesIsPlayedByAClient() {
      PlayerHarness rig =
          PlayerHarness.client(
              "C: GET\nwhen\n  S: 404 ${*}\n  C: oh\nwhen\n  S: 200 ${*}\n  C: thanks");
      assertThat(rig.said()).isEqualTo("GET|");
      assertThat(rig.send("200 OK|").said()).isEqualTo("thanks|");
    }
  }

  @Nested
  class TheCursor {
    @Test
    void knowsTheBranchThatWasTakenWhenItIsBelowIt() {
      PlayerHarness rig =
          PlayerHarness.server("when\n  C: a\n  S: 1\nwhen\n  C: b\n  S: 2\nC: c").send("b|x");
      assertThat(rig.rows(Cursor.State.MET)).containsExactly("C: b");
      assertThat(rig.rows(Cursor.State.SAID)).containsExactly("S: 2");
      assertThat(rig.here()).containsExactly("C: c");
    }

    @Test
    void tellsEqualLinesApart() {
      PlayerHarness rig =
          PlayerHarness.server("C: a\nany order\n  C: a\n  C: a\n  C: b\nS: x").send("a|a|x");
      assertThat(rig.rows(Cursor.State.MET)).containsExactly("C: a", "C: a");
      assertThat(rig.here()).containsExactly("C: a", "C: b");
    }

    @Test
    void standsOnAWholeMessageThatCannotBeSaid() {
      PlayerHarness rig = PlayerHarness.server("pause 1ms\nS: a\nS: b\nC: c").reset().passMillis(2);
      assertThat(rig.here()).containsExactly("S: a", "S: b");
    }
  }

  @Nested
  class AnyOrder {
    private static final String HEADERS =
        "C: GET /\nany order\n  C: Host: h\n  C: Accept: ${a}\n  C: ...\nC:\nS: ok";

    @ParameterizedTest
    @ValueSource(strings = {"a|b|c|", "a|c|b|", "b|a|c|", "b|c|a|", "c|a|b|", "c|b|a|"})
    void takesEachLineOnceInWhateverOrder(String sent) {
      PlayerHarness rig =
          PlayerHarness.server("any order\n  C: a\n  C: b\n  C: c\nS: ok").send(sent);
      assertThat(rig.said()).isEqualTo("ok|");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void takesNoLineTwice() {
      PlayerHarness rig = PlayerHarness.server("any order\n  C: a\n  C: b\nS: ok").send("a|a|");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.cursor().expected()).containsExactly("C: b");
      assertThat(rig.cursor().offset()).isEqualTo(3);
      assertThat(rig.here()).containsExactly("C: b");
      assertThat(rig.rows(Cursor.State.MET)).containsExactly("C: a");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        value = {
          "C: ${x};C: Host: ${y}            ~ Host: h|other|  ~ other ~ h",
          "C: ${x};C: Host: ${y}            ~ other|Host: h|  ~ other ~ h",
          "C: ${x:.*};C: ${y:[a-z]+}1       ~ a1|b2|          ~ b2 ~ a",
        })
    void leavesEachLineToTheStrictestThatTakesIt(String items, String sent, String x, String y) {
      String script = "any order\n  " + items.replace(";", "\n  ") + "\nS: ok";
      PlayerHarness whole = PlayerHarness.server(script).send(sent);
      assertThat(whole.said()).isEqualTo("ok|");
      assertThat(whole.value("x")).isEqualTo(x);
      assertThat(whole.value("y")).isEqualTo(y);
      PlayerHarness split =
          PlayerHarness.server(script).sendByteByByte(Bytes.utf8(sent.replace("|", "\r\n")));
      assertThat(split.said()).isEqualTo("ok|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aab", "aba"})
    void leavesALongerLineWhatAShorterCouldTake(String sent) {
      String script = "any order\n  C| a\n  C| ab\nS: ok";
      assertThat(PlayerHarness.server(script).send(sent).said()).isEqualTo("ok|");
      assertThat(PlayerHarness.server(script).sendByteByByte(Bytes.utf8(sent)).said())
          .isEqualTo("ok|");
    }

    @Test
    void takesEqualLinesAsOftenAsTheyStandThere() {
      assertThat(PlayerHarness.server("any order\n  C: a\n  C: a\nS: ok").send("a|a|").said())
          .isEqualTo("ok|");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        value = {
          "GET /|Host: h|Accept: x||",
          "GET /|Accept: x|Host: h||",
          "GET /|User-Agent: u|Host: h|Accept: x||",
          "GET /|Host: h|Ho: y|Accept: x|X: y||",
        })
    void withTheRestLetsOtherLinesBy(String sent) {
      PlayerHarness rig = PlayerHarness.server(HEADERS).send(sent);
      assertThat(rig.said()).isEqualTo("ok|");
      assertThat(rig.value("a")).isEqualTo("x");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void withTheRestFailsWhenTheLineBelowComesTooEarly() {
      PlayerHarness rig = PlayerHarness.server(HEADERS).send("GET /|Host: h|X: y||");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.problem()).isEqualTo("the client went on without all the lines in any order");
      assertThat(rig.cursor().expected()).containsExactly("C: Accept: ${a}");
    }

    @Test
    void withoutTheRestTakesNoOtherLine() {
      PlayerHarness rig = PlayerHarness.server("any order\n  C: a\n  C: b\nC: c").send("a|c|");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
    }

    @Test
    void isSaidAsItIsWritten() {
      assertThat(PlayerHarness.client("any order\n  C: b\n  C: ...\n  C: a\nS: ok").said())
          .isEqualTo("b|a|");
    }

    @Test
    void twoBlocksInARowKeepTheirLinesApart() {
      PlayerHarness rig =
          PlayerHarness.server("any order\n  C: a\n  C: b\nany order\n  C: c\n  C: d\nS: ok")
              .send("b|a|d|c|");
      assertThat(rig.said()).isEqualTo("ok|");
    }

    @Test
    void atTheStartOfAPassItLeavesNothingBehindWhenThePeerCloses() {
      PlayerHarness rig =
          PlayerHarness.server(
              "repeat\n  any order\n    S: x\n  any order\n    C: a\n    C: b\n  S: c\nS: bye");
      assertThat(rig.send("b|a|").said()).isEqualTo("x| + c| + x|");
      PlayerHarness idle =
          PlayerHarness.server("repeat\n  any order\n    C: a\n    C: b\n  S: c\nS: bye").finish();
      assertThat(idle.said()).isEqualTo("bye|");
    }
  }

  @Nested
  class Rest {
    @Test
    void letsLinesByUpToTheNextExpectation() {
      PlayerHarness rig = PlayerHarness.server("C: ...\nC: QUIT\nS: bye").send("NOOP|NOOP|QUIT|");
      assertThat(rig.said()).isEqualTo("bye|");
    }

    @Test
    void mayLetNoneBy() {
      assertThat(PlayerHarness.server("C: ...\nC: QUIT\nS: bye").send("QUIT|").said())
          .isEqualTo("bye|");
    }

    @Test
    void letsOnlyWholeLinesBy() {
      PlayerHarness rig = PlayerHarness.server("C: ...\nC: QUIT\nS: bye").send("no QUIT|");
      assertThat(rig.said()).isEmpty();
      assertThat(rig.send("QUIT|").said()).isEqualTo("bye|");
    }

    @Test
    void ofALineLongerThan64KiBKeepsNothing() {
      PlayerHarness rig =
          PlayerHarness.server("C: ...\nC: QUIT ${x}\nS: bye")
              .send(Bytes.utf8("Q".repeat(300_000)));
      assertThat(rig.ending()).isNull();
      assertThat(rig.send("|QUIT 1|").said()).isEqualTo("bye|");
    }

    @Test
    void isOverWithTheLineThatTheNextExpectationTook() {
      PlayerHarness rig = PlayerHarness.server("C: ...\nC: a\nC: b\nS: c").send("x|a|x|");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.cursor().offset()).isEqualTo(6);
    }

    @Test
    void endsInAnEventToo() {
      PlayerHarness rig = PlayerHarness.server("C: ...\nC! finish\nS: bye").send("a|b").finish();
      assertThat(rig.said()).isEqualTo("bye|");
    }

    @Test
    void endsInABranchToo() {
      PlayerHarness rig =
          PlayerHarness.server("C: ...\nwhen\n  C: a\n  S: 1\nwhen\n  C: b\n  S: 2").send("x|y|b|");
      assertThat(rig.said()).isEqualTo("2|");
    }

    @Test
    void ofALineThatNeverCameIsTheFinOfThePeer() {
      PlayerHarness rig = PlayerHarness.server("C: ...\nC: QUIT\nS: bye").send("NOOP|").finish();
      assertThat(rig.ending()).isEqualTo(EndReason.PEER_FINISHED);
    }

    @Test
    void saysNothing() {
      assertThat(PlayerHarness.client("C: a\nS: ok\nC: ...\nC: b").send("ok|").said())
          .isEqualTo("a| + b|");
    }

    @Test
    void atTheEndOfTheScriptTakesWhateverComesWhileWeGoOn() {
      PlayerHarness rig =
          PlayerHarness.server("C: ...\nS: hi\npause 1s\nS: bye")
              .send("x|y")
              .passMillis(1000)
              .send("z");
      assertThat(rig.said()).isEqualTo("hi| + bye|");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }
  }

  @Nested
  class Together {
    private static final String BOTH =
        "together\n  S: s1\n  C: c1\n  pause 1s\n  S: s2\n  C: c2\nS: end";

    @Test
    void doesNotWaitForTheOtherSide() {
      PlayerHarness rig = PlayerHarness.server(BOTH);
      assertThat(rig.said()).isEqualTo("s1|");
      assertThat(rig.passMillis(1000).said()).isEqualTo("s2|");
      assertThat(rig.send("c1|c2|").said()).isEqualTo("end|");
    }

    @Test
    void isOverWhenBothSidesAre() {
      PlayerHarness rig = PlayerHarness.server(BOTH);
      assertThat(rig.send("c1|c2|").said()).isEqualTo("s1|");
      assertThat(rig.passMillis(1000).said()).isEqualTo("s2| + end|");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void keepsTheOrderOfEachSide() {
      PlayerHarness rig = PlayerHarness.server(BOTH).send("c2|");
      assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(rig.here()).contains("C: c1").doesNotContain("C: c2");
    }

    @Test
    void aClientPlaysTheOtherHalf() {
      PlayerHarness rig = PlayerHarness.client(BOTH);
      assertThat(rig.said()).isEqualTo("c1| + c2|");
      assertThat(rig.send("s1|s2|end|").ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void atTheStartOfAPassWaitsWithoutADeadlineAndEndsWithThePeer() {
      PlayerHarness rig =
          PlayerHarness.server("repeat\n  together\n    C: a\n    C: b\n  S: c\nS: bye");
      assertThat(rig.isDone()).isTrue();
      rig.pass(PlayerHarness.DEADLINE.multipliedBy(3));
      assertThat(rig.ending()).isNull();
      assertThat(rig.send("a|b|").finish().said()).isEqualTo("c| + bye|");
      assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void halfPlayedIsNoStartOfAPass() {
      PlayerHarness rig =
          PlayerHarness.server("repeat\n  together\n    C: a\n    C: b\n  S: c").send("a|");
      assertThat(rig.isDone()).isFalse();
      assertThat(rig.finish().ending()).isEqualTo(EndReason.PEER_FINISHED);
    }
  }
}
