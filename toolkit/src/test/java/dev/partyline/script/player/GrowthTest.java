package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.ProcessorTime;
import dev.partyline.wire.Bytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile peer costs: time in proportion to its bytes, and bounded memory. */
@Timeout(60)
class GrowthTest {
  private static final int MANY = 1_000_000;
  private static final Bytes A = Bytes.utf8("a");

  /** Far above what a pass over the bytes takes, far below what one for each byte would. */
  private static final Duration MAX_LINEAR_TIME = Duration.ofSeconds(10);

  private static String branches() {
    StringBuilder script = new StringBuilder("C: ...\n");
    for (int i = 0; i < 50; i++) {
      script.append("when\n  C: ").append("a".repeat(i)).append("b").append("\n  S: x\n");
    }
    return script.toString();
  }

  private static void feed(PlayerHarness harness) {
    Duration start = ProcessorTime.now();
    for (int i = 0; i < MANY; i++) {
      harness.player.onReceived(A.toBuffer());
      harness.player.next(harness.now);
    }
    assertThat(ProcessorTime.now().minus(start)).isLessThan(MAX_LINEAR_TIME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C: ...",
        "C: ...\nC: QUIT\nS: x",
        "C: ...\nC: ${x}b\nS: x",
        "C| ${x:2000000 bytes}\nS: ${x}",
        "C| ${*:2000000 bytes}\nS: x",
        "C: ...\nany order\n  C: b\n  C: c\nS: x",
        "any order\n  C: b\n  C: ...\nC: c",
        "repeat\n  C| a",
        "repeat\n  C: ...\n  C: b\n  S: c",
        "C: ...\nC! finish\nS: x",
      })
  void aMillionBytesOneByOneTakeLinearTime(String script) {
    PlayerHarness harness = PlayerHarness.server(script);
    feed(harness);
    assertThat(harness.endReason()).isIn(null, EndReason.FINISHED);
  }

  @Test
  void aMillionBytesAgainstFiftyBranchesTakeLinearTime() {
    PlayerHarness harness = PlayerHarness.server(branches());
    feed(harness);
    assertThat(harness.endReason()).isNull();
  }

  @Test
  void aMillionLinesInOneChunkTakeLinearTime() {
    PlayerHarness harness = PlayerHarness.server("repeat\n  C: a\n  S: b");
    Duration start = ProcessorTime.now();
    harness.player.onReceived(Bytes.utf8("a\r\n".repeat(MANY)).toBuffer());
    int actionCount = 0;
    while (harness.player.next(harness.now) != null || harness.player.wakeAt() <= harness.now) {
      actionCount++;
    }
    assertThat(actionCount).isGreaterThanOrEqualTo(MANY);
    assertThat(ProcessorTime.now().minus(start)).isLessThan(MAX_LINEAR_TIME);
  }

  @Test
  void aLineThatNeverEndsIsNotBuffered() {
    PlayerHarness harness = PlayerHarness.server("C: ...\nC: QUIT\nS: x");
    Bytes chunk = Bytes.utf8("a".repeat(1 << 20));
    for (int i = 0; i < 1_024; i++) {
      harness.send(chunk);
    }
    assertThat(harness.endReason()).as("a gigabyte passed").isNull();
  }

  @Test
  void bytesThatAreExpectedAndNotCapturedAreNotBuffered() {
    PlayerHarness harness = PlayerHarness.server("C# ${*:2000000000 bytes}\nS: x");
    Bytes chunk = Bytes.utf8("a".repeat(1 << 20));
    for (int i = 0; i < 1_900; i++) {
      harness.send(chunk);
    }
    assertThat(harness.endReason()).as("1.9 gigabytes matched so far").isNull();
    assertThat(harness.player.isAcceptingInput()).isTrue();
  }

  @Test
  void bytesThatAreNotExpectedYetPutBackPressureOnThePeer() {
    PlayerHarness harness = PlayerHarness.server("pause 1m\nS: b\nC: a");
    int sent = 0;
    while (harness.player.isAcceptingInput() && sent < 1 << 24) {
      harness.send("x".repeat(1024));
      sent += 1024;
    }
    assertThat(sent).isLessThanOrEqualTo(1 << 20);
  }

  @Test
  void afterAFailureNothingIsBuffered() {
    PlayerHarness harness = PlayerHarness.server("C: a\nS: b").send("x");
    Bytes chunk = Bytes.utf8("a".repeat(1 << 20));
    for (int i = 0; i < 4_096; i++) {
      harness.send(chunk);
    }
    assertThat(harness.cursor().received()).isEqualTo(Bytes.utf8("x"));
  }

  @Test
  void whatAFailureShowsIsShortEvenIfTheExpectationIsLong() {
    PlayerHarness harness =
        PlayerHarness.server("C# ${*:1000000 bytes} 00\nS: x")
            .send(Bytes.utf8("a".repeat(1_000_001)));
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.cursor().offset()).isEqualTo(1_000_000);
    assertThat(harness.cursor().received().size()).isLessThan(1_000);
  }

  @Test
  void scriptsOfAHundredThousandLinesAreReadAndPlayed() {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      script.append("C: line ").append(i).append("\nS: ok\n");
    }
    Duration start = ProcessorTime.now();
    PlayerHarness harness = PlayerHarness.server(script.toString());
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      sent.append("line ").append(i).append("\r\n");
    }
    harness.send(Bytes.utf8(sent.toString()));
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(ProcessorTime.now().minus(start)).isLessThan(MAX_LINEAR_TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause 1ns", "mark x", "within 1s", "S: ...", "cut"})
  void manyStatementsInARowAreReadAndPlayedInLinearTime(String statement) {
    Duration start = ProcessorTime.now();
    PlayerHarness harness = PlayerHarness.server((statement + "\n").repeat(100_000) + "S: b\nC: c");
    assertThat(harness.advanceMillis(1).drainOutput()).isEqualTo("b|");
    assertThat(ProcessorTime.now().minus(start)).isLessThan(MAX_LINEAR_TIME);
  }
}
