package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnyOrderTest {
  private static final String HEADERS =
      "C: GET /\nany order\n  C: Host: h\n  C: Accept: ${a}\n  C: ...\nC:\nS: ok";

  @ParameterizedTest
  @ValueSource(strings = {"a|b|c|", "a|c|b|", "b|a|c|", "b|c|a|", "c|a|b|", "c|b|a|"})
  void takesEachLineOnceInAnyOrder(String sent) {
    PlayerHarness harness =
        PlayerHarness.server("any order\n  C: a\n  C: b\n  C: c\nS: ok").send(sent);
    assertThat(harness.drainOutput()).isEqualTo("ok|");
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void takesNoLineTwice() {
    PlayerHarness harness = PlayerHarness.server("any order\n  C: a\n  C: b\nS: ok").send("a|a|");
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.cursor().expected()).containsExactly("C: b");
    assertThat(harness.cursor().offset()).isEqualTo(3);
    assertThat(harness.currentLines()).containsExactly("C: b");
    assertThat(harness.rows(Cursor.State.MATCHED)).containsExactly("C: a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "C: ${x};C: Host: ${y}            ~ Host: h|other|  ~ other ~ h",
        "C: ${x};C: Host: ${y}            ~ other|Host: h|  ~ other ~ h",
        "C: ${x:.*};C: ${y:[a-z]+}1       ~ a1|b2|          ~ b2 ~ a",
      })
  void leavesEachLineToTheStrictestThatTakesIt(String items, String sent, String x, String y) {
    String script = "any order\n  " + items.replace(";", "\n  ") + "\nS: ok";
    PlayerHarness whole = PlayerHarness.server(script).send(sent);
    assertThat(whole.drainOutput()).isEqualTo("ok|");
    assertThat(whole.value("x")).isEqualTo(x);
    assertThat(whole.value("y")).isEqualTo(y);
    PlayerHarness split =
        PlayerHarness.server(script).sendByteByByte(Bytes.utf8(sent.replace("|", "\r\n")));
    assertThat(split.drainOutput()).isEqualTo("ok|");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aab", "aba"})
  void leavesALongerLineWhatAShorterCouldTake(String sent) {
    String script = "any order\n  C| a\n  C| ab\nS: ok";
    assertThat(PlayerHarness.server(script).send(sent).drainOutput()).isEqualTo("ok|");
    assertThat(PlayerHarness.server(script).sendByteByByte(Bytes.utf8(sent)).drainOutput())
        .isEqualTo("ok|");
  }

  @Test
  void takesEqualLinesAsOftenAsTheyAreWritten() {
    assertThat(PlayerHarness.server("any order\n  C: a\n  C: a\nS: ok").send("a|a|").drainOutput())
        .isEqualTo("ok|");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "GET /|Host: h|Accept: x||",
        "GET /|Accept: x|Host: h||",
        "GET /|User-Agent: u|Host: h|Accept: x||",
        "GET /|Host: h|Ho: y|Accept: x|X: y||",
      })
  void withAnyLinesLetsOtherLinesPass(String sent) {
    PlayerHarness harness = PlayerHarness.server(HEADERS).send(sent);
    assertThat(harness.drainOutput()).isEqualTo("ok|");
    assertThat(harness.value("a")).isEqualTo("x");
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void withAnyLinesFailsWhenTheLineBelowComesTooEarly() {
    PlayerHarness harness = PlayerHarness.server(HEADERS).send("GET /|Host: h|X: y||");
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.problem())
        .isEqualTo("the client went on without all the lines in any order");
    assertThat(harness.cursor().expected()).containsExactly("C: Accept: ${a}");
  }

  @Test
  void withoutAnyLinesTakesNoOtherLine() {
    PlayerHarness harness = PlayerHarness.server("any order\n  C: a\n  C: b\nC: c").send("a|c|");
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void isSentAsItIsWritten() {
    assertThat(PlayerHarness.client("any order\n  C: b\n  C: ...\n  C: a\nS: ok").drainOutput())
        .isEqualTo("b|a|");
  }

  @Test
  void twoBlocksInARowKeepTheirLinesApart() {
    PlayerHarness harness =
        PlayerHarness.server("any order\n  C: a\n  C: b\nany order\n  C: c\n  C: d\nS: ok")
            .send("b|a|d|c|");
    assertThat(harness.drainOutput()).isEqualTo("ok|");
  }

  @Test
  void atTheStartOfAPassItLeavesNothingWhenThePeerCloses() {
    PlayerHarness harness =
        PlayerHarness.server(
            "repeat\n  any order\n    S: x\n  any order\n    C: a\n    C: b\n  S: c\nS: bye");
    assertThat(harness.send("b|a|").drainOutput()).isEqualTo("x| + c| + x|");
    PlayerHarness idle =
        PlayerHarness.server("repeat\n  any order\n    C: a\n    C: b\n  S: c\nS: bye").finish();
    assertThat(idle.drainOutput()).isEqualTo("bye|");
  }
}
