package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Script;
import dev.partyline.wire.PatienceOfOne;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PatienceOfOne.class)
class PlayerTimingTest {
  @Test
  void anExpectationTimesOutAfterTheDeadline() {
    PlayerHarness harness = PlayerHarness.server("C: a\nS: b").advanceMillis(4_999);
    assertThat(harness.endReason()).isNull();
    harness.advanceMillis(1);
    assertThat(harness.endReason()).isEqualTo(EndReason.TIMED_OUT);
    assertThat(harness.problem()).isEqualTo("the client did not send this within 5 s");
    assertThat(harness.drainOutput()).isEqualTo("<Reset>");
    assertThat(harness.currentLines()).containsExactly("C: a");
  }

  @Test
  void aPlayerTimesOutThoughBytesTrickleIn() {
    PlayerHarness harness =
        PlayerHarness.server("C: abc\nS: b").advanceMillis(4_000).send("a").advanceMillis(999);
    assertThat(harness.endReason()).isNull();
    assertThat(harness.advanceMillis(1).endReason()).isEqualTo(EndReason.TIMED_OUT);
    assertThat(harness.cursor().received().utf8()).isEqualTo("a");
  }

  @Test
  void eachExpectationHasItsOwnDeadline() {
    PlayerHarness harness =
        PlayerHarness.server("C: a\nC: b\nS: c")
            .advanceMillis(4_000)
            .send("a|")
            .advanceMillis(4_000)
            .send("b|");
    assertThat(harness.drainOutput()).isEqualTo("c|");
  }

  @Test
  void eachLineInAnyOrderHasItsOwnDeadline() {
    PlayerHarness harness =
        PlayerHarness.server("any order\n  C: a\n  C: b\nS: c")
            .advanceMillis(4_000)
            .send("b|")
            .advanceMillis(4_000);
    assertThat(harness.send("a|").drainOutput()).isEqualTo("c|");
  }

  @Test
  void withinSetsTheTimeOfTheNextExpectationOnly() {
    PlayerHarness harness =
        PlayerHarness.server("within 200ms\nC: a\nC: b\nS: c")
            .advanceMillis(199)
            .send("a|")
            .advanceMillis(999);
    assertThat(harness.endReason()).isNull();
    assertThat(harness.send("b|").drainOutput()).isEqualTo("c|");
    PlayerHarness late = PlayerHarness.server("within 200ms\nC: a\nS: c").advanceMillis(200);
    assertThat(late.endReason()).isEqualTo(EndReason.TIMED_OUT);
    assertThat(late.problem()).isEqualTo("the client did not send this within 200 ms");
  }

  @Test
  void withinCountsFromThePlayersComingToTheExpectation() {
    PlayerHarness harness =
        PlayerHarness.server("pause 1s\nwithin 200ms\nS: hi\nC: a\nS: b").advanceMillis(1_199);
    assertThat(harness.endReason()).isNull();
    assertThat(harness.send("a|").drainOutput()).isEqualTo("hi| + b|");
  }

  @Test
  void withinHoldsAcrossALineThatThePlayerSends() {
    PlayerHarness harness =
        PlayerHarness.server("within 200ms\nS: hi\nC: a\nS: b").advanceMillis(200);
    assertThat(harness.endReason()).isEqualTo(EndReason.TIMED_OUT);
  }

  @Test
  void withinMayBeLongerThanTheDeadline() {
    PlayerHarness harness =
        PlayerHarness.server("within 1m\nC: a\nS: b").advanceMillis(59_999).send("a|");
    assertThat(harness.drainOutput()).isEqualTo("b|");
  }

  @Test
  void noDeadlineRunsBetweenThePassesOfARepeat() {
    PlayerHarness harness =
        PlayerHarness.server("repeat\n  C: a\n  S: b")
            .advanceMillis(60_000)
            .send("a|")
            .advanceMillis(60_000);
    assertThat(harness.endReason()).isNull();
    assertThat(harness.player.wakeAt()).isEqualTo(Long.MAX_VALUE);
    assertThat(harness.send("a").advanceMillis(5_000).endReason())
        .as("a pass has begun")
        .isEqualTo(EndReason.TIMED_OUT);
  }

