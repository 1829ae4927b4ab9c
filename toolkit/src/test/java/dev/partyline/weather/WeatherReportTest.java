package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WeatherReportTest {
  private static final Fault RESET = Fault.cutAfter(512, CloseType.RST);

  @Test
  void saysWhatWasHitAndWhatWasNot() {
    FaultInjector injector = new FaultInjector(Weather.of(RESET, Fault.corrupt(0)));
    for (int connection : new int[] {3, 1, 2}) {
      PipelineHarness harness = PipelineHarness.of(injector, connection, Side.SERVER);
      harness.push(0, "x".repeat(connection == 2 ? 511 : 600)).poll(0);
    }
    assertThat(injector.report())
        .hasToString("reset hit connections #1 and #3 at byte 512; corrupt hit nothing");
    assertThat(injector.report().hits(RESET))
        .containsExactly(new Hit(1, Side.SERVER, 512, ""), new Hit(3, Side.SERVER, 512, ""));
    assertThat(injector.report().hitCount(RESET)).isEqualTo(2);
    assertThat(injector.report().faults()).containsExactlyElementsOf(injector.weather().faults());
  }

  @Test
  void saysThatNoFaultWasInjected() {
    assertThat(new FaultInjector(Weather.clear()).report()).hasToString("no fault was active");
  }

  @Test
  void leavesOutWhatNeverLeft() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.corrupt(1), Fault.limitData(2)).push(0, "abcd");
    assertThat(harness.poll(0)).endsWith("FIN(limit 2 bytes)");
    assertThat(harness.injector.report())
        .hasToString(
            "corrupt hit connection #1 at bytes 0 and 1; limit hit connection #1 at byte 2");
  }

  @Test
  void leavesOutWhatTheSinkHasNotTaken() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.corrupt(1), Fault.delay(Duration.ofMillis(9)));
    harness.push(0, "abcd").poll(9);
    harness.push(10, "ef").poll(10);
    harness.pipeline.retractUnsent(3);
    assertThat(harness.injector.report())
        .hasToString(
            "corrupt hit connection #1 at byte 0; delay hit connection #1 at byte 0 from the"
                + " server");
  }

  @Test
  void leavesOutADatagramThatTheSinkHasNotTaken() {
    PipelineHarness harness = PipelineHarness.udp(Fault.corrupt(1));
    harness.push(0, "abcd").push(0, "ef").poll(0);
    harness.pipeline.retractUnsent(1);
    assertThat(harness.injector.report()).hasToString("corrupt hit connection #1 at datagram 1");
  }

  @Test
  void leavesOutWhatAStallStillHolds() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.corrupt(1), Fault.stall().startingAtByte(2));
    harness.push(0, "abcd").poll(0);
    harness.pipeline.retractUnsent(0);
    assertThat(harness.injector.report())
        .hasToString(
            "corrupt hit connection #1 at bytes 0 and 1; stall hit connection #1 at byte 2 from the"
                + " server");
  }

  @Test
  void countsTheBytesThatHaveLeftForThePeer() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.stall().startingAtByte(2));
    FaultGuard second = harness.injector.inject(Fault.delay(Duration.ofMillis(9)));
    assertThat(passedBytes(harness)).hasValue(0);
    harness.push(0, "abcd").poll(5);
    assertThat(passedBytes(harness)).hasValue(0);
    harness.poll(9);
    assertThat(passedBytes(harness)).hasValue(2);
    second.close();
    harness.push(10, "ef").poll(99);
    assertThat(passedBytes(harness)).hasValue(2);
  }

  @Test
  void countsBytesThatPassAfterAFaultWasRemoved() {
    FaultInjector injector = new FaultInjector(Weather.clear());
    FaultGuard stall = injector.inject(Fault.stall());
    PipelineHarness harness = PipelineHarness.of(injector).push(0, "abcd");
    harness.poll(1);
    assertThat(passedBytes(harness)).hasValue(0);
    stall.close();
    harness.poll(2);
    harness.pipeline.countBypassed(3);
    assertThat(passedBytes(harness)).hasValue(7);
  }

  @Test
  void countsNoByteThatAFaultHasDroppedOrTheSinkHasNotTaken() {
    PipelineHarness cut = PipelineHarness.tcp(Fault.limitData(3)).push(0, "abcd");
    cut.poll(0);
    cut.push(1, "ef").poll(1);
    assertThat(passedBytes(cut)).hasValue(3);
    cut.pipeline.retractUnsent(2);
    assertThat(passedBytes(cut)).hasValue(1);
  }

  @Test
  void doesNotKnowWhatHasLeftWhereNoFaultWasOrOfDatagrams() {
    PipelineHarness tcp = PipelineHarness.tcp(Fault.stall().from(Side.CLIENT)).push(0, "a");
    assertThat(passedBytes(tcp)).isEmpty();
    assertThat(passedBytes(PipelineHarness.udp(Fault.corrupt(1)).push(0, "a"))).isEmpty();
  }

  private static OptionalLong passedBytes(PipelineHarness harness) {
    return harness.injector.report().passedBytes(1, Side.SERVER);
  }

  @Test
  void leavesOutASliceThatWaitsBehindAStall() {
    Fault slice = Fault.slice(2, Duration.ofMillis(9));
    PipelineHarness stalled = PipelineHarness.tcp(slice, Fault.stall());
    stalled.push(0, "abcd").poll(0);
    assertThat(stalled.injector.report().hitCount(slice)).isZero();
    PipelineHarness paused = PipelineHarness.tcp(slice);
    paused.push(0, "abcd").poll(0);
    assertThat(paused.injector.report().hits(slice))
        .containsExactly(new Hit(1, Side.SERVER, 2, ""));
  }

  @Test
  void namesFiveAndCountsTheRest() {
    Fault loss = DatagramFaults.loss(1).from(Side.SERVER);
    FaultInjector injector = new FaultInjector(Weather.of(loss));
    for (int connection = 1; connection <= 7; connection++) {
      FaultPipeline pipeline =
          injector.newPipeline(PipelineHarness.direction(connection, Side.SERVER, Transport.UDP));
      for (int i = 0; i < 3_000; i++) {
        pipeline.push(ByteBuffer.allocate(1), 0);
      }
      assertThat(pipeline.poll(0)).isNull();
    }
    assertThat(injector.report())
        .hasToString(
            "loss hit connections #1, #2, #3, #4, #5 and 2 more"
                + " at datagrams 1, 2, 3, 4, 5 and 2995 more");
    assertThat(injector.report().hits(loss)).hasSize(14_000);
    assertThat(injector.report().hitCount(loss)).isEqualTo(21_000);
  }

  @Test
  void tellsFaultsOfOneNameApart() {
    Fault one = Fault.delay(Duration.ofMillis(1));
    Fault two = Fault.delay(Duration.ofMillis(2)).from(Side.CLIENT);
    PipelineHarness harness =
        PipelineHarness.tcp(one, two, Fault.rate(8).named("the line")).push(0, "a");
    harness.pollUntil(10_000);
    assertThat(harness.injector.report())
        .hasToString(
            "delay 1ms hit connection #1 at byte 0 from the server; delay 2ms from client hit"
                + " nothing; the line hit connection #1 at byte 0 from the server");
  }

  @Test
  void namesAConnectionOnceThatWasHitInBothDirections() {
    FaultInjector injector =
        new FaultInjector(Weather.of(Fault.cutAfter(Duration.ofMillis(5), CloseType.FIN)));
    for (Side sender : Side.values()) {
      assertThat(PipelineHarness.of(injector, 1, sender).pollUntil(9)).startsWith("5:CUT_FIN");
    }
    assertThat(injector.report()).hasToString("cut hit connection #1 after 5ms");
  }

  @Test
  void reportsACutAfterATimeTheSameWhicheverDirectionNoticesItFirst() {
    Fault cut = Fault.cutAfter(Duration.ofMillis(5), CloseType.FIN);
    Hit expected = new Hit(1, Side.CLIENT, -1, "after 5ms");
    for (Side first : Side.values()) {
      FaultInjector injector = new FaultInjector(Weather.of(cut));
      assertThat(PipelineHarness.of(injector, 1, first).pollUntil(9)).startsWith("5:CUT_FIN");
      assertThat(injector.report().hits(cut)).containsExactly(expected);
      assertThat(PipelineHarness.of(injector, 1, first.peer()).pollUntil(9))
          .startsWith("5:CUT_FIN");
      assertThat(injector.report().hits(cut)).containsExactly(expected);
    }
    FaultInjector injector = new FaultInjector(Weather.of(cut.from(Side.SERVER)));
    assertThat(PipelineHarness.of(injector, 1, Side.SERVER).pollUntil(9)).startsWith("5:CUT_FIN");
    assertThat(injector.report().hits(cut.from(Side.SERVER)))
        .containsExactly(new Hit(1, Side.SERVER, -1, "after 5ms"));
  }

  @Test
  void keepsFaultsThatWereRemoved() {
    PipelineHarness harness = PipelineHarness.tcp();
    harness.injector.inject(RESET.named("the end")).close();
    assertThat(harness.injector.report()).hasToString("the end hit nothing");
  }

  @Test
  void listsWhatMustFireAndHasNot() {
    Fault required = RESET.mustFire();
    PipelineHarness harness = PipelineHarness.tcp(Fault.limitData(511), required).push(0, "x");
    assertThat(harness.poll(0)).isEqualTo("x");
    assertThat(harness.injector.report().unfiredFaults()).containsExactly(required);
    assertThat(harness.push(0, "x".repeat(512)).poll(0)).endsWith(")");
    assertThat(harness.injector.report().unfiredFaults())
        .as("ended before it")
        .containsExactly(required);
    PipelineHarness single = PipelineHarness.tcp(required).push(0, "x".repeat(512));
    single.poll(0);
    assertThat(single.injector.report().unfiredFaults()).isEmpty();
  }

  @Test
  void isASnapshotThatEqualsAnother() {
    PipelineHarness one = PipelineHarness.tcp(RESET).push(0, "x".repeat(600));
    PipelineHarness two =
        PipelineHarness.tcp(RESET).push(0, "x".repeat(300)).push(5, "x".repeat(300));
    WeatherReport previous = one.injector.report();
    assertThat(one.poll(0)).isNotEmpty();
    assertThat(two.poll(7)).isNotEmpty();
    assertThat(previous.hits(RESET)).isEmpty();
    assertThat(one.injector.report())
        .isEqualTo(two.injector.report())
        .hasSameHashCodeAs(two.injector.report())
        .isNotEqualTo(previous);
  }

  @Test
  void equalsAnotherInWhateverOrderDatagramsCameThere() {
    Fault first =
        Fault.of(
            "first",
            context ->
                input ->
                    input.index() == 1
                        ? new Verdict.Reorder(
                            9, input.arrivedAt() + 10 * PipelineHarness.NANOS_PER_MILLI)
                        : new Verdict.Pass(input.size()));
    Fault loss = DatagramFaults.loss(1);
    PipelineHarness reordered = PipelineHarness.udp(first, loss).push(0, "1").push(5, "2");
    assertThat(reordered.pollUntil(20)).isEmpty();
    PipelineHarness inOrder = PipelineHarness.udp(first, loss).push(0, "1");
    assertThat(inOrder.pollUntil(20)).isEmpty();
    assertThat(inOrder.push(20, "2").pollUntil(30)).isEmpty();
    assertThat(reordered.injector.report().hits(loss))
        .extracting(Hit::offset)
        .containsExactly(1L, 2L);
    assertThat(reordered.injector.report()).isEqualTo(inOrder.injector.report());
  }

  @Test
  void aNamedFaultIsTheCause() {
    assertThat(PipelineHarness.tcp(Fault.limitData(0).named("the wall")).pollUntil(0))
        .isEqualTo("0:FIN(the wall (limit 0 bytes))");
    assertThat(List.of(Fault.slowClose(Duration.ofMillis(1)).name(), Fault.lostSegment(0).name()))
        .containsExactly("slow close", "lost segment");
  }
}
