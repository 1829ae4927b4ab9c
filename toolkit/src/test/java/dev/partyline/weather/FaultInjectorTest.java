package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
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
  void removingAFaultReleasesWhatIsHeldIntoTheFaultsAfterIt() {
    PipelineHarness harness = PipelineHarness.tcp();
    FaultGuard slow = harness.injector.inject(Fault.delay(LONG));
    harness.injector.inject(Fault.delay(TEN));
    harness.push(0, "a").push(1, "b").pushFin(2);
    assertThat(harness.poll(5)).isEmpty();
    slow.close();
    harness.push(6, "c");
    assertThat(harness.poll(6)).isEmpty();
    assertThat(harness.pollUntil(99)).isEqualTo("16:a b FIN c");
  }

  @Test
  void severalStagesAreEmptiedInOrder() {
    for (boolean firstFirst : new boolean[] {true, false}) {
      PipelineHarness harness = PipelineHarness.tcp();
      FaultGuard first = harness.injector.inject(Fault.delay(TEN));
      FaultGuard second = harness.injector.inject(Fault.delay(LONG));
      harness.push(0, "a").push(5, "b");
      assertThat(harness.poll(11)).isEmpty();
      // Now the second holds a, the first holds b, and c is before both.
      harness.push(12, "c");
      (firstFirst ? first : second).close();
      harness.push(13, "d");
      (firstFirst ? second : first).close();
      harness.push(14, "e").pushFin(14);
      assertThat(harness.poll(14)).isEqualTo("a b c d e FIN");
    }
  }

  @Test
  void whatIsHeldMeetsAFaultThatIsInjectedLater() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.delay(TEN)).push(0, "abcdef");
    assertThat(harness.poll(5)).isEmpty();
    harness.injector.inject(Fault.cutAfter(2, CloseType.RST));
    assertThat(harness.pollUntil(99)).isEqualTo("10:ab CUT_RST(reset after 2 bytes)");
  }

  @Test
  void whatIsReleasedMeetsAFaultThatWasInjectedJustBefore() {
    PipelineHarness harness = PipelineHarness.tcp();
    FaultGuard stall = harness.injector.inject(Fault.stall());
    assertThat(harness.push(0, "abcdef").poll(5)).isEmpty();
    harness.injector.inject(Fault.cutAfter(2, CloseType.RST));
    stall.close();
    assertThat(harness.pollUntil(99)).isEqualTo("0:ab CUT_RST(reset after 2 bytes)");
  }

  @Test
  void aCutDropsWhatWaitsBeforeItAndNothingAfterIt() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.delay(TEN), Fault.cutAfter(1, CloseType.FIN), Fault.delay(TEN));
    harness.push(0, "a").push(1, "b");
    assertThat(harness.pollUntil(99)).isEqualTo("20:a CUT_FIN(cut after 1 bytes)");
    assertThat(harness.pipeline.heldBytes()).isZero();
  }

  @Test
  void bytesThatBypassedThePipelineCountForOffsets() {
    PipelineHarness harness = PipelineHarness.tcp();
    harness.pipeline.countBypassed(100);
    FaultGuard guard = harness.injector.inject(Fault.cutAfter(3, CloseType.RST));
    assertThat(harness.pipeline.isBypassable()).isFalse();
    assertThat(harness.push(0, "abcd").poll(0)).isEqualTo("abc CUT_RST(reset after 3 bytes)");
    guard.close();
    assertThat(harness.injector.report()).hasToString("reset hit connection #1 at byte 103");
  }

  @Test
  void aFaultInjectedAfterBytesThatAreLeavingBeginsAfterThem() {
    PipelineHarness harness = PipelineHarness.tcp().push(0, "abc");
    harness.injector.inject(Fault.cutAfter(0, CloseType.RST));
    assertThat(harness.poll(0)).isEqualTo("abc CUT_RST(reset after 0 bytes)");
    assertThat(harness.injector.report()).hasToString("reset hit connection #1 at byte 3");
  }

  @Test
  void datagramsThatAreHeldCountAsDatagrams() {
    PipelineHarness harness =
        PipelineHarness.udp(Fault.stall().startingAtDatagram(2)).push(0, "first");
    assertThat(harness.push(0, "second").push(0, "third").poll(0)).isEqualTo("first");
    Fault end = Fault.of("end", context -> new ImmediateClose());
    harness.injector.inject(end);
    assertThat(harness.poll(0)).startsWith("CUT_FIN");
    assertThat(harness.injector.report().hits(end)).extracting(Hit::offset).containsExactly(2L);
  }

  private static final class ImmediateClose implements ImpairmentBehavior {
    @Override
    public Verdict onInput(PendingInput input) {
      return onIdle(input.now());
    }

    @Override
    public Verdict onIdle(long now) {
      return new Verdict.CloseConnection(CloseType.FIN, now);
    }
  }

  @Test
  void aChangeNotifiesListenersAndWakesThePipeline() {
    FaultInjector injector = new FaultInjector(Weather.of(Fault.stall()));
    PipelineHarness harness = PipelineHarness.of(injector);
    List<String> notifications = new ArrayList<>();
    injector.onChange(() -> notifications.add(injector.toString()));
    assertThat(harness.push(3, "a").poll(3)).isEmpty();
    assertThat(harness.pipeline.wakeAt()).isEqualTo(Long.MAX_VALUE);
    FaultGuard guard = injector.inject(Fault.delay(TEN), Fault.rate(100));
    assertThat(harness.pipeline.wakeAt())
        .as("at once")
        .isEqualTo(3 * PipelineHarness.NANOS_PER_MILLI);
    guard.close();
    guard.close();
    assertThat(notifications).containsExactly("stall; delay 10ms; rate 100B/s", "stall");
  }

  @Test
  void aFaultThatIsInjectedLaterDoesNotChangeTheDrawsOfOthers() {
    Fault corrupt = Fault.corrupt(0.2);
    PipelineHarness single = PipelineHarness.tcp(corrupt).push(0, "x".repeat(1_000));
    PipelineHarness combined = PipelineHarness.tcp(Fault.sliceRandomly(1, 9), corrupt);
    combined.push(0, "x".repeat(500));
    String start = combined.poll(0);
    combined.injector.inject(Fault.lostSegment(0.5));
    combined.push(1, "x".repeat(500));
    assertThat((start + combined.poll(9_999_999)).replace(" ", "")).isEqualTo(single.poll(0));
    assertThat(combined.injector.report().hits(corrupt))
        .isEqualTo(single.injector.report().hits(corrupt));
  }

  @Test
  void theSameFaultInjectedAgainDrawsAnew() {
    Fault corrupt = Fault.corrupt(0.2);
    PipelineHarness harness = PipelineHarness.tcp();
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      PipelineHarness next = PipelineHarness.of(harness.injector);
      FaultGuard guard = harness.injector.inject(corrupt);
      outputs.add(next.push(0, "x".repeat(100)).poll(0));
      guard.close();
    }
    assertThat(outputs.get(0)).isNotEqualTo(outputs.get(1));
  }

  @Test
  void whatElseRunsChangesNoDecision() {
    Weather weather = Weather.parse("seed 5; corrupt 3%; lost segment 20%; delay 5ms jitter 4ms");
    FaultInjector one = new FaultInjector(weather);
    for (int connection = 1; connection <= 9; connection++) {
      PipelineHarness.of(one, connection, Side.SERVER).push(0, "x".repeat(9_000)).pollUntil(99_999);
    }
    FaultInjector other = new FaultInjector(weather);
    List<PipelineHarness> harnesses = new ArrayList<>();
    for (int connection = 9; connection >= 1; connection--) {
      harnesses.add(PipelineHarness.of(other, connection, Side.SERVER));
    }
    for (int i = 0; i < 90; i++) {
      long now = i;
      harnesses.forEach(harness -> harness.push(now, "x".repeat(100)).poll(now));
    }
    harnesses.forEach(harness -> harness.poll(99_999));
    assertThat(other.report()).isEqualTo(one.report());
    assertThat(one.report().hits(weather.faults().get(0))).hasSizeGreaterThan(2_000);
  }

  @Test
  void faultsAreInjectedAndRemovedOnOtherThreads() throws InterruptedException {
    PipelineHarness harness = PipelineHarness.tcp();
    Thread weather =
        new Thread(
            () -> {
              for (int i = 0; i < 300; i++) {
                FaultGuard slow = harness.injector.inject(Fault.delay(TEN), Fault.slice(7));
                FaultGuard stall = harness.injector.inject(Fault.stall());
                slow.close();
                stall.close();
              }
            });
    weather.start();
    StringBuilder output = new StringBuilder();
    int pushed = 0;
    while (weather.isAlive() || pushed < 500) {
      output.append(harness.push(pushed++, "0123456789").poll(pushed));
    }
    weather.join();
    output.append(harness.poll(pushed + 10));
    assertThat(output.toString().replace(" ", "")).isEqualTo("0123456789".repeat(pushed));
    assertThat(harness.pipeline.isBypassable()).isTrue();
  }

  @Test
  void aPipelineThatNoFaultAppliesToStaysBypassable() {
    FaultInjector injector = new FaultInjector(Weather.clear());
    FaultPipeline pipeline = PipelineHarness.of(injector, 1, Side.CLIENT).pipeline;
    injector.inject(
        Fault.cutAfter(9, CloseType.FIN), Fault.delay(TEN).onConnections(2), Fault.resetFirst(1));
    assertThat(pipeline.poll(0)).isNull();
    assertThat(pipeline.isBypassable()).isTrue();
  }

  @Test
  void aBufferIsTakenWholeAndCopied() {
    byte[] array = {'x', 'a', 'b', 'x'};
    ByteBuffer buffer = ByteBuffer.wrap(array, 1, 2);
    PipelineHarness harness = PipelineHarness.tcp(Fault.delay(TEN));
    harness.pipeline.push(buffer, 0);
    array[1] = 'z';
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(harness.poll(10)).isEqualTo("ab");
  }
}
