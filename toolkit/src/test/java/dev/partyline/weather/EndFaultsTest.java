package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.spi.CloseType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndFaultsTest {
  private static final Duration TEN = Duration.ofMillis(10);

  @Test
  void cutAfterBytesLetsExactlySoManyPass() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.cutAfter(5, CloseType.RST)).push(0, "abc").push(1, "defg");
    assertThat(harness.poll(1)).isEqualTo("abc de CUT_RST(reset after 5 bytes)");
    assertThat(harness.push(2, "h").pushFin(2).pushRst(2).poll(2)).isEmpty();
    assertThat(harness.pipeline.isBypassable()).isFalse();
    assertThat(harness.pipeline.heldBytes()).isZero();
    assertThat(harness.injector.report()).hasToString("reset hit connection #1 at byte 5");
  }

  @Test
  void cutComesRightAfterTheLastByteAndNeedsNoMore() {
    assertThat(PipelineHarness.tcp(Fault.cutAfter(3, CloseType.FIN)).push(0, "abc").poll(0))
        .isEqualTo("abc CUT_FIN(cut after 3 bytes)");
    assertThat(PipelineHarness.tcp(Fault.cutAfter(0, CloseType.FIN)).pollUntil(0))
        .isEqualTo("0:CUT_FIN(cut after 0 bytes)");
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(4, CloseType.FIN)).push(0, "abc").pushFin(0).poll(0))
        .isEqualTo("abc FIN");
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(3, CloseType.FIN)).push(0, "abc").pushFin(0).poll(0))
        .as("whether the FIN came with the bytes or later depends on the load")
        .isEqualTo("abc CUT_FIN(cut after 3 bytes)");
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(3, CloseType.RST), Fault.cutAfter(3, CloseType.FIN))
                .push(0, "abc")
                .poll(0))
        .isEqualTo("abc CUT_RST(reset after 3 bytes)");
  }

  @Test
  void cutAfterATimeActsWithoutBytes() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.cutAfter(TEN, CloseType.RST));
    harness.push(0, "a");
    assertThat(harness.pollUntil(100)).isEqualTo("0:a 10:CUT_RST(reset after 10ms)");
    assertThat(harness.injector.report()).hasToString("reset hit connection #1 after 10ms");
  }

  @Test
  void cutAfterATimeCountsFromTheInjectionIfThatIsLater() {
    PipelineHarness harness = PipelineHarness.tcp().push(0, "a");
    assertThat(harness.poll(0)).isEqualTo("a");
    FaultGuard guard = harness.injector.inject(Fault.cutAfter(TEN, CloseType.FIN));
    assertThat(harness.poll(50)).isEmpty();
    assertThat(harness.pipeline.wakeAt()).isEqualTo(60 * PipelineHarness.NANOS_PER_MILLI);
    guard.close();
    assertThat(harness.poll(100)).isEmpty();
    assertThat(harness.pipeline.isBypassable()).isTrue();
  }

  @Test
  void cutAfterAMatchSpansChunks() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.cutAfter("QUIT", CloseType.FIN)).push(0, "xQUQU").push(0, "ITy");
    assertThat(harness.poll(0)).isEqualTo("xQUQU IT CUT_FIN(cut after \"QUIT\")");
  }

  @Test
  void limitDataEndsOneDirectionAndDropsTheRest() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.limitData(2), Fault.delay(TEN)).push(0, "abc").pushFin(1);
    assertThat(harness.pollUntil(100)).isEqualTo("10:ab FIN(limit 2 bytes)");
    assertThat(harness.push(101, "d").pushFin(101).pushRst(102).pollUntil(200))
        .isEqualTo("112:RST");
  }

  @Test
  void slowCloseHoldsTheFinAlone() {
    PipelineHarness harness = PipelineHarness.tcp(Fault.slowClose(TEN)).push(0, "a").pushFin(1);
    assertThat(harness.pollUntil(100)).isEqualTo("0:a 11:FIN");
    assertThat(PipelineHarness.tcp(Fault.slowClose(TEN)).pushRst(1).pollUntil(100))
        .isEqualTo("1:RST");
  }

  @Test
  void aCutByTimeDropsWhatADelayStillHoldsHoweverLateTheLoopWakes() {
    Fault cut = Fault.cutAfter(Duration.ofSeconds(1), CloseType.RST);
    Fault delay = Fault.delay(Duration.ofMillis(500));
    for (Fault[] faults : new Fault[][] {{cut, delay}, {delay, cut}}) {
      for (long late : new long[] {1_000, 5_000}) {
        PipelineHarness harness = PipelineHarness.tcp(faults);
        harness.push(0, "a").push(900, "b");
        assertThat(harness.poll(late)).as("%s", late).isEqualTo("a CUT_RST(reset after 1s)");
      }
    }
  }
}
