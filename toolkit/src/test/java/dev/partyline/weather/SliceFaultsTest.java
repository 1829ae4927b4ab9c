package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SliceFaultsTest {
  private static final Duration TEN = Duration.ofMillis(10);

  @Test
  void sliceCutsAtMultiplesOfItsSizeAndPauses() {
    assertThat(PipelineHarness.tcp(Fault.slice(3)).push(0, "abcdefgh").push(1, "ij").poll(1))
        .isEqualTo("abc def gh i j");
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.slice(3, TEN)).push(0, "abcdefgh").push(1, "ij");
    assertThat(harness.pollUntil(100)).isEqualTo("0:abc 10:def 20:gh i 30:j");
  }

  @Test
  void whatSlicesHitsTheFirstByteAfterACutAlone() {
    Fault at = Fault.sliceAt(100_000).mustFire();
    Fault pieces = Fault.slice(10).mustFire();
    Fault random = Fault.sliceRandomly(10, 10).mustFire();
    PipelineHarness harness = PipelineHarness.tcp(at, pieces, random).push(0, "0123456789");
    assertThat(harness.poll(0)).isEqualTo("0123456789");
    assertThat(harness.injector.report().unfiredFaults()).containsExactly(at, pieces, random);
    assertThat(harness.push(0, "a").poll(0)).isEqualTo("a");
    assertThat(harness.injector.report().unfiredFaults()).containsExactly(at);
    assertThat(harness.injector.report().hits(pieces))
        .containsExactly(new Hit(1, Side.SERVER, 10, ""));
  }

  @Test
  void aSliceLeavesWhenThePeerHasReadWhatWasBefore() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.sliceAt(2, 4)).push(0, "abcdef");
    assertThat(harness.pollUnread(0)).isEqualTo("ab");
    assertThat(harness.pollUnread(1_000)).isEmpty();
    assertThat(harness.pipeline.wakeAt()).isEqualTo(Long.MAX_VALUE);
    harness.pipeline.endWait(true);
    assertThat(harness.pollUnread(1_000)).isEqualTo("cd");
    harness.pipeline.endWait(false);
    assertThat(harness.pollUnread(1_000)).isEqualTo("ef");
    assertThat(harness.injector.report())
        .hasToString(
            "slice hit connection #1 at byte 2 from the server, and 1 slice was not read apart from"
                + " what was before");
  }

  @Test
  void aSliceThatThePeerDidNotReadApartIsNoHit() {
    Fault fault = Fault.slice(2).mustFire();
    PipelineHarness harness = PipelineHarness.tcp(fault).push(0, "abcdef");
    assertThat(harness.pollUnread(0)).isEqualTo("ab");
    harness.pipeline.endWait(false);
    assertThat(harness.pollUnread(0)).isEqualTo("cd");
    harness.pipeline.endWait(false);
    WeatherReport report = harness.injector.report();
    assertThat(report.unfiredFaults()).containsExactly(fault);
    assertThat(report.hits(fault)).isEmpty();
    assertThat(report.mergedSliceCount(fault)).isEqualTo(2);
    assertThat(report)
        .hasToString("slice hit nothing, and 2 slices were not read apart from what was before");
  }

  @Test
  void aSliceIsAHitOnceItIsTheNextToLeave() {
    Fault fault = Fault.slice(2);
    PipelineHarness harness = PipelineHarness.tcp(fault).push(0, "abcdef");
    assertThat(harness.pollUnread(0)).isEqualTo("ab");
    assertThat(harness.injector.report().hits(fault))
        .containsExactly(new Hit(1, Side.SERVER, 2, ""));
    harness.pipeline.endWait(true);
    assertThat(harness.pollUnread(0)).isEqualTo("cd");
    assertThat(harness.injector.report().hitCount(fault)).isEqualTo(2);
  }

  @Test
  void withAPauseOfNothingSlicesWaitForNoReader() {
    Fault fault = Fault.slice(2, Duration.ZERO);
    PipelineHarness harness = PipelineHarness.tcp(fault).push(0, "abcdef");
    assertThat(harness.pollUnread(0)).isEqualTo("ab cd ef");
    assertThat(harness.injector.report().hitCount(fault)).isEqualTo(2);
  }

  @Test
  void aSliceThatAnotherFaultHasJoinedIsNoHit() {
    Fault slice = Fault.slice(2);
    PipelineHarness harness = PipelineHarness.tcp(slice, Fault.coalesce(TEN)).push(0, "abcdef");
    assertThat(harness.pollUntil(100)).isEqualTo("10:abcdef");
    assertThat(harness.injector.report().hitCount(slice)).isZero();
  }

  @Test
  void theWaitForAReaderEndsWithItsFault() {
    PipelineHarness harness = PipelineHarness.tcp();
    FaultGuard guard = harness.injector.inject(Fault.slice(2));
    assertThat(harness.push(0, "abcdef").pollUnread(0)).isEqualTo("ab");
    guard.close();
    assertThat(harness.pollUnread(0)).isEqualTo("cd ef");
  }

  @Test
  void sliceAtCutsAtOffsets() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.sliceAt(6, 1)).push(0, "abcd").push(0, "efgh");
    assertThat(harness.poll(0)).isEqualTo("a bcd ef gh");
  }

  @Test
  void sliceRandomlyCutsByTheSeed() {
    Fault fault = Fault.sliceRandomly(2, 4);
    String text = "abcdefghijklmnopqrstuvwxyz";
    String output = PipelineHarness.tcp(fault).push(0, text).poll(0);
    assertThat(output.split(" ")).extracting(String::length).allMatch(size -> size <= 4);
    PipelineHarness split =
        PipelineHarness.of(new FaultInjector(Weather.of(fault, Fault.coalesce(TEN))));
    assertThat(split.push(0, text).pollUntil(99)).isEqualTo("10:" + text);
    assertThat(
            PipelineHarness.of(new FaultInjector(Weather.of(fault).seed(1))).push(0, text).poll(0))
        .isNotEqualTo(output);
  }

  @Test
  void aSliceThatIsHeldBackWhenAllEndsIsAHit() {
    Fault fault = Fault.slice(2, TEN).mustFire();
    PipelineHarness harness = PipelineHarness.tcp(fault).push(0, "abcdef");
    assertThat(harness.pollUnread(0)).isEqualTo("ab");
    assertThat(harness.injector.report().hits(fault))
        .containsExactly(new Hit(1, Side.SERVER, 2, ""));
  }
}
