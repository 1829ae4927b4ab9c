package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DatagramFaultsTest {
  private static final Duration TEN = Duration.ofMillis(10);
  private static final Fault SOMEBODY_ELSES = Fault.loss(1).onConnections(2);

  @Test
  void lossTakesAsManyAsItsProbability() {
    assertThat(count(PipelineHarness.udp(Fault.loss(0.3)), 10_000)).isBetween(6_850L, 7_150L);
    assertThat(count(PipelineHarness.udp(Fault.loss(0)), 100)).isEqualTo(100);
    assertThat(count(PipelineHarness.udp(Fault.loss(1)), 100)).isZero();
    assertThat(count(PipelineHarness.udp(SOMEBODY_ELSES), 100)).isEqualTo(100);
  }

  @Test
  void lossGapTakesEveryNth() {
    PipelineHarness rig = PipelineHarness.udp(Fault.lossGap(3));
    assertThat(sent(rig, 7).at(0)).isEqualTo("1 2 4 5 7");
    assertThat(rig.sky.report())
        .hasToString("loss hit connection #1 at datagrams 3 and 6 from the server");
  }

  @Test
  void lossBurstsLoseSeveralInARow() {
    Fault bursts = Fault.lossBursts(0.05, 0.2);
    PipelineHarness rig = PipelineHarness.udp(bursts);
    int[] left =
        Arrays.stream(sent(rig, 10_000).at(0).split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    // In the mean p / (p + r) are lost, in bursts of 1 / r.
    assertThat(left).hasSizeBetween(7_500, 8_500);
    int bursted = 0;
    for (int i = 1; i < left.length; i++) {
      bursted += left[i] > left[i - 1] + 1 ? 1 : 0;
    }
    assertThat((10_000 - left.length) / (double) bursted).isBetween(4.3, 5.7);
  }

  @Test
  void duplicateGivesADatagramTwiceAndTheSecondHasItsOwnFate() {
    assertThat(sent(PipelineHarness.udp(Fault.duplicate(1)), 2).at(0)).isEqualTo("1 1 2 2");
    PipelineHarness rig = PipelineHarness.udp(Fault.duplicate(1), Fault.loss(0.5));
    long pairs = 0;
    String[] left = sent(rig, 1_000).at(0).split(" ", -1);
    for (int i = 1; i < left.length; i++) {
      pairs += left[i].equals(left[i - 1]) ? 1 : 0;
    }
    assertThat(pairs).isBetween(200L, 300L);
  }

  @Test
  void reorderLetsOthersPass() {
    PipelineHarness rig =
        PipelineHarness.udp(Fault.reorder(1, 2).fromDatagram(2), Fault.delay(TEN).fromDatagram(9));
    assertThat(rig.push(0, "1").push(0, "2").at(0)).isEqualTo("1");
    assertThat(rig.until(1_000)).isEqualTo("100:2");
    Fault first =
        Fault.of(
            "late",
            meeting ->
                waiting ->
                    waiting.offset() == 1
                        ? new Verdict.Overtaken(2, 50 * PipelineHarness.MILLI)
                        : new Verdict.Pass(waiting.size()));
    assertThat(sent(PipelineHarness.udp(first), 4).at(0)).isEqualTo("2 3 1 4");
    PipelineHarness late = PipelineHarness.udp(first).push(0, "1").push(10, "2").push(60, "3");
    assertThat(late.at(70)).as("in the order of its times, however late").isEqualTo("2 1 3");
  }

  @Test
  void corruptFlipsOneBitOfSomeDatagrams() {
    PipelineHarness rig = PipelineHarness.udp(Fault.corrupt(0.5));
    int hit = 0;
    for (int i = 0; i < 1_000; i++) {
      String left = rig.push(0, "\0\0\0\0").at(0);
      int bits = left.chars().map(Integer::bitCount).sum();
      assertThat(bits).isLessThanOrEqualTo(1);
      hit += bits;
    }
    assertThat(hit).isBetween(450, 550);
  }

  @Test
  void delayAndRateTakeDatagramsWhole() {
    assertThat(PipelineHarness.udp(Fault.delay(TEN)).push(0, "abc").push(0, "").until(99))
        .isEqualTo("10:abc ");
    assertThat(PipelineHarness.udp(Fault.rate(1_000)).push(0, "abc").push(0, "de").until(99))
        .isEqualTo("3:abc 5:de");
  }

  @Test
  void afterBeginsBehindTheDatagramThatMatches() {
    PipelineHarness rig = PipelineHarness.udp(Fault.loss(1).after("go"));
    assertThat(rig.push(0, "g").push(0, "o").push(0, "ago!").push(0, "x").at(0))
        .isEqualTo("g o ago!");
  }

  private static PipelineHarness sent(PipelineHarness rig, int datagrams) {
    for (int i = 1; i <= datagrams; i++) {
      rig.push(0, Integer.toString(i));
    }
    return rig;
  }

  private static long count(PipelineHarness rig, int datagrams) {
    String left = sent(rig, datagrams).at(0);
    return left.isEmpty() ? 0 : left.split(" ", -1).length;
  }
}
