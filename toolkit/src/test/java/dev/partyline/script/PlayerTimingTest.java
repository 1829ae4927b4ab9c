package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlayerTimingTest {
  @Test
  void anExpectationIsStuckAfterTheDeadline() {
    PlayerHarness rig = PlayerHarness.server("C: a\nS: b").passMillis(4_999);
    assertThat(rig.ending()).isNull();
    rig.passMillis(1);
    assertThat(rig.ending()).isEqualTo(EndReason.STUCK);
    assertThat(rig.problem()).isEqualTo("the client did not send this within 5s");
    assertThat(rig.said()).isEqualTo("<Reset>");
    assertThat(rig.here()).containsExactly("C: a");
  }

  @Test
  void aPlayerIsStuckThoughBytesTrickleIn() {
    PlayerHarness rig =
        PlayerHarness.server("C: abc\nS: b").passMillis(4_000).send("a").passMillis(999);
    assertThat(rig.ending()).isNull();
    assertThat(rig.passMillis(1).ending()).isEqualTo(EndReason.STUCK);
    assertThat(rig.cursor().received().utf8()).isEqualTo("a");
  }

  @Test
  void eachExpectationHasItsOwnDeadline() {
    PlayerHarness rig =
        PlayerHarness.server("C: a\nC: b\nS: c")
            .passMillis(4_000)
            .send("a|")
            .passMillis(4_000)
            .send("b|");
    assertThat(rig.said()).isEqualTo("c|");
  }

  @Test
  void eachLineInAnyOrderHasItsOwnDeadline() {
    PlayerHarness rig =
        PlayerHarness.server("any order\n  C: a\n  C: b\nS: c")
            .passMillis(4_000)
            .send("b|")
            .passMillis(4_000);
    assertThat(rig.send("a|").said()).isEqualTo("c|");
  }

  @Test
  void withinSetsTheTimeOfTheNextExpectationOnly() {
    PlayerHarness rig =
        PlayerHarness.server("within 200ms\nC: a\nC: b\nS: c")
            .passMillis(199)
            .send("a|")
            .passMillis(999);
    assertThat(rig.ending()).isNull();
    assertThat(rig.send("b|").said()).isEqualTo("c|");
    PlayerHarness late = PlayerHarness.server("within 200ms\nC: a\nS: c").passMillis(200);
    assertThat(late.ending()).isEqualTo(EndReason.STUCK);
    assertThat(late.problem()).isEqualTo("the client did not send this within 200ms");
  }

  @Test
  void withinCountsFromThePlayersComingToTheExpectation() {
    PlayerHarness rig =
        PlayerHarness.server("pause 1s\nwithin 200ms\nS: hi\nC: a\nS: b").passMillis(1_199);
    assertThat(rig.ending()).isNull();
    assertThat(rig.send("a|").said()).isEqualTo("hi| + b|");
  }

  @Test
  void withinHoldsAcrossALineThatThePlayerSays() {
    PlayerHarness rig = PlayerHarness.server("within 200ms\nS: hi\nC: a\nS: b").passMillis(200);
    assertThat(rig.ending()).isEqualTo(EndReason.STUCK);
  }

  @Test
  void withinMayBeLongerThanTheDeadline() {
    PlayerHarness rig = PlayerHarness.server("within 1m\nC: a\nS: b").passMillis(59_999).send("a|");
    assertThat(rig.said()).isEqualTo("b|");
  }

  @Test
  void noDeadlineRunsBetweenThePassesOfARepeat() {
    PlayerHarness rig =
        PlayerHarness.server("repeat\n  C: a\n  S: b")
            .passMillis(60_000)
            .send("a|")
            .passMillis(60_000);
    assertThat(rig.ending()).isNull();
    assertThat(rig.player.wakeAt()).isEqualTo(Long.MAX_VALUE);
    assertThat(rig.send("a").passMillis(5_000).ending())
        .as("a pass has begun")
        .isEqualTo(EndReason.STUCK);
  }

  @Test
  void noDeadlineRunsBetweenThePassesOfARepeatThatIsCounted() {
    PlayerHarness rig =
        PlayerHarness.server("repeat 3\n  C: a\n  S: b").send("a|").passMillis(60_000);
    assertThat(rig.ending()).isNull();
    assertThat(rig.send("a|a|").ending()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void aDeadlineRunsInsideAPass() {
    PlayerHarness rig = PlayerHarness.server("repeat\n  C: a\n  C: b").send("a|").passMillis(5_000);
    assertThat(rig.ending()).isEqualTo(EndReason.STUCK);
  }

  @Test
  void noDeadlineRunsAfterTheEnd() {
    PlayerHarness rig = PlayerHarness.server("C: a\nS: b").send("a|").passMillis(60_000);
    assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
    assertThat(rig.player.wakeAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aPauseHoldsTheNextLineBack() {
    PlayerHarness rig = PlayerHarness.server("C: a\npause 50ms\nS: b").send("a|").passMillis(49);
    assertThat(rig.said()).isEmpty();
    assertThat(rig.passMillis(1).said()).isEqualTo("b|");
  }

  @Test
  void aPauseIsNotQuantised() {
    PlayerHarness rig = PlayerHarness.server("pause 1500ns\nS: b").pass(Duration.ofNanos(1_499));
    assertThat(rig.said()).isEmpty();
    assertThat(rig.pass(Duration.ofNanos(1)).said()).isEqualTo("b|");
  }

  @Test
  void aPauseLongerThanTheDeadlineIsNotStuck() {
    assertThat(PlayerHarness.server("pause 1m\nS: b").passMillis(60_000).said()).isEqualTo("b|");
  }

  @Test
  void theOtherSidesPlayerPassesOverAPause() {
    PlayerHarness rig = PlayerHarness.client("pause 1m\nS: b\nC: c").send("b|");
    assertThat(rig.said()).isEqualTo("c|");
  }

  @Test
  void aMarkIsSetByTheSideThatSpeaksNext() {
    Marks board = new Marks();
    Script script = Script.parse("C: a\nmark heard\nS: b\nmark gone\nC: c");
    PlayerHarness rig = PlayerHarness.of(script, Side.SERVER, Transport.TCP, board);
    assertThat(board.isMarked("heard")).isFalse();
    rig.send("a|");
    assertThat(board.isMarked("heard")).isTrue();
    assertThat(board.isMarked("gone")).isFalse();
  }

  @Test
  void anAwaitHoldsThePlayerUntilTheMarkIsSet() {
    Marks board = new Marks();
    PlayerHarness rig =
        PlayerHarness.of(Script.parse("await go\nS: b"), Side.SERVER, Transport.TCP, board);
    assertThat(rig.passMillis(4_999).said()).isEmpty();
    board.mark("go");
    assertThat(rig.play().said()).isEqualTo("b|");
    assertThat(
            PlayerHarness.of(Script.parse("await go\nS: b"), Side.SERVER, Transport.TCP, board)
                .said())
        .as("a mark stays set")
        .isEqualTo("b|");
  }

  @Test
  void anAwaitThatIsNotMarkedIsStuck() {
    Marks board = new Marks();
    board.mark("other");
    PlayerHarness rig =
        PlayerHarness.of(Script.parse("await go\nS: b"), Side.SERVER, Transport.TCP, board);
    rig.passMillis(5_000);
    assertThat(rig.ending()).isEqualTo(EndReason.STUCK);
    assertThat(rig.problem()).contains("mark 'go' was not set in time").contains("other");
    assertThat(rig.here()).containsExactly("await go");
  }

  @Test
  void oneConnectionAwaitsWhatAnotherMarks() {
    Marks board = new Marks();
    PlayerFactory stage =
        PlayerHarness.stage(
            Script.parse("connection\n  await second\n  S: a\nconnection\n  mark second\n  S: b"),
            Side.SERVER,
            Transport.TCP,
            board);
    PlayerHarness first = new PlayerHarness(stage, 0).play();
    assertThat(first.said()).isEmpty();
    assertThat(new PlayerHarness(stage, 0).play().said()).isEqualTo("b|");
    assertThat(first.play().said()).isEqualTo("a|");
  }

  @Test
  void recordedTimesArePassedOverUnlessTheyAreKept() {
    String script = "[+0.100000000] S: a\ncut\n[+0.300000000] S: b\n[+0.500000000] S! close";
    assertThat(PlayerHarness.server(script).said()).isEqualTo("a| + b| + <Close>");
    PlayerHarness rig = PlayerHarness.timed(script);
    assertThat(rig.said()).isEmpty();
    assertThat(rig.passMillis(100).said()).isEqualTo("a|");
    assertThat(rig.passMillis(199).said()).isEmpty();
    assertThat(rig.passMillis(1).said()).isEqualTo("b|");
    assertThat(rig.passMillis(199).said()).isEmpty();
    assertThat(rig.passMillis(1).said()).isEqualTo("<Close>");
  }

  @Test
  void aRecordedTimeAtTheEndOfTheClockDoesNotSpin() {
    PlayerHarness rig =
        PlayerHarness.timed("[+9223372036.854775807] S: a").pass(Duration.ofDays(9));
    assertThat(rig.said()).isEmpty();
    assertThat(rig.ending()).isNull();
  }
}