  @Test
  void noDeadlineRunsBetweenThePassesOfARepeatThatIsCounted() {
    PlayerHarness harness =
        PlayerHarness.server("repeat 3\n  C: a\n  S: b").send("a|").advanceMillis(60_000);
    assertThat(harness.endReason()).isNull();
    assertThat(harness.send("a|a|").endReason()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void aDeadlineRunsInsideAPass() {
    PlayerHarness harness =
        PlayerHarness.server("repeat\n  C: a\n  C: b").send("a|").advanceMillis(5_000);
    assertThat(harness.endReason()).isEqualTo(EndReason.TIMED_OUT);
  }

  @Test
  void noDeadlineRunsAfterTheEnd() {
    PlayerHarness harness = PlayerHarness.server("C: a\nS: b").send("a|").advanceMillis(60_000);
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(harness.player.wakeAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aPauseHoldsTheNextLineBack() {
    PlayerHarness harness =
        PlayerHarness.server("C: a\npause 50ms\nS: b").send("a|").advanceMillis(49);
    assertThat(harness.drainOutput()).isEmpty();
    assertThat(harness.advanceMillis(1).drainOutput()).isEqualTo("b|");
  }

  @Test
  void aPauseIsNotQuantised() {
    PlayerHarness harness =
        PlayerHarness.server("pause 1500ns\nS: b").advance(Duration.ofNanos(1_499));
    assertThat(harness.drainOutput()).isEmpty();
    assertThat(harness.advance(Duration.ofNanos(1)).drainOutput()).isEqualTo("b|");
  }

  @Test
  void aPauseLongerThanTheDeadlineDoesNotTimeOut() {
    assertThat(PlayerHarness.server("pause 1m\nS: b").advanceMillis(60_000).drainOutput())
        .isEqualTo("b|");
  }

  @Test
  void theOtherSidesPlayerPassesOverAPause() {
    PlayerHarness harness = PlayerHarness.client("pause 1m\nS: b\nC: c").send("b|");
    assertThat(harness.drainOutput()).isEqualTo("c|");
  }

  @Test
  void aMarkIsSetByEachPlayerThatComesToIt() {
    Script script = Script.parse("C: a\nmark asked\nS: b\nmark answered\nC: c\nmark gone");
    Marks ofServer = new Marks();
    PlayerHarness server = PlayerHarness.of(script, Side.SERVER, Transport.TCP, ofServer);
    assertThat(ofServer.names()).isEmpty();
    server.send("a|");
    assertThat(ofServer.names()).containsExactly("asked", "answered");
    server.send("c|");
    assertThat(ofServer.names()).containsExactly("asked", "answered", "gone");
    Marks ofClient = new Marks();
    PlayerHarness client = PlayerHarness.of(script, Side.CLIENT, Transport.TCP, ofClient);
    assertThat(ofClient.names()).containsExactly("asked");
    client.send("b|");
    assertThat(ofClient.names()).containsExactly("asked", "answered", "gone");
  }

  @Test
  void aMarkAtTheEndOfABranchIsSetBeforeTheNextPass() {
    String text =
        "repeat\n  when\n    C: SET\n    S: OK\n    mark set\n  when\n    C: GET\n    S: 1";
    Marks marks = new Marks();
    PlayerHarness harness =
        PlayerHarness.of(Script.parse(text), Side.SERVER, Transport.TCP, marks).send("GET|");
    assertThat(marks.isMarked("set")).isFalse();
    harness.send("SET|");
    assertThat(marks.isMarked("set")).isTrue();
  }

  @Test
  void aMarkInTogetherIsSetAfterTheLineAboveIt() {
    Script script = Script.parse("together\n  C: a\n  mark heard\n  S: b\n  C: c");
    Marks marks = new Marks();
    PlayerHarness harness = PlayerHarness.of(script, Side.SERVER, Transport.TCP, marks);
    assertThat(marks.isMarked("heard")).isFalse();
    harness.send("a|");
    assertThat(marks.isMarked("heard")).isTrue();
  }

  @Test
  void aMarkBelowOurOwnEndIsSet() {
    for (String end : new String[] {"S! close", "S! reset", "S! finish", "S! stall"}) {
      Marks marks = new Marks();
      PlayerHarness.of(Script.parse(end + "\nmark m"), Side.SERVER, Transport.TCP, marks);
      assertThat(marks.isMarked("m")).as(end).isTrue();
    }
  }

  @Test
  void aWaitAtTheEndBelongsToTheSideOfTheLastLine() {
    String[] texts = {"C: a\nS: b\npause 1s", "when\n  C: a\n  S: b\n  pause 1s"};
    for (String text : texts) {
      assertThat(PlayerHarness.server(text).send("a|").endReason()).isNull();
      assertThat(PlayerHarness.server(text).send("a|").advanceMillis(1_000).endReason())
          .isEqualTo(EndReason.FINISHED);
    }
    assertThat(PlayerHarness.client(texts[0]).send("b|").endReason())
        .as("the other side's player passes over it")
        .isEqualTo(EndReason.FINISHED);
    Marks marks = new Marks();
    PlayerHarness client =
        PlayerHarness.of(
            Script.parse("S: b\nC: a\nrepeat 1\n  await go"), Side.CLIENT, Transport.TCP, marks);
    assertThat(client.send("b|").endReason()).isNull();
    marks.mark("go");
    assertThat(client.play().endReason()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void anAwaitHoldsThePlayerUntilTheMarkIsSet() {
    Marks marks = new Marks();
    PlayerHarness harness =
        PlayerHarness.of(Script.parse("await go\nS: b"), Side.SERVER, Transport.TCP, marks);
    assertThat(harness.advanceMillis(4_999).drainOutput()).isEmpty();
    marks.mark("go");
    assertThat(harness.play().drainOutput()).isEqualTo("b|");
    assertThat(
            PlayerHarness.of(Script.parse("await go\nS: b"), Side.SERVER, Transport.TCP, marks)
                .drainOutput())
        .as("a mark stays set")
        .isEqualTo("b|");
  }

  @Test
  void anAwaitThatIsNotMarkedTimesOut() {
    Marks marks = new Marks();
    marks.mark("other");
    PlayerHarness harness =
        PlayerHarness.of(Script.parse("await go\nS: b"), Side.SERVER, Transport.TCP, marks);
    harness.advanceMillis(5_000);
    assertThat(harness.endReason()).isEqualTo(EndReason.TIMED_OUT);
    assertThat(harness.problem())
        .contains("mark 'go' was not set within ")
        .endsWith("; set so far: [other]");
    assertThat(harness.currentLines()).containsExactly("await go");
  }

  @Test
  void oneConnectionAwaitsWhatAnotherMarks() {
    Marks marks = new Marks();
    PlayerFactory factory =
        PlayerHarness.factory(
            Script.parse("connection\n  await second\n  S: a\nconnection\n  mark second\n  S: b"),
            Side.SERVER,
            Transport.TCP,
            marks);
    PlayerHarness first = new PlayerHarness(factory, 0).play();
    assertThat(first.drainOutput()).isEmpty();
    assertThat(new PlayerHarness(factory, 0).play().drainOutput()).isEqualTo("b|");
    assertThat(first.play().drainOutput()).isEqualTo("a|");
  }

  @Test
  void recordedTimesArePassedOverUnlessTheyAreKept() {
    String script = "[+0.100000000] S: a\ncut\n[+0.300000000] S: b\n[+0.500000000] S! close";
    assertThat(PlayerHarness.server(script).drainOutput()).isEqualTo("a| + b| + <Close>");
    PlayerHarness harness = PlayerHarness.atRecordedTimes(script);
    assertThat(harness.drainOutput()).isEmpty();
    assertThat(harness.advanceMillis(100).drainOutput()).isEqualTo("a|");
    assertThat(harness.advanceMillis(199).drainOutput()).isEmpty();
    assertThat(harness.advanceMillis(1).drainOutput()).isEqualTo("b|");
    assertThat(harness.advanceMillis(199).drainOutput()).isEmpty();
    assertThat(harness.advanceMillis(1).drainOutput()).isEqualTo("<Close>");
  }

  @Test
  void aRecordedTimeAtTheEndOfTheClockDoesNotSpin() {
    PlayerHarness harness =
        PlayerHarness.atRecordedTimes("[+9223372036.854775807] S: a").advance(Duration.ofDays(9));
    assertThat(harness.drainOutput()).isEmpty();
    assertThat(harness.endReason()).isNull();
  }
}
