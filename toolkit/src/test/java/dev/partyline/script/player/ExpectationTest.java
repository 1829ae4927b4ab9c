package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.ScriptException;
import dev.partyline.wire.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  private static Expectation.Result match(Expectation expectation, String text) {
    return expectation.match(Bytes.utf8(text.replace("|", "\r\n")));
  }

  @Test
  void aLineIsMatchedByItsBytesAndItsEnd() {
    Expectation line = Expectation.line("250 ${what}");
    assertThat(match(line, "250 OK|more"))
        .isEqualTo(
            new Expectation.Result(
                Expectation.State.MATCHED, 8, Map.of("what", Bytes.utf8("OK")), ""));
    assertThat(match(line, "250 O").state()).isEqualTo(Expectation.State.PENDING);
    assertThat(match(line, "").state()).isEqualTo(Expectation.State.PENDING);
  }

  @Test
  void aLineFailsWhereItDiffers() {
    Expectation.Result result = match(Expectation.line("250 OK"), "251 OK|");
    assertThat(result.state()).isEqualTo(Expectation.State.FAILED);
    assertThat(result.length()).isEqualTo(2);
    assertThat(result.problem()).isEmpty();
  }

  @Test
  void textHasNoEnd() {
    assertThat(match(Expectation.text("login: "), "login: ").state())
        .isEqualTo(Expectation.State.MATCHED);
    assertThat(Expectation.text("a\\r").expected()).isEqualTo(Bytes.utf8("a\r"));
    assertThat(Expectation.line("a").expected()).isEqualTo(Bytes.utf8("a\r\n"));
    assertThat(Expectation.line("${x}").expected()).isEqualTo(Bytes.utf8("${x}"));
    assertThat(Expectation.line("${x}")).hasToString("${x}");
  }

  @Test
  void aLongLineOfAFixedTextFailsAtItsOffset() {
    String text = "a".repeat(5_000);
    assertThat(match(Expectation.text(text + "b"), text + "c").length()).isEqualTo(5_000);
  }

  @Test
  void aPayloadThatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> Expectation.text("${x}"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("this has no clear end");
  }
}
