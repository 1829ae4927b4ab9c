package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.PatienceOfOne;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts where a script ends by {@code close}, {@code reset}, {@code finish} or stalls. */
@ExtendWith(PatienceOfOne.class)
class EndingTest {
  @ParameterizedTest
  @ValueSource(strings = {"close", "reset"})
  void bytes_that_no_line_takes_before_our_end_fail_the_script(String end) {
    PlayerHarness harness = PlayerHarness.server("C| GET /\nS: bye\nS! " + end).send("GET /admin");
    assertThat(harness.endReason()).isEqualTo(EndReason.EXTRA_BYTES);
    assertThat(harness.isDone()).isFalse();
    assertThat(harness.cursor().offset()).isEqualTo(5);
    assertThat(harness.drainOutput()).startsWith("bye| + <").endsWith(" + <Reset>");
  }

  @Test
  void bytes_that_no_line_takes_after_close_fail_the_script() {
    PlayerHarness harness = PlayerHarness.server("C| GET /\nS: bye\nS! close").send("GET /");
    assertThat(harness.drainOutput()).isEqualTo("bye| + <Close>");
    assertThat(harness.isDone()).isTrue();
    assertThat(harness.send("admin").endReason()).isEqualTo(EndReason.EXTRA_BYTES);
    assertThat(harness.drainOutput()).isEqualTo("<Reset>");
  }

  @Test
  void a_client_that_closes_is_as_strict() {
    PlayerHarness harness = PlayerHarness.client("S| hi\nC! close").send("hi there");
    assertThat(harness.endReason()).isEqualTo(EndReason.EXTRA_BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"C: a\nC: ...\nS! close", "C: a\nS! close\nC: ...", "C: a\nC: ...\nS! reset"})
  void any_lines_take_what_is_left(String script) {
    PlayerHarness harness = PlayerHarness.server(script).send("a|b|").send("c|");
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void the_end_of_the_peer_can_be_expected_after_our_close() {
    PlayerHarness harness = PlayerHarness.server("S! close\nC! finish");
    assertThat(harness.isDone()).isFalse();
    assertThat(harness.finish().endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(PlayerHarness.server("S! close\nC! finish").reset().endReason())
        .isEqualTo(EndReason.PEER_RESET);
    assertThat(PlayerHarness.server("S! close\nC! finish").advanceMillis(5_000).endReason())
        .isEqualTo(EndReason.TIMED_OUT);
  }

  @Test
  void close_ends_the_script_with_its_block() {
    String text = "when\n  C: QUIT\n  S! close\nwhen\n  C: GO\nC: more\nS: thanks";
    assertThat(PlayerHarness.server(text).send("QUIT|").endReason()).isEqualTo(EndReason.FINISHED);
    String ofClient = "when\n  S: BYE\n  S! close\nwhen\n  S: GO\nC: more";
    PlayerHarness client = PlayerHarness.client(ofClient).send("BYE|").finish();
    assertThat(client.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(client.drainOutput()).isEmpty();
  }

  @Test
  void the_other_half_of_together_goes_on_after_close() {
    PlayerHarness harness = PlayerHarness.server("together\n  S: bye\n  S! close\n  C: late");
    assertThat(harness.isDone()).isFalse();
    assertThat(harness.send("late|").endReason()).isEqualTo(EndReason.FINISHED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "S! close;repeat;  C: a            ~ 2 ~ the server has closed the connection",
        "together;  C: a;  S! close;C: b   ~ 4 ~ the server has closed the connection",
        "together;  C: a;  S! close;S: b   ~ 4 ~ the server has closed the connection",
        "S! reset;C! finish                ~ 2 ~ the server has closed the connection",
        "together;  C: a;  S! reset        ~ 3 ~ expected 'reset' below it, not in it",
      })
  void what_cannot_come_after_our_end_is_an_error(String script, int line, String problem) {
    assertThatThrownBy(() -> PlayerHarness.server(script.strip().replace(';', '\n')))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(":" + line + ":")
        .hasMessageContaining(problem);
  }

  @Test
  void an_rst_after_a_fin_can_be_expected() {
    String text = "C: a\nC! finish\nC! reset";
    PlayerHarness harness = PlayerHarness.server(text).send("a|").finish();
    assertThat(harness.isDone()).isFalse();
    assertThat(harness.reset().endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(PlayerHarness.server(text).send("a|").reset().endReason())
        .as("an RST without a FIN")
        .isEqualTo(EndReason.PEER_RESET);
    assertThat(PlayerHarness.server(text).send("a|").finish().advanceMillis(5_000).endReason())
        .as("a FIN without an RST")
        .isEqualTo(EndReason.TIMED_OUT);
  }

  @Test
  void a_fin_cannot_be_sent_after_an_rst() {
    PlayerHarness harness = PlayerHarness.server("C: a\npause 1s\nS! finish").send("a|").reset();
    assertThat(harness.endReason()).isEqualTo(EndReason.PEER_RESET);
    assertThat(harness.drainOutput()).isEqualTo("<Reset>");
  }

  @Test
  void what_comes_after_a_stall_follows_the_script() {
    Script script = Script.parse("C| GET /\nS! stall\nC: more\nrepeat 2\n  C: x\nS! reset");
    PlayerPair pair = PlayerPair.of(Script.parse("C: GET /\nC: extra\nS: ...\nS! reset"));
    assertThat(ScriptMatch.of(script, pair.play().conversation()).follows()).isTrue();
    assertThat(PlayerHarness.server(script).send("GET /|extra|").endReason())
        .isEqualTo(EndReason.FINISHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repeat\n  C: a\n  S! finish",
        "repeat 2\n  C: a\n  S! finish",
        "repeat\n  when\n    C: a\n    S: b\n  when\n    C: q\n    S! finish",
        "repeat\n  repeat 1\n    C: a\n    S! finish"
      })
  void a_pass_that_finishes_cannot_have_another_after_it(String text) {
    assertThatThrownBy(() -> PlayerHarness.server(text))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(
            "the server cannot send in the next pass of 'repeat' after S! finish; expected S! close"
                + " in its place, or C! close below it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repeat\n  C: a\n  S! finish\n  C! close",
        "repeat\n  C: a\n  S! finish\n  C: b\n  S! close",
        "repeat\n  C: a\n  S! finish\n  when\n    C! finish\n  when\n    C! reset",
        "repeat 1\n  C: a\n  S! finish"
      })
  void a_pass_that_finishes_may_be_the_last(String text) {
    assertThat(PlayerHarness.server(text).send("a|").drainOutput()).contains("<Shutdown");
  }

  @Test
  void a_loop_that_reads_nothing_ends_with_the_peer_whatever_that_has_sent() {
    String text = "repeat\n  pause 10ms\n  S: tick\nC: x\nS: end";
    PlayerHarness harness = PlayerHarness.server(text).send("x|").finish().advanceMillis(10);
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(harness.drainOutput()).endsWith("end|");
    PlayerHarness tooMuch = PlayerHarness.server("repeat\n  pause 10ms\n  S: tick").send("x|");
    assertThat(tooMuch.finish().advanceMillis(10).endReason()).isEqualTo(EndReason.EXTRA_BYTES);
  }
}
