package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import org.junit.jupiter.api.Test;

class AnyLinesTest {
  @Test
  void letsLinesPassUpToTheNextExpectation() {
    PlayerHarness harness = PlayerHarness.server("C: ...\nC: QUIT\nS: bye").send("NOOP|NOOP|QUIT|");
    assertThat(harness.drainOutput()).isEqualTo("bye|");
  }

  @Test
  void mayLetNonePass() {
    assertThat(PlayerHarness.server("C: ...\nC: QUIT\nS: bye").send("QUIT|").drainOutput())
        .isEqualTo("bye|");
  }

  @Test
  void letsOnlyWholeLinesPass() {
    PlayerHarness harness = PlayerHarness.server("C: ...\nC: QUIT\nS: bye").send("no QUIT|");
    assertThat(harness.drainOutput()).isEmpty();
    assertThat(harness.send("QUIT|").drainOutput()).isEqualTo("bye|");
  }

  @Test
  void ofALineLongerThan64KiBKeepsNothing() {
    PlayerHarness harness =
        PlayerHarness.server("C: ...\nC: QUIT ${x}\nS: bye").send(Bytes.utf8("Q".repeat(300_000)));
    assertThat(harness.endReason()).isNull();
    assertThat(harness.send("|QUIT 1|").drainOutput()).isEqualTo("bye|");
  }

  @Test
  void isOverWithTheLineThatTheNextExpectationTook() {
    PlayerHarness harness = PlayerHarness.server("C: ...\nC: a\nC: b\nS: c").send("x|a|x|");
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.cursor().offset()).isEqualTo(6);
  }

  @Test
  void endsInAnEventToo() {
    PlayerHarness harness = PlayerHarness.server("C: ...\nC! finish\nS: bye").send("a|b").finish();
    assertThat(harness.drainOutput()).isEqualTo("bye|");
  }

  @Test
  void endsInABranchToo() {
    PlayerHarness harness =
        PlayerHarness.server("C: ...\nwhen\n  C: a\n  S: 1\nwhen\n  C: b\n  S: 2").send("x|y|b|");
    assertThat(harness.drainOutput()).isEqualTo("2|");
  }

  @Test
  void ofALineThatNeverCameIsTheFinOfThePeer() {
    PlayerHarness harness = PlayerHarness.server("C: ...\nC: QUIT\nS: bye").send("NOOP|").finish();
    assertThat(harness.endReason()).isEqualTo(EndReason.PEER_FIN);
  }

  @Test
  void sendsNothing() {
    assertThat(PlayerHarness.client("C: a\nS: ok\nC: ...\nC: b").send("ok|").drainOutput())
        .isEqualTo("a| + b|");
  }

  @Test
  void atTheEndOfTheScriptTakesWhateverComesWhileWeGoOn() {
    PlayerHarness harness =
        PlayerHarness.server("C: ...\nS: hi\npause 1s\nS: bye")
            .send("x|y")
            .advanceMillis(1000)
            .send("z");
    assertThat(harness.drainOutput()).isEqualTo("hi| + bye|");
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
  }
}
