package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StreamFaultsTest {
  private static final Duration TEN = Duration.ofMillis(10);

  @Test
  void inClearWeatherEverythingLeavesAsItCame() {
    PipelineHarness rig = PipelineHarness.tcp();
    assertThat(rig.lane.isClear()).isTrue();
    rig.push(0, "ab").push(0, "c").finish(0).reset(0);
    assertThat(rig.lane.isClear()).isFalse();
    assertThat(rig.at(0)).isEqualTo("ab c FIN RST");
    assertThat(rig.lane.isClear()).isTrue();
    assertThat(rig.lane.wakeAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void delayMovesBytesAndTheEndByATime() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.delay(TEN)).push(0, "a").push(3, "b").finish(4);
    assertThat(rig.lane.held()).isEqualTo(2);
    assertThat(rig.until(100)).isEqualTo("10:a 13:b 14:FIN");
    assertThat(rig.lane.held()).isZero();
    assertThat(rig.sky.report()).hasToString("delay hit connection #1 at byte 0 from the server");
  }

  @Test
  void twoDelaysAddUpWhateverTheLoopMissed() {
    PipelineHarness rig =
        PipelineHarness.tcp(Fault.delay(TEN), Fault.delay(TEN)).push(0, "a").push(1, "b");
    assertThat(rig.at(15)).isEmpty();
    assertThat(rig.lane.wakeAt()).isEqualTo(20 * PipelineHarness.MILLI);
    assertThat(rig.at(21)).isEqualTo("a b");
  }

  @Test
  void jitterIsDrawnForEachSegmentAndKeepsTheOrder() {
    for (Distribution distribution : Distribution.values()) {
      PipelineHarness rig =
          PipelineHarness.tcp(Fault.delay(TEN, Duration.ofMillis(5), distribution));
      rig.push(0, "x".repeat(1460)).push(0, "y".repeat(100)).push(0, "z".repeat(1400)).finish(0);
      String left = rig.until(1_000);
      assertThat(left.replaceAll("\\d+:|[ ]", "")).matches("x{1460}y{100}z{1400}FIN");
      assertThat(rig.sky.report().hits(rig.sky.now().faults().get(0)))
          .extracting(Hit::at)
          .containsExactly(0L, 1460L, 2920L);
    }
  }

  @Test
  void rateSendsEachByteWhenItsTurnComes() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.rate(2_000)).push(0, "abcdefg").push(10, "h");
    assertThat(rig.until(100)).isEqualTo("1:ab 2:cd 3:ef 4:g 11:h");
  }

  @Test
  void rateIsExactOverSecondsHoweverLateTheLoopWakes() {
    for (long rate : new long[] {100_000, 333_333, 10_000_000}) {
      PipelineHarness rig = PipelineHarness.tcp(Fault.rate(rate));
      long left = 0;
      for (long now = 0; now < 3_000_000_000L; now += 1_234_567) {
        rig.lane.push(ByteBuffer.allocate((int) (2 * rate / 1_000)), now);
        for (Delivery next = rig.lane.poll(now); next != null; next = rig.lane.poll(now)) {
          left += next.bytes().remaining();
        }
      }
      assertThat(left / 3.0 / rate).isBetween(0.998, 1.0);
    }
  }

  @Test
  void sliceCutsAtMultiplesOfItsSizeAndPauses() {
    assertThat(PipelineHarness.tcp(Fault.slice(3)).push(0, "abcdefgh").push(1, "ij").at(1))
        .isEqualTo("abc def gh i j");
    PipelineHarness rig =
        PipelineHarness.tcp(Fault.slice(3, TEN)).push(0, "abcdefgh").push(1, "ij");
    assertThat(rig.until(100)).isEqualTo("0:abc 10:def 20:gh i 30:j");
  }

  @Test
  void sliceAtCutsAtOffsets() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.sliceAt(6, 1)).push(0, "abcd").push(0, "efgh");
    assertThat(rig.at(0)).isEqualTo("a bcd ef gh");
  }

  @Test
  void sliceRandomlyCutsByTheSeed() {
    Fault fault = Fault.sliceRandomly(2, 4);
    String text = "abcdefghijklmnopqrstuvwxyz";
    String left = PipelineHarness.tcp(fault).push(0, text).at(0);
    assertThat(left.split(" ")).extracting(String::length).allMatch(size -> size <= 4);
    PipelineHarness split =
        PipelineHarness.under(new FaultInjector(Weather.of(fault, Fault.coalesce(TEN))));
    assertThat(split.push(0, text).until(99)).isEqualTo("10:" + text);
    assertThat(
            PipelineHarness.under(new FaultInjector(Weather.of(fault).seed(1))).push(0, text).at(0))
        .isNotEqualTo(left);
  }

  @Test
  void coalesceWaitsForQuiet() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.coalesce(TEN)).push(0, "a");
    assertThat(rig.at(5)).isEmpty();
    rig.push(5, "b");
    assertThat(rig.at(14)).isEmpty();
    assertThat(rig.at(15)).isEqualTo("ab");
    assertThat(rig.push(20, "c").finish(21).at(21)).isEqualTo("c FIN");
    assertThat(PipelineHarness.tcp(Fault.coalesce(TEN)).push(0, "x".repeat(70_000)).at(0))
        .hasSize(65_536);
  }

  @Test
  void stallHoldsEverythingUntilItIsTakenDown() {
    PipelineHarness rig = PipelineHarness.tcp();
    Guard guard = rig.sky.put(Fault.stall());
    rig.push(0, "a").push(1, "b").finish(2);
    assertThat(rig.until(1_000)).isEmpty();
    assertThat(rig.lane.held()).isEqualTo(2);
    guard.close();
    guard.close();
    assertThat(rig.at(1_001)).isEqualTo("a b FIN");
  }

  @Test
  void stallForATimeResumes() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.stall(TEN)).push(5, "a").push(9, "b");
    assertThat(rig.until(19)).isEqualTo("15:a b");
    assertThat(rig.push(20, "c").at(20)).isEqualTo("c");
  }

  @Test
  void cutAfterBytesLetsExactlySoManyPass() {
    PipelineHarness rig =
        PipelineHarness.tcp(Fault.cutAfter(5, CloseType.RST)).push(0, "abc").push(1, "defg");
    assertThat(rig.at(1)).isEqualTo("abc de CUT_RST(reset after 5 bytes)");
    assertThat(rig.push(2, "h").finish(2).reset(2).at(2)).isEmpty();
    assertThat(rig.lane.isClear()).isFalse();
    assertThat(rig.lane.held()).isZero();
    assertThat(rig.sky.report()).hasToString("reset hit connection #1 at byte 5");
  }

  @Test
  void cutComesRightAfterTheLastByteAndNeedsNoMore() {
    assertThat(PipelineHarness.tcp(Fault.cutAfter(3, CloseType.FIN)).push(0, "abc").at(0))
        .isEqualTo("abc CUT_FIN(cut after 3 bytes)");
    assertThat(PipelineHarness.tcp(Fault.cutAfter(0, CloseType.FIN)).until(0))
        .isEqualTo("0:CUT_FIN(cut after 0 bytes)");
    assertThat(PipelineHarness.tcp(Fault.cutAfter(4, CloseType.FIN)).push(0, "abc").finish(0).at(0))
        .isEqualTo("abc FIN");
    assertThat(PipelineHarness.tcp(Fault.cutAfter(3, CloseType.FIN)).push(0, "abc").finish(0).at(0))
        .as("whether the FIN came with the bytes or later is a matter of load")
        .isEqualTo("abc CUT_FIN(cut after 3 bytes)");
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(3, CloseType.RST), Fault.cutAfter(3, CloseType.FIN))
                .push(0, "abc")
                .at(0))
        .isEqualTo("abc CUT_RST(reset after 3 bytes)");
  }

  @Test
  void cutAfterATimeActsWithoutBytes() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.cutAfter(TEN, CloseType.RST));
    rig.push(0, "a");
    assertThat(rig.until(100)).isEqualTo("0:a 10:CUT_RST(reset after 10ms)");
    assertThat(rig.sky.report()).hasToString("reset hit connection #1 after 10ms");
  }

  @Test
  void cutAfterATimeCountsFromThePuttingUpIfThatIsLater() {
    PipelineHarness rig = PipelineHarness.tcp().push(0, "a");
    assertThat(rig.at(0)).isEqualTo("a");
    Guard guard = rig.sky.put(Fault.cutAfter(TEN, CloseType.FIN));
    assertThat(rig.at(50)).isEmpty();
    assertThat(rig.lane.wakeAt()).isEqualTo(60 * PipelineHarness.MILLI);
    guard.close();
    assertThat(rig.at(100)).isEmpty();
    assertThat(rig.lane.isClear()).isTrue();
  }

  @Test
  void cutAfterAMatchSpansPieces() {
    PipelineHarness rig =
        PipelineHarness.tcp(Fault.cutAfter("QUIT", CloseType.FIN)).push(0, "xQUQU").push(0, "ITy");
    assertThat(rig.at(0)).isEqualTo("xQUQU IT CUT_FIN(cut after \"QUIT\")");
  }

  @Test
  void limitEndsOneDirectionAndSwallowsTheRest() {
    PipelineHarness rig =
        PipelineHarness.tcp(Fault.limit(2), Fault.delay(TEN)).push(0, "abc").finish(1);
    assertThat(rig.until(100)).isEqualTo("10:ab FIN(limit 2 bytes)");
    assertThat(rig.push(101, "d").finish(101).reset(102).until(200)).isEqualTo("112:RST");
  }

  @Test
  void corruptFlipsOneBitOfSomeBytes() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.corrupt(0.1));
    String sent = "\0".repeat(10_000);
    String left = rig.push(0, sent).at(0);
    assertThat(left).hasSameSizeAs(sent);
    assertThat(left.chars().filter(c -> c != 0).count()).isBetween(900L, 1_100L);
    assertThat(left.chars()).allMatch(c -> Integer.bitCount(c) <= 1);
  }

  @Test
  void slowCloseHoldsTheFinAlone() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.slowClose(TEN)).push(0, "a").finish(1);
    assertThat(rig.until(100)).isEqualTo("0:a 11:FIN");
    assertThat(PipelineHarness.tcp(Fault.slowClose(TEN)).reset(1).until(100)).isEqualTo("1:RST");
  }

  @Test
  void aLostSegmentHoldsAllBehindIt() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.lostSegment(1, TEN)).push(0, "a");
    // All six times lost: 10 + 20 + 40 + 80 + 160 + 320 ms.
    assertThat(rig.until(1_000)).isEqualTo("630:a");
    Fault some = Fault.lostSegment(0.2, TEN);
    PipelineHarness many = PipelineHarness.tcp(some);
    for (int i = 0; i < 100; i++) {
      many.push(0, "x".repeat(1460));
    }
    assertThat(many.at(0)).isNotEmpty();
    assertThat(many.lane.held()).isPositive();
    assertThat(many.until(10_000).replaceAll("[^x]", "").length() + 0L).isLessThan(146_000L);
    assertThat(many.lane.held()).isZero();
    assertThat(many.sky.report().count(some)).isBetween(10L, 30L);
  }

  @Test
  void atTheDoorConnectionsAreResetAndDialledLater() {
    FaultInjector sky =
        new FaultInjector(
            Weather.of(Fault.resetFirst(2), Fault.dialDelay(TEN), Fault.dialDelay(TEN)));
    assertThat(admit(sky, 1))
        .isEqualTo(
            new Admission(
                true,
                20 * PipelineHarness.MILLI,
                "reset first 2, dial delay 10ms, dial delay 10ms"));
    assertThat(admit(sky, 2).reset()).isTrue();
    assertThat(admit(sky, 3).reset()).isFalse();
    assertThat(PipelineHarness.under(sky).lane.isClear()).isTrue();
    assertThat(sky.report())
        .asString()
        .startsWith("reset hit connections #1 and #2 on accept; dial delay 10ms hit connections");
  }

  @Test
  void resetFirstCountsThoseThatItConcerns() {
    FaultInjector sky = new FaultInjector(Weather.of(Fault.resetFirst(1).onEveryNth(2)));
    assertThat(admit(sky, 1).reset()).isFalse();
    assertThat(admit(sky, 2).reset()).isTrue();
    assertThat(admit(sky, 4).reset()).isFalse();
  }

  @Test
  void refuseIsUpUntilItsGuardCloses() {
    FaultInjector sky = new FaultInjector(Weather.clear());
    assertThat(sky.refuses()).isFalse();
    Guard guard = sky.put(Fault.refuse());
    assertThat(sky.refuses()).isTrue();
    guard.close();
    assertThat(sky.refuses()).isFalse();
    assertThat(sky.report()).hasToString("refuse hit everybody that called");
  }

  @Test
  void aFaultOfOnesOwnIsALambda() {
    Fault hole = Fault.of("black hole", meeting -> waiting -> new Verdict.Discard(waiting.size()));
    Fault shout =
        Fault.of(
            "shout",
            meeting ->
                waiting ->
                    new Verdict.Change(
                        waiting.size(),
                        Bytes.utf8(Bytes.copyOf(waiting.bytes()).utf8().toUpperCase(Locale.ROOT))));
    assertThat(PipelineHarness.tcp(hole).push(0, "abc").finish(0).at(0)).isEqualTo("FIN");
    PipelineHarness rig = PipelineHarness.tcp(shout.from(Side.SERVER)).push(0, "abc").push(0, "d");
    assertThat(rig.at(0)).isEqualTo("ABC D");
    assertThat(rig.sky.report()).hasToString("shout hit connection #1 at byte 0");
  }

  private static Admission admit(FaultInjector sky, int connection) {
    return sky.admit(PipelineHarness.passage(connection, Side.CLIENT, Transport.TCP));
  }
}
