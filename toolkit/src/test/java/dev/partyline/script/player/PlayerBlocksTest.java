package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Script;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlayerBlocksTest {
  @Nested
  class Repeat {
    @Test
    void goesOnUntilThePeerClosesAndThenPlaysTheLinesBelow() {
      PlayerHarness harness =
          PlayerHarness.server("repeat\n  C: PING\n  S: PONG\nS: bye\nS! close");
      assertThat(harness.send("PING|").drainOutput()).isEqualTo("PONG|");
      assertThat(harness.send("PING|PING|").drainOutput()).isEqualTo("PONG| + PONG|");
      assertThat(harness.finish().drainOutput()).isEqualTo("bye| + <Close>");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void endsWithAFinThatCameTogetherWithTheLastLine() {
      PlayerHarness harness = PlayerHarness.server("repeat\n  C: PING\n  S: PONG\nS: bye");
      harness.player.onReceived(Bytes.utf8("PING\r\n").toBuffer());
      harness.player.onPeerFin();
      assertThat(harness.play().drainOutput()).isEqualTo("PONG| + bye|");
    }

    @Test
    void endsByAnRstToo() {
      PlayerHarness harness = PlayerHarness.server("repeat\n  C: PING\n  S: PONG\nC! reset");
      assertThat(harness.send("PING|").reset().endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void doesNotEndInTheMiddleOfAPass() {
      PlayerHarness harness =
          PlayerHarness.server("repeat\n  C: a\n  C: b\n  S: c").send("a|b|a|").finish();
      assertThat(harness.endReason()).isEqualTo(EndReason.PEER_FIN);
      PlayerHarness half = PlayerHarness.server("repeat\n  C: a\n  S: c").send("a|a").finish();
      assertThat(half.endReason()).isEqualTo(EndReason.PEER_FIN);
    }

    @Test
    void waitingAtTheStartOfAPassCountsAsFinished() {
      PlayerHarness harness = PlayerHarness.server("repeat\n  C: a\n  S: b");
      assertThat(harness.isDone()).isTrue();
      assertThat(harness.send("a").isDone()).as("half a line has come").isFalse();
      assertThat(harness.send("|").isDone()).isTrue();
      harness.player.onStopped("the test closed the server");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void stoppedWithinAPassIsNotFinished() {
      PlayerHarness harness = PlayerHarness.server("repeat\n  C: a\n  C: b").send("a|");
      assertThat(harness.isDone()).isFalse();
      harness.player.onStopped("the test closed the server");
      assertThat(harness.endReason()).isEqualTo(EndReason.STOPPED);
    }

    @Test
    void ofANumberPlaysThatManyPasses() {
      PlayerHarness harness =
          PlayerHarness.server("repeat 3\n  C: a\n  S: b\nC: c\nS: d").send("a|a|a|c|");
      assertThat(harness.drainOutput()).isEqualTo("b| + b| + b| + d|");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void ofANumberIsNotOverWhenThePeerCloses() {
      PlayerHarness harness = PlayerHarness.server("repeat 3\n  C: a\n  S: b").send("a|");
      assertThat(harness.isDone()).isFalse();
      assertThat(harness.finish().endReason()).isEqualTo(EndReason.PEER_FIN);
    }

    @Test
    void nested() {
      PlayerHarness harness =
          PlayerHarness.server("repeat\n  C: a\n  repeat 2\n    C: b\n    S: c\n  S: d")
              .send("a|b|b|a|b|b|");
      assertThat(harness.drainOutput()).isEqualTo("c| + c| + d| + c| + c| + d|");
      assertThat(harness.isDone()).isTrue();
      assertThat(harness.finish().endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void anEndlessOneWithinAnotherLeavesBothWhenThePeerCloses() {
      PlayerHarness harness =
          PlayerHarness.server("repeat\n  repeat\n    C: a\n    S: b\nS: bye").send("a|").finish();
      assertThat(harness.drainOutput()).isEqualTo("b| + bye|");
    }

    @Test
    void aFailureShowsTheCurrentPass() {
      PlayerHarness harness =
          PlayerHarness.server("repeat\n  C: a\n  S: b\n  C: c").send("a|c|a|").send("x");
      assertThat(harness.currentLines()).containsExactly("C: c");
      assertThat(harness.rows(Cursor.State.MATCHED)).containsExactly("C: a");
      assertThat(harness.rows(Cursor.State.SENT)).containsExactly("S: b");
    }

    @Test
    void aTickerEndsWhenThePeerClosesDuringItsPause() {
      PlayerHarness harness = PlayerHarness.server("repeat\n  pause 1s\n  S: tick\nS: bye");
      assertThat(harness.advanceMillis(1000).drainOutput()).isEqualTo("tick|");
      assertThat(harness.advanceMillis(300).finish().drainOutput()).isEqualTo("bye|");
    }

    @Test
    void aClientPlaysItToo() {
      PlayerHarness harness = PlayerHarness.client("repeat 2\n  C: PING\n  S: PONG\nC: QUIT");
      assertThat(harness.drainOutput()).isEqualTo("PING|");
      assertThat(harness.send("PONG|").drainOutput()).isEqualTo("PING|");
      assertThat(harness.send("PONG|").drainOutput()).isEqualTo("QUIT|");
    }

    @Test
    void aPassThatTakesNothingAtRunTimeFails() {
      Script script = Script.parse("repeat\n  C# ${x:4 bytes}\n  S: y").with("x", "");
      PlayerHarness harness =
          new PlayerHarness(
                  PlayerHarness.factory(script, Side.SERVER, Transport.TCP, new Marks()), 0)
              .play();
      assertThat(harness.endReason()).isEqualTo(EndReason.TOO_COMPLEX);
      assertThat(harness.problem()).contains("would never end");
      assertThat(harness.drainOutput()).isEqualTo("y| + <Reset>");
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
      PlayerHarness harness = PlayerHarness.server(CACHE);
      assertThat(harness.send("GET a|PING|GET b|").drainOutput()).isEqualTo("$-1| + +PONG| + $-1|");
      assertThat(harness.send("QUIT|").drainOutput()).isEqualTo("+OK| + <Close>");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void takesTheFirstInOrderOfThoseThatFit() {
      PlayerHarness harness =
          PlayerHarness.server("when\n  C: GET ${x}\n  S: any\nwhen\n  C: GET a\n  S: a")
              .send("GET a|");
      assertThat(harness.drainOutput()).isEqualTo("any|");
    }

    @Test
    void aLaterBranchWinsOnceThoseBeforeItHaveFailed() {
      PlayerHarness harness =
          PlayerHarness.server("when\n  C: ABC\n  S: 1\nwhen\n  C| AB\n  S: 2\nC: x").send("AB");
      assertThat(harness.drainOutput()).as("C: ABC can still come").isEmpty();
      assertThat(harness.send("x|").drainOutput()).isEqualTo("2|");
    }

    @Test
    void fallsThroughToWhatIsBelow() {
      PlayerHarness harness =
          PlayerHarness.server("when\n  C: a\n  S: 1\nwhen\n  C: b\n  S: 2\nC: c\nS: 3")
              .send("b|c|");
      assertThat(harness.drainOutput()).isEqualTo("2| + 3|");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void showsTheClosestWhenNoneFits() {
      PlayerHarness harness = PlayerHarness.server(CACHE).send("QUIX|");
      assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(harness.cursor().expected())
          .containsExactly("C: QUIT", "C: PING", "C: GET ${key}");
      assertThat(harness.cursor().difference()).isEqualTo(3);
      assertThat(harness.currentLines()).containsExactly("C: PING", "C: GET ${key}", "C: QUIT");
    }

    @Test
    void failsAsSoonAsNoBranchCanFitAnyMore() {
      assertThat(PlayerHarness.server(CACHE).send("X").endReason())
          .isEqualTo(EndReason.WRONG_BYTES);
    }

    @Test
    void mayWaitForAnEvent() {
      String script = "when\n  C: a\n  S: b\nwhen\n  C! finish\n  S: late";
      assertThat(PlayerHarness.server(script).finish().drainOutput()).isEqualTo("late|");
      assertThat(PlayerHarness.server(script).send("a|").drainOutput()).isEqualTo("b|");
    }

    @Test
    void goesOnInsideItsBranch() {
      PlayerHarness harness =
          PlayerHarness.server("repeat\n  when\n    C: a\n    S: 1\n    C: b\n    S: 2")
              .send("a|")
              .send("x");
      assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(harness.currentLines()).containsExactly("C: b");
      assertThat(harness.rows(Cursor.State.MATCHED)).containsExactly("C: a");
    }

    @Test
    void ofTheServersLinesIsPlayedByAClient() {
      PlayerHarness harness =
          PlayerHarness.client(
              "C: GET\nwhen\n  S: 404 ${*}\n  C: oh\nwhen\n  S: 200 ${*}\n  C: thanks");
      assertThat(harness.drainOutput()).isEqualTo("GET|");
      assertThat(harness.send("200 OK|").drainOutput()).isEqualTo("thanks|");
    }
  }

  @Nested
  class TheCursor {
    @Test
    void knowsTheBranchThatWasTakenWhenItIsBelowIt() {
      PlayerHarness harness =
          PlayerHarness.server("when\n  C: a\n  S: 1\nwhen\n  C: b\n  S: 2\nC: c").send("b|x");
      assertThat(harness.rows(Cursor.State.MATCHED)).containsExactly("C: b");
      assertThat(harness.rows(Cursor.State.SENT)).containsExactly("S: 2");
      assertThat(harness.currentLines()).containsExactly("C: c");
    }

    @Test
    void tellsEqualLinesApart() {
      PlayerHarness harness =
          PlayerHarness.server("C: a\nany order\n  C: a\n  C: a\n  C: b\nS: x").send("a|a|x");
      assertThat(harness.rows(Cursor.State.MATCHED)).containsExactly("C: a", "C: a");
      assertThat(harness.currentLines()).containsExactly("C: a", "C: b");
    }

    @Test
    void isOnAWholeMessageThatCannotBeSent() {
      PlayerHarness harness =
          PlayerHarness.server("pause 1ms\nS: a\nS: b\nC: c").reset().advanceMillis(2);
      assertThat(harness.currentLines()).containsExactly("S: a", "S: b");
    }
  }

  @Nested
  class Together {
    private static final String BOTH =
        "together\n  S: s1\n  C: c1\n  pause 1s\n  S: s2\n  C: c2\nS: end";

    @Test
    void doesNotWaitForTheOtherSide() {
      PlayerHarness harness = PlayerHarness.server(BOTH);
      assertThat(harness.drainOutput()).isEqualTo("s1|");
      assertThat(harness.advanceMillis(1000).drainOutput()).isEqualTo("s2|");
      assertThat(harness.send("c1|c2|").drainOutput()).isEqualTo("end|");
    }

    @Test
    void isOverWhenBothSidesAre() {
      PlayerHarness harness = PlayerHarness.server(BOTH);
      assertThat(harness.send("c1|c2|").drainOutput()).isEqualTo("s1|");
      assertThat(harness.advanceMillis(1000).drainOutput()).isEqualTo("s2| + end|");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void keepsTheOrderOfEachSide() {
      PlayerHarness harness = PlayerHarness.server(BOTH).send("c2|");
      assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(harness.currentLines()).contains("C: c1").doesNotContain("C: c2");
    }

    @Test
    void aClientPlaysTheOtherHalf() {
      PlayerHarness harness = PlayerHarness.client(BOTH);
      assertThat(harness.drainOutput()).isEqualTo("c1| + c2|");
      assertThat(harness.send("s1|s2|end|").endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void atTheStartOfAPassWaitsWithoutADeadlineAndEndsWithThePeer() {
      PlayerHarness harness =
          PlayerHarness.server("repeat\n  together\n    C: a\n    C: b\n  S: c\nS: bye");
      assertThat(harness.isDone()).isTrue();
      harness.advance(PlayerHarness.DEADLINE.multipliedBy(3));
      assertThat(harness.endReason()).isNull();
      assertThat(harness.send("a|b|").finish().drainOutput()).isEqualTo("c| + bye|");
      assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    }

    @Test
    void halfPlayedIsNotTheStartOfAPass() {
      PlayerHarness harness =
          PlayerHarness.server("repeat\n  together\n    C: a\n    C: b\n  S: c").send("a|");
      assertThat(harness.isDone()).isFalse();
      assertThat(harness.finish().endReason()).isEqualTo(EndReason.PEER_FIN);
    }
  }
}
