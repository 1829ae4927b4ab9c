package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  private static Expectation.Verdict hold(Expectation expectation, String text) {
    return expectation.against(Bytes.utf8(text.replace("|", "\r\n")));
  }

  @Test
  void aLineIsMetByItsBytesAndItsEnd() {
    Expectation line = Expectation.line("250 ${what}");
    assertThat(hold(line, "250 OK|more"))
        .isEqualTo(
            new Expectation.Verdict(
                Expectation.State.MET, 8, Map.of("what", Bytes.utf8("OK")), ""));
    assertThat(hold(line, "250 O").state()).isEqualTo(Expectation.State.OPEN);
    assertThat(hold(line, "").state()).isEqualTo(Expectation.State.OPEN);
  }

  @Test
  void aLineFailsWhereItDiffers() {
    Expectation.Verdict verdict = hold(Expectation.line("250 OK"), "251 OK|");
    assertThat(verdict.state()).isEqualTo(Expectation.State.FAILED);
    assertThat(verdict.length()).isEqualTo(2);
    assertThat(verdict.problem()).isEmpty();
  }

  @Test
  void textHasNoEnd() {
    assertThat(hold(Expectation.text("login: "), "login: ").state())
        .isEqualTo(Expectation.State.MET);
    assertThat(Expectation.text("a\\r").expected()).isEqualTo(Bytes.utf8("a\r"));
    assertThat(Expectation.line("a").expected()).isEqualTo(Bytes.utf8("a\r\n"));
    assertThat(Expectation.line("${x}").expected()).isEqualTo(Bytes.utf8("${x}"));
    assertThat(Expectation.line("${x}")).hasToString("${x}");
  }

  @Test
  void aLongLineOfAFixedTextFailsAtItsOffset() {
    String text = "a".repeat(5_000);
    assertThat(hold(Expectation.text(text + "b"), text + "c").length()).isEqualTo(5_000);
  }

  @Test
  void aPayloadThatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> Expectation.text("${x}"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("this has no clear end");
  }
}
