package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.Distribution;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
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
    PipelineHarness harness = PipelineHarness.tcp();
    assertThat(harness.pipeline.isBypassable()).isTrue();
    harness.push(0, "ab").push(0, "c").pushFin(0).pushRst(0);
    assertThat(harness.pipeline.isBypassable()).isFalse();
    assertThat(harness.poll(0)).isEqualTo("ab c FIN RST");
    assertThat(harness.pipeline.isBypassable()).isTrue();
    assertThat(harness.pipeline.wakeAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void delayMovesBytesAndTheEndByATime() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.delay(TEN)).push(0, "a").push(3, "b").pushFin(4);
    assertThat(harness.pipeline.heldBytes()).isEqualTo(2);
    assertThat(harness.pollUntil(100)).isEqualTo("10:a 13:b 14:FIN");
    assertThat(harness.pipeline.heldBytes()).isZero();
    assertThat(harness.injector.report())
        .hasToString("delay hit connection #1 at byte 0 from the server");
  }

  @Test
  void twoDelaysAddUpWhateverTheLoopMissed() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.delay(TEN), Fault.delay(TEN)).push(0, "a").push(1, "b");
    assertThat(harness.poll(15)).isEmpty();
    assertThat(harness.pipeline.wakeAt()).isEqualTo(20 * PipelineHarness.NANOS_PER_MILLI);
    assertThat(harness.poll(21)).isEqualTo("a b");
  }

  @Test
  void jitterIsDrawnForEachSegmentAndKeepsTheOrder() {
    for (Distribution distribution : Distribution.values()) {
      PipelineHarness harness =
          PipelineHarness.tcp(Fault.delay(TEN, Duration.ofMillis(5), distribution));
      harness
          .push(0, "x".repeat(1460))
          .push(0, "y".repeat(100))
          .push(0, "z".repeat(1400))
          .pushFin(0);
      String output = harness.pollUntil(1_000);
      assertThat(output.replaceAll("\\d+:|[ ]", "")).matches("x{1460}y{100}z{1400}FIN");
      assertThat(harness.injector.report().hits(harness.injector.weather().faults().get(0)))
          .extracting(Hit::offset)
          .containsExactly(0L, 1460L, 2920L);
    }
  }

  @Test
  void rateSendsEachByteWhenItsTurnComes() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.rate(2_000)).push(0, "abcdefg").push(10, "h");
    assertThat(harness.pollUntil(100)).isEqualTo("4:abcdefg 11:h");
  }

  @Test
  void rateSendsAPortionEachTwentyMilliseconds() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.rate(500)).push(0, "abcdefghijkl");
    assertThat(harness.pollUntil(100)).isEqualTo("20:abcdefghij 24:kl");
  }

  @Test
  void rateIsExactOverSecondsHoweverLateTheLoopWakes() {
    for (long rate : new long[] {100_000, 333_333, 10_000_000}) {
      PipelineHarness harness = PipelineHarness.tcp(Fault.rate(rate));
      long outputBytes = 0;
      for (long now = 0; now < 3_000_000_000L; now += 1_234_567) {
        harness.pipeline.push(ByteBuffer.allocate((int) (2 * rate / 1_000)), now);
        for (Delivery delivery = harness.pipeline.poll(now);
            delivery != null;
            delivery = harness.pipeline.poll(now)) {
          outputBytes += delivery.bytes().remaining();
        }
      }
      assertThat(outputBytes / 3.0 / rate).isBetween(0.998, 1.0);
    }
  }

  @Test
  void jitterEndsAtFourJittersAsNetemsTablesDo() {
    for (Distribution distribution : Distribution.values()) {
      Fault fault = Fault.delay(Duration.ofMillis(100), TEN, distribution);
      FaultInjector injector = new FaultInjector(Weather.of(fault));
      PipelineHarness harness = PipelineHarness.of(injector);
      for (int i = 0; i < 20_000; i++) {
        harness.push(0, "x".repeat(1460));
      }
      assertThat(harness.pollUntil(139)).isNotEmpty();
      assertThat(harness.poll(140)).isNotNull();
      assertThat(harness.pipeline.heldBytes()).as(distribution.name()).isZero();
    }
  }

  @Test
  void aJitterOfNothingHitsNothing() {
    Fault fault = Fault.delay(Duration.ofNanos(1), Duration.ofNanos(1), Distribution.NORMAL);
    PipelineHarness harness = PipelineHarness.tcp(fault);
    for (int i = 0; i < 100; i++) {
      harness.push(0, "x".repeat(1460));
    }
    assertThat(harness.pollUntil(1)).isNotEmpty();
    assertThat(harness.injector.report().hitCount(fault)).isBetween(1L, 99L);
  }

  @Test
  void coalesceWaitsForQuiet() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.coalesce(TEN)).push(0, "a");
    assertThat(harness.poll(5)).isEmpty();
    harness.push(5, "b");
    assertThat(harness.poll(14)).isEmpty();
    assertThat(harness.poll(15)).isEqualTo("ab");
    assertThat(harness.push(20, "c").pushFin(21).poll(21)).isEqualTo("c FIN");
    assertThat(PipelineHarness.tcp(Fault.coalesce(TEN)).push(0, "x".repeat(70_000)).poll(0))
        .hasSize(65_536);
  }

  @Test
  void stallHoldsEverythingUntilItIsRemoved() {
    PipelineHarness harness = PipelineHarness.tcp();
    FaultGuard guard = harness.injector.inject(Fault.stall());
    harness.push(0, "a").push(1, "b").pushFin(2);
    assertThat(harness.pollUntil(1_000)).isEmpty();
    assertThat(harness.pipeline.heldBytes()).isEqualTo(2);
    guard.close();
    guard.close();
    assertThat(harness.poll(1_001)).isEqualTo("a b FIN");
  }

  @Test
  void stallForATimeResumes() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.stall(TEN)).push(5, "a").push(9, "b");
    assertThat(harness.pollUntil(19)).isEqualTo("15:a b");
    assertThat(harness.push(20, "c").poll(20)).isEqualTo("c");
  }

  @Test
  void corruptFlipsOneBitOfSomeBytes() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.corrupt(0.1));
    String sent = "\0".repeat(10_000);
    String output = harness.push(0, sent).poll(0);
    assertThat(output).hasSameSizeAs(sent);
    assertThat(output.chars().filter(c -> c != 0).count()).isBetween(900L, 1_100L);
    assertThat(output.chars()).allMatch(c -> Integer.bitCount(c) <= 1);
  }

  @Test
  void slowReadHoldsTheSenderForATimeOnce() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.slowRead(TEN)).push(0, "a");
    assertThat(harness.pipeline.holdsSender()).isTrue();
    assertThat(harness.poll(9)).isEmpty();
    assertThat(harness.poll(10)).isEqualTo("a");
    assertThat(harness.pipeline.holdsSender()).isFalse();
    assertThat(harness.push(11, "b").poll(11)).isEqualTo("b");
  }

  @Test
  void aStallDoesNotHoldTheSender() {
    assertThat(PipelineHarness.tcp(Fault.stall()).push(0, "a").pipeline.holdsSender()).isFalse();
  }

  @Test
  void aFaultOfOnesOwnHoldsTheSenderIfItSaysSo() {
    Impairment own =
        new Impairment() {
          @Override
          public ImpairmentBehavior begin(FaultContext context) {
            return input -> new Verdict.Hold(Verdict.NEVER);
          }

          @Override
          public boolean holdsSender() {
            return true;
          }
        };
    Fault fault = Fault.of("deaf", own).from(Side.SERVER);
    assertThat(PipelineHarness.tcp(fault).push(0, "a").pipeline.holdsSender()).isTrue();
    FaultInjector injector = new FaultInjector(Weather.of(fault));
    assertThat(injector.hasSlowReader(Side.SERVER)).isTrue();
    assertThat(injector.hasSlowReader(Side.CLIENT)).isFalse();
  }

  @Test
  void aLostPacketOfAStreamIsALostSegmentAndThatOfADatagramIsItsLoss() {
    PipelineHarness stream = PipelineHarness.tcp(Fault.packetLoss(1)).push(0, "a");
    // All six times lost: 200 ms + 400 ms and so on.
    assertThat(stream.pollUntil(20_000)).isEqualTo("12600:a");
    assertThat(PipelineHarness.udp(Fault.packetLoss(1)).push(0, "a").poll(0)).isEmpty();
    assertThat(PipelineHarness.udp(Fault.packetLoss(0)).push(0, "a").poll(0)).isEqualTo("a");
  }

  @Test
  void aLostSegmentHoldsAllAfterIt() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.lostSegment(1, TEN)).push(0, "a");
    // All six times lost: 10 + 20 + 40 + 80 + 160 + 320 ms.
    assertThat(harness.pollUntil(1_000)).isEqualTo("630:a");
    Fault some = Fault.lostSegment(0.2, TEN);
    PipelineHarness many = PipelineHarness.tcp(some);
    for (int i = 0; i < 100; i++) {
      many.push(0, "x".repeat(1460));
    }
    assertThat(many.poll(0)).isNotEmpty();
    assertThat(many.pipeline.heldBytes()).isPositive();
    assertThat(many.pollUntil(10_000).replaceAll("[^x]", "").length() + 0L).isLessThan(146_000L);
    assertThat(many.pipeline.heldBytes()).isZero();
    assertThat(many.injector.report().hitCount(some)).isBetween(10L, 30L);
  }

  @Test
  void onAcceptConnectionsAreResetAndDelayed() {
    FaultInjector injector =
        new FaultInjector(
            Weather.of(Fault.resetFirst(2), Fault.connectDelay(TEN), Fault.connectDelay(TEN)));
    assertThat(admit(injector, 1))
        .isEqualTo(
            new Admission(
                true,
                20 * PipelineHarness.NANOS_PER_MILLI,
                "reset first 2, connect delay 10ms, connect delay 10ms"));
    assertThat(admit(injector, 2).reset()).isTrue();
    assertThat(admit(injector, 3).reset()).isFalse();
    assertThat(PipelineHarness.of(injector).pipeline.isBypassable()).isTrue();
    assertThat(injector.report())
        .asString()
        .startsWith(
            "reset hit connections #1 and #2 on accept; connect delay 10ms hit connections");
  }

  @Test
  void resetFirstCountsThoseThatItAppliesTo() {
    FaultInjector injector = new FaultInjector(Weather.of(Fault.resetFirst(1).onEveryNth(2)));
    assertThat(admit(injector, 1).reset()).isFalse();
    assertThat(admit(injector, 2).reset()).isTrue();
    assertThat(admit(injector, 4).reset()).isFalse();
  }

  @Test
  void refuseForATimeEndsThatLongAfterTheTapHasAsked() {
    FaultInjector injector = new FaultInjector(Weather.of(Fault.refuse(Duration.ofNanos(10))));
    assertThat(injector.refusesUntil(7)).isEqualTo(17);
    assertThat(injector.refusesUntil(16)).isEqualTo(17);
    assertThat(injector.refusesUntil(20)).isEqualTo(20);
  }

  @Test
  void stallOfAllConnectionsIsOneStall() {
    FaultInjector injector =
        new FaultInjector(Weather.of(Fault.stallAll(Duration.ofMillis(100))), Transport.TCP);
    PipelineHarness first = PipelineHarness.of(injector, 1, Side.CLIENT).push(50, "ab");
    PipelineHarness second = PipelineHarness.of(injector, 2, Side.SERVER).push(120, "cd");
    PipelineHarness third = PipelineHarness.of(injector, 3, Side.SERVER).push(150, "ef");
    assertThat(first.pollUntil(1_000)).isEqualTo("150:ab");
    assertThat(second.pollUntil(1_000)).isEqualTo("150:cd");
    assertThat(third.poll(150)).isEqualTo("ef");
    assertThat(injector.report())
        .hasToString(
            "stall hit connection #1 at byte 0 from the client, connection #2 at byte 0 from the"
                + " server");
  }

  @Test
  void refuseIsActiveUntilItsGuardCloses() {
    FaultInjector injector = new FaultInjector(Weather.clear());
    assertThat(injector.refusesUntil(7)).isEqualTo(7);
    FaultGuard guard = injector.inject(Fault.refuse());
    assertThat(injector.refusesUntil(7)).isEqualTo(Long.MAX_VALUE);
    guard.close();
    assertThat(injector.refusesUntil(7)).isEqualTo(7);
    assertThat(injector.report().hitCount(Fault.refuse())).isZero();
    assertThat(injector.report())
        .hasToString("refuse hit clients that the system does not count, if any");
  }

  @Test
  void aFaultOfYourOwnIsALambda() {
    Fault hole = Fault.of("black hole", context -> input -> new Verdict.Drop(input.size()));
    Fault shout =
        Fault.of(
            "shout",
            context ->
                input ->
                    new Verdict.Replace(
                        input.size(),
                        Bytes.utf8(Bytes.copyOf(input.bytes()).utf8().toUpperCase(Locale.ROOT))));
    assertThat(PipelineHarness.tcp(hole).push(0, "abc").pushFin(0).poll(0)).isEqualTo("FIN");
    PipelineHarness harness =
        PipelineHarness.tcp(shout.from(Side.SERVER)).push(0, "abc").push(0, "d");
    assertThat(harness.poll(0)).isEqualTo("ABC D");
    assertThat(harness.injector.report()).hasToString("shout hit connection #1 at byte 0");
  }

  private static Admission admit(FaultInjector injector, int connection) {
    return injector.admit(PipelineHarness.direction(connection, Side.CLIENT, Transport.TCP));
  }
}
