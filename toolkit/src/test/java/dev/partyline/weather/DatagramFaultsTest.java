package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DatagramFaultsTest {
  private static final Duration TEN = Duration.ofMillis(10);
  private static final Fault LOSS_ON_ANOTHER_CONNECTION = DatagramFaults.loss(1).onConnections(2);

  @Test
  void lossTakesAsManyAsItsProbability() {
    assertThat(count(PipelineHarness.udp(DatagramFaults.loss(0.3)), 10_000))
        .isBetween(6_850L, 7_150L);
    assertThat(count(PipelineHarness.udp(DatagramFaults.loss(0)), 100)).isEqualTo(100);
    assertThat(count(PipelineHarness.udp(DatagramFaults.loss(1)), 100)).isZero();
    assertThat(count(PipelineHarness.udp(LOSS_ON_ANOTHER_CONNECTION), 100)).isEqualTo(100);
  }

  @Test
  void lossEveryTakesEveryNth() {
    PipelineHarness harness = PipelineHarness.udp(DatagramFaults.lossEvery(3));
    assertThat(pushNumbers(harness, 7).poll(0)).isEqualTo("1 2 4 5 7");
    assertThat(harness.injector.report())
        .hasToString("loss hit connection #1 at datagrams 3 and 6 from the server");
  }

  @Test
  void lossGilbertElliottLosesSeveralInARow() {
    Fault bursts = DatagramFaults.lossGilbertElliott(0.05, 0.2);
    PipelineHarness harness = PipelineHarness.udp(bursts);
    int[] numbers =
        Arrays.stream(pushNumbers(harness, 10_000).poll(0).split(" ", -1))
            .mapToInt(Integer::parseInt)
            .toArray();
    // On average p / (p + r) are lost, in bursts of 1 / r.
    assertThat(numbers).hasSizeBetween(7_500, 8_500);
    int burstCount = 0;
    for (int i = 1; i < numbers.length; i++) {
      burstCount += numbers[i] > numbers[i - 1] + 1 ? 1 : 0;
    }
    assertThat((10_000 - numbers.length) / (double) burstCount).isBetween(4.3, 5.7);
  }

  @Test
  void duplicateSendsADatagramTwiceAndLaterFaultsDrawForEach() {
    assertThat(pushNumbers(PipelineHarness.udp(DatagramFaults.duplicate(1)), 2).poll(0))
        .isEqualTo("1 1 2 2");
    PipelineHarness harness =
        PipelineHarness.udp(DatagramFaults.duplicate(1), DatagramFaults.loss(0.5));
    long pairs = 0;
    String[] numbers = pushNumbers(harness, 1_000).poll(0).split(" ", -1);
    for (int i = 1; i < numbers.length; i++) {
      pairs += numbers[i].equals(numbers[i - 1]) ? 1 : 0;
    }
    assertThat(pairs).isBetween(200L, 300L);
  }

  @Test
  void reorderLetsOthersPass() {
    PipelineHarness harness =
        PipelineHarness.udp(
            DatagramFaults.reorder(1, 2).startingAtDatagram(2),
            Fault.delay(TEN).startingAtDatagram(9));
    assertThat(harness.push(0, "1").push(0, "2").poll(0)).isEqualTo("1");
    assertThat(harness.pollUntil(1_000)).isEqualTo("100:2");
    Fault first =
        Fault.of(
            "late",
            context ->
                input ->
                    input.offset() == 1
                        ? new Verdict.Reorder(2, 50 * PipelineHarness.NANOS_PER_MILLI)
                        : new Verdict.Pass(input.size()));
    assertThat(pushNumbers(PipelineHarness.udp(first), 4).poll(0)).isEqualTo("2 3 1 4");
    PipelineHarness lateHarness =
        PipelineHarness.udp(first).push(0, "1").push(10, "2").push(60, "3");
    assertThat(lateHarness.poll(70))
        .as("in the order of its times, however late")
        .isEqualTo("2 1 3");
  }

  @Test
  void corruptFlipsOneBitOfSomeDatagrams() {
    PipelineHarness harness = PipelineHarness.udp(Fault.corrupt(0.5));
    int hit = 0;
    for (int i = 0; i < 1_000; i++) {
      String output = harness.push(0, "\0\0\0\0").poll(0);
      int bits = output.chars().map(Integer::bitCount).sum();
      assertThat(bits).isLessThanOrEqualTo(1);
      hit += bits;
    }
    assertThat(hit).isBetween(450, 550);
  }

  @Test
  void delayAndRateTakeDatagramsWhole() {
    assertThat(PipelineHarness.udp(Fault.delay(TEN)).push(0, "abc").push(0, "").pollUntil(99))
        .isEqualTo("10:abc ");
    assertThat(PipelineHarness.udp(Fault.rate(1_000)).push(0, "abc").push(0, "de").pollUntil(99))
        .isEqualTo("3:abc 5:de");
  }

  @Test
  void afterStartsAfterTheDatagramThatMatches() {
    PipelineHarness harness = PipelineHarness.udp(DatagramFaults.loss(1).after("go"));
    assertThat(harness.push(0, "g").push(0, "o").push(0, "ago!").push(0, "x").poll(0))
        .isEqualTo("g o ago!");
  }

  @Test
  void certainDatagramsAreLostDoubledOvertakenOrCorrupted() {
    assertThat(pushNumbers(PipelineHarness.udp(DatagramFaults.lossOf(5, 2)), 6).poll(0))
        .isEqualTo("1 3 4 6");
    assertThat(pushNumbers(PipelineHarness.udp(DatagramFaults.duplicateOf(2, 3)), 4).poll(0))
        .isEqualTo("1 2 2 3 3 4");
    assertThat(pushNumbers(PipelineHarness.udp(DatagramFaults.reorderOf(2)), 4).poll(0))
        .isEqualTo("1 3 2 4");
    assertThat(pushNumbers(PipelineHarness.udp(DatagramFaults.reorderOf(2, TEN, 1)), 4).poll(0))
        .isEqualTo("2 3 1 4");
    PipelineHarness corrupted = pushNumbers(PipelineHarness.udp(DatagramFaults.corruptOf(2)), 3);
    assertThat(corrupted.poll(0)).startsWith("1 ").endsWith(" 3").isNotEqualTo("1 2 3");
    assertThat(corrupted.injector.report()).hasToString("corrupt hit connection #1 at datagram 2");
  }

  @Test
  void aLossStartsAfterADatagramOfTheOtherDirection() {
    PipelineHarness server = PipelineHarness.udp(DatagramFaults.loss(1).after("go", Side.CLIENT));
    PipelineHarness client = server.opposite();
    assertThat(server.push(0, "go").poll(0)).isEqualTo("go");
    assertThat(client.push(1, "g").push(1, "o").poll(1)).isEqualTo("g o");
    assertThat(server.push(2, "1").poll(2)).isEqualTo("1");
    assertThat(client.push(3, "ago!").push(3, "x").poll(3)).isEqualTo("ago!");
    assertThat(server.push(4, "2").poll(4)).isEmpty();
  }

  private static PipelineHarness pushNumbers(PipelineHarness harness, int datagrams) {
    for (int i = 1; i <= datagrams; i++) {
      harness.push(0, Integer.toString(i));
    }
    return harness;
  }

  private static long count(PipelineHarness harness, int datagrams) {
    String output = pushNumbers(harness, datagrams).poll(0);
    return output.isEmpty() ? 0 : output.split(" ", -1).length;
  }
}
