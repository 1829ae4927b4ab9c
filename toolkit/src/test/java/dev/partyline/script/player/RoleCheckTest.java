package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts that one side cannot play; the error comes before anything opens. */
class RoleCheckTest {
  /** In the scripts {@code |} stands for a new line, and {@code C;} for {@code C|}. */
  private static void play(String script, Side ownSide, Transport transport) {
    String text = script.replace('|', '\n').replace("C; ", "C| ").replace("S; ", "S| ");
    PlayerHarness.factory(Script.parse(text), ownSide, transport, new Marks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "S: hello ${x}                   ~ 1 ~ ${x} has no value in what the server sends",
        "C: ${x}|S: ${y}                 ~ 2 ~ ${y} has no value in what the server sends",
        "S: ${x}|C: ${x}                 ~ 1 ~ ${x} has no value",
        "repeat|  C: ${x}|S: ${x}        ~ 3 ~ ${x} has no value in what the server sends: it ended"
            + " with the pass of 'repeat' that took it",
        "when|  C: ${x}|S: ${x}          ~ 3 ~ ${x} has no value in what the server sends: it ended"
            + " with the branch of 'when' that took it",
        "repeat|  C: ${x}|C: ${y}|S: ${z} ~ 4 ~ sends; expected an earlier line that takes it",
        "S: a|S: b ${x}                  ~ 2 ~ ${x} has no value",
        "S: ${*}                         ~ 1 ~ ${*} in what the server sends",
        "S: ${*:a}                       ~ 1 ~ ${*} in what the server sends",
        "S# 00 ??                        ~ 1 ~ ?? in what the server sends",
        "S: a|S# 00 ??                   ~ 2 ~ ?? in what the server sends",
        "S: ${body-length}               ~ 1 ~ ${body-length}: expected an empty line after it",
        "S:|S:|S: ${body-length}         ~ 3 ~ ${body-length}: expected an empty line after it",
        "when|  S: a|  C: b              ~ 1 ~ the branch starts with a line of the server,"
            + " which plays this script",
        "repeat|  S: tick                ~ 1 ~ neither expects nor pauses",
        "repeat|  await x                ~ 1 ~ neither expects nor pauses",
        "C: ${x}${y}                     ~ 1 ~ this has no clear end: a placeholder without a"
            + " length must be followed on its line by a fixed byte, by a name that has a value, or",
        "C: a${x:a+}${y:3 bytes}         ~ 1 ~ this has no clear end",
        "S: a|C; ab${*:.*}               ~ 2 ~ this has no clear end",
        "C: ${body-length}${x}           ~ 1 ~ this has no clear end: ${body-length} must be",
        "any order|  C; ${x}|  C: b      ~ 2 ~ this has no clear end",
        "repeat|  C: ${x}|C; ${x}        ~ 3 ~ this has no clear end",
        "C# 00 ${x}                      ~ 1 ~ expected a placeholder with a length",
        "C# ${x:[a]} 00                  ~ 1 ~ expected a placeholder with a length",
        "S! close|C: a                   ~ 2 ~ the server has closed the connection",
        "S! reset|C: a                   ~ 2 ~ the server has closed the connection",
      })
  void aServerCannotPlay(String script, int line, String problem) {
    assertThatThrownBy(() -> play(script, Side.SERVER, Transport.TCP))
        .isInstanceOfSatisfying(ScriptException.class, e -> assertThat(e.line()).isEqualTo(line))
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "S: hello ${x}|C: a",
        "C: ${*}|S: b",
        "C# 00 ??|S: b",
        "repeat|  pause 1ms|  S: tick",
        "C: ${x}|together|  S: ${x}|  C: y",
        "any order|  C: ${x}|  C: b|S: ${x}",
        "C: ${x}|repeat|  C: a|  S: ${x}",
        "S! close|C! close",
        "S: ${body-length}|S:|S: x",
        "C: ${x}|S; ${x}|S: ${x}${x}|S# ${x} 00 ${x}|C; <${x}|C# ${x}|C: ${x}${x}",
      })
  void oneOfTheTwoSidesCan(String script) {
    Side side = script.startsWith("S: hello") ? Side.CLIENT : Side.SERVER;
    assertThatCode(() -> play(script, side, Transport.TCP)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "C: a|S! reset  ~ 2 ~ expected no 'reset' over it",
        "C: a|S! finish ~ 2 ~ expected no 'finish' over it",
        "C! reset       ~ 1 ~ expected no 'reset' over it",
        "C! finish      ~ 1 ~ expected no 'finish' over it",
      })
  void udpHasNeitherFinNorRst(String script, int line, String problem) {
    for (Side side : Side.values()) {
      assertThatThrownBy(() -> play(script, side, Transport.UDP))
          .isInstanceOfSatisfying(ScriptException.class, e -> assertThat(e.line()).isEqualTo(line))
          .hasMessageContaining("UDP has no connections")
          .hasMessageContaining(problem);
    }
  }

  @Test
  void aPassWithoutAByteExpectsNothing() {
    Script script = Script.parse("repeat\n  C|");
    assertThatThrownBy(() -> PlayerHarness.factory(script, Side.SERVER, Transport.TCP, new Marks()))
        .hasMessageContaining("neither expects nor pauses");
    assertThatCode(() -> PlayerHarness.factory(script, Side.SERVER, Transport.UDP, new Marks()))
        .as("on UDP it is an empty datagram")
        .doesNotThrowAnyException();
  }

  @Test
  void aValueFromTheTestIsAValue() {
    Script script = Script.parse("S: ${x}");
    assertThatCode(
            () ->
                PlayerHarness.factory(
                    script.with("x", "1"), Side.SERVER, Transport.TCP, new Marks()))
        .doesNotThrowAnyException();
  }

  @Test
  void whatOneSideCapturesInTogetherTheOtherCannotSendThere() {
    assertThatThrownBy(() -> play("together|  C: ${x}|  S: ${x}", Side.SERVER, Transport.TCP))
        .hasMessageContaining("${x} has no value");
  }

  @Test
  void theErrorShowsTheLine() {
    assertThatThrownBy(() -> play("C: a|S: hello ${x}", Side.SERVER, Transport.TCP))
        .hasMessage(
            """
            script:2:10: ${x} has no value in what the server sends; expected an earlier line that \
            takes it, or with("x", …)
                S: hello ${x}
                         ^\
            """);
  }

  @Test
  void aNameThatIsNotKnownIsToldTheNearestOne() {
    assertThatThrownBy(() -> play("C: ${user}|S: hello ${usr}", Side.SERVER, Transport.TCP))
        .hasMessageContaining("script:2:10: ${usr} has no value in what the server sends")
        .hasMessageContaining("(did you mean ${user}?)");
    assertThatThrownBy(() -> play("C: ${user}|S: hello ${password}", Side.SERVER, Transport.TCP))
        .hasMessageNotContaining("did you mean");
  }

  @Test
  void aScriptBuiltInJavaIsNamedByItsStatement() {
    Script script = Script.builder().server("hello ${x}").build();
    assertThatThrownBy(() -> PlayerHarness.factory(script, Side.SERVER, Transport.TCP, new Marks()))
        .hasMessageStartingWith("script: 'S: hello ${x}': ${x} has no value");
  }

  @Test
  void aNameThatCannotBeOneIsRefused() {
    for (String name : new String[] {"", "*", "1x", "a b", "body-length", "x}"}) {
      assertThatThrownBy(() -> Script.parse("").with(name, "v"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("name (" + name + ") must be");
    }
  }
}
