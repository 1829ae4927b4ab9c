package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultInjectorTest {
  private static final Duration TEN = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofSeconds(1);

  @Test
  void takingDownLetsGoWhatIsHeldIntoTheFaultsBehindIt() {
    PipelineHarness rig = PipelineHarness.tcp();
    Guard slow = rig.sky.put(Fault.delay(LONG));
    rig.sky.put(Fault.delay(TEN));
    rig.push(0, "a").push(1, "b").finish(2);
    assertThat(rig.at(5)).isEmpty();
    slow.close();
    rig.push(6, "c");
    assertThat(rig.at(6)).isEmpty();
    assertThat(rig.until(99)).isEqualTo("16:a b FIN c");
  }

  @Test
  void severalStationsAreEmptiedInOrder() {
    for (boolean firstFirst : new boolean[] {true, false}) {
      PipelineHarness rig = PipelineHarness.tcp();
      Guard first = rig.sky.put(Fault.delay(TEN));
      Guard second = rig.sky.put(Fault.delay(LONG));
      rig.push(0, "a").push(5, "b");
      assertThat(rig.at(11)).isEmpty();
      // Now a waits at the second, b at the first, c before both.
      rig.push(12, "c");
      (firstFirst ? first : second).close();
      rig.push(13, "d");
      (firstFirst ? second : first).close();
      rig.push(14, "e").finish(14);
      assertThat(rig.at(14)).isEqualTo("a b c d e FIN");
    }
  }

  @Test
  void whatIsHeldMeetsAFaultThatIsPutUpLater() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.delay(TEN)).push(0, "abcdef");
    assertThat(rig.at(5)).isEmpty();
    rig.sky.put(Fault.cutAfter(2, CloseType.RST));
    assertThat(rig.until(99)).isEqualTo("10:ab CUT_RST(reset after 2 bytes)");
  }

  @Test
  void whatIsLetGoMeetsAFaultThatWasPutUpJustBefore() {
    PipelineHarness rig = PipelineHarness.tcp();
    Guard still = rig.sky.put(Fault.stall());
    assertThat(rig.push(0, "abcdef").at(5)).isEmpty();
    rig.sky.put(Fault.cutAfter(2, CloseType.RST));
    still.close();
    assertThat(rig.until(99)).isEqualTo("0:ab CUT_RST(reset after 2 bytes)");
  }

  @Test
  void aCutSwallowsWhatWaitsBeforeItAndNothingBehindIt() {
    PipelineHarness rig =
        PipelineHarness.tcp(Fault.delay(TEN), Fault.cutAfter(1, CloseType.FIN), Fault.delay(TEN));
    rig.push(0, "a").push(1, "b");
    assertThat(rig.until(99)).isEqualTo("20:a CUT_FIN(cut after 1 bytes)");
    assertThat(rig.lane.held()).isZero();
  }

  @Test
  void bytesThatWentPastTheLaneCountForOffsets() {
    PipelineHarness rig = PipelineHarness.tcp();
    rig.lane.passed(100);
    Guard guard = rig.sky.put(Fault.cutAfter(3, CloseType.RST));
    assertThat(rig.lane.isClear()).isFalse();
    assertThat(rig.push(0, "abcd").at(0)).isEqualTo("abc CUT_RST(reset after 3 bytes)");
    guard.close();
    assertThat(rig.sky.report()).hasToString("reset hit connection #1 at byte 103");
  }

  @Test
  void aFaultThatIsPutUpBehindWhatIsLeavingBeginsBehindIt() {
    PipelineHarness rig = PipelineHarness.tcp().push(0, "abc");
    rig.sky.put(Fault.cutAfter(0, CloseType.RST));
    assertThat(rig.at(0)).isEqualTo("abc CUT_RST(reset after 0 bytes)");
    assertThat(rig.sky.report()).hasToString("reset hit connection #1 at byte 3");
  }

  @Test
  void datagramsThatAreHeldCountAsDatagrams() {
    PipelineHarness rig = PipelineHarness.udp(Fault.stall().fromDatagram(2)).push(0, "first");
    assertThat(rig.push(0, "second").push(0, "third").at(0)).isEqualTo("first");
    Fault end = Fault.of("end", meeting -> new AtOnce());
    rig.sky.put(end);
    assertThat(rig.at(0)).startsWith("CUT_FIN");
    assertThat(rig.sky.report().hits(end)).extracting(Hit::at).containsExactly(2L);
  }

  private static final class AtOnce implements ImpairmentBehavior {
    @Override
    public Verdict next(PendingInput waiting) {
      return idle(waiting.now());
    }

    @Override
    public Verdict idle(long now) {
      return new Verdict.End(CloseType.FIN, now);
    }
  }

  @Test
  void aChangeIsToldAndWakesTheLane() {
    FaultInjector sky = new FaultInjector(Weather.of(Fault.stall()));
    PipelineHarness rig = PipelineHarness.under(sky);
    List<String> told = new ArrayList<>();
    sky.onChange(() -> told.add(sky.toString()));
    assertThat(rig.push(3, "a").at(3)).isEmpty();
    assertThat(rig.lane.wakeAt()).isEqualTo(Long.MAX_VALUE);
    Guard guard = sky.put(Fault.delay(TEN), Fault.rate(100));
    assertThat(rig.lane.wakeAt()).as("at once").isEqualTo(3 * PipelineHarness.MILLI);
    guard.close();
    guard.close();
    assertThat(told).containsExactly("stall; delay 10ms; rate 100B/s", "stall");
  }

  @Test
  void aFaultThatIsPutUpLaterDoesNotChangeTheDrawsOfOthers() {
    Fault corrupt = Fault.corrupt(0.2);
    PipelineHarness alone = PipelineHarness.tcp(corrupt).push(0, "x".repeat(1_000));
    PipelineHarness together = PipelineHarness.tcp(Fault.sliceRandomly(1, 9), corrupt);
    together.push(0, "x".repeat(500));
    String start = together.at(0);
    together.sky.put(Fault.lostSegment(0.5));
    together.push(1, "x".repeat(500));
    assertThat((start + together.at(9_999_999)).replace(" ", "")).isEqualTo(alone.at(0));
    assertThat(together.sky.report().hits(corrupt)).isEqualTo(alone.sky.report().hits(corrupt));
  }

  @Test
  void theSameFaultPutUpAgainDrawsAnew() {
    Fault corrupt = Fault.corrupt(0.2);
    PipelineHarness rig = PipelineHarness.tcp();
    List<String> left = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      PipelineHarness next = PipelineHarness.under(rig.sky);
      Guard guard = rig.sky.put(corrupt);
      left.add(next.push(0, "x".repeat(100)).at(0));
      guard.close();
    }
    assertThat(left.get(0)).isNotEqualTo(left.get(1));
  }

  @Test
  void whatElseRunsChangesNoDecision() {
    Weather weather = Weather.parse("seed 5; corrupt 3%; lost segment 20%; delay 5ms jitter 4ms");
    FaultInjector one = new FaultInjector(weather);
    for (int connection = 1; connection <= 9; connection++) {
      PipelineHarness.under(one, connection, Side.SERVER).push(0, "x".repeat(9_000)).until(99_999);
    }
    FaultInjector other = new FaultInjector(weather);
    List<PipelineHarness> rigs = new ArrayList<>();
    for (int connection = 9; connection >= 1; connection--) {
      rigs.add(PipelineHarness.under(other, connection, Side.SERVER));
    }
    for (int i = 0; i < 90; i++) {
      long now = i;
      rigs.forEach(rig -> rig.push(now, "x".repeat(100)).at(now));
    }
    rigs.forEach(rig -> rig.at(99_999));
    assertThat(other.report()).isEqualTo(one.report());
    assertThat(one.report().hits(weather.faults().get(0))).hasSizeGreaterThan(2_000);
  }

  @Test
  void faultsComeAndGoOnOtherThreads() throws InterruptedException {
    PipelineHarness rig = PipelineHarness.tcp();
    Thread weather =
        new Thread(
            () -> {
              for (int i = 0; i < 300; i++) {
                Guard slow = rig.sky.put(Fault.delay(TEN), Fault.slice(7));
                Guard still = rig.sky.put(Fault.stall());
                slow.close();
                still.close();
              }
            });
    weather.start();
    StringBuilder left = new StringBuilder();
    int pushed = 0;
    while (weather.isAlive() || pushed < 500) {
      left.append(rig.push(pushed++, "0123456789").at(pushed));
    }
    weather.join();
    left.append(rig.at(pushed + 10));
    assertThat(left.toString().replace(" ", "")).isEqualTo("0123456789".repeat(pushed));
    assertThat(rig.lane.isClear()).isTrue();
  }

  @Test
  void aLaneThatNoFaultConcernsStaysClear() {
    FaultInjector sky = new FaultInjector(Weather.clear());
    FaultPipeline lane = PipelineHarness.under(sky, 1, Side.CLIENT).lane;
    sky.put(
        Fault.cutAfter(9, CloseType.FIN), Fault.delay(TEN).onConnections(2), Fault.resetFirst(1));
    assertThat(lane.poll(0)).isNull();
    assertThat(lane.isClear()).isTrue();
  }

  @Test
  void aBufferIsTakenWholeAndCopied() {
    byte[] array = {'x', 'a', 'b', 'x'};
    ByteBuffer buffer = ByteBuffer.wrap(array, 1, 2);
    PipelineHarness rig = PipelineHarness.tcp(Fault.delay(TEN));
    rig.lane.push(buffer, 0);
    array[1] = 'z';
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(rig.at(10)).isEqualTo("ab");
  }
}
