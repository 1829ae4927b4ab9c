package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptBuilderTest {
  @Test
  void makesTheStepsOfTheStatements() {
    Script built =
        Script.builder()
            .everyConnection(
                c ->
                    c.server("220 hi")
                        .within(Duration.ofMillis(200))
                        .client("EHLO ${host}")
                        .pause(Duration.ofMillis(50))
                        .text(Side.SERVER, "250 ")
                        .cut()
                        .hex(Side.SERVER, "0d 0a")
                        .bytes(Side.SERVER, Bytes.hex("ff00"))
                        .bytes(Side.SERVER, Bytes.EMPTY)
                        .file(Side.SERVER, ScriptGenerator.FILE)
                        .eol(LineEnd.LF)
                        .at(Duration.ofNanos(3_217_000))
                        .client("x")
                        .mark("here")
                        .await("go")
                        .repeat(
                            r ->
                                r.when(w -> w.client("a").server("b"))
                                    .when(w -> w.client("...  ").eol(LineEnd.CRLF).server("c")))
                        .repeat(3, r -> r.client("d"))
                        .anyOrder(a -> a.client("e").anyLines(Side.CLIENT))
                        .together(t -> t.client("f").server("g"))
                        .client("...")
                        .finish(Side.CLIENT)
                        .stall(Side.SERVER)
                        .close(Side.SERVER))
            .build();
    Script parsed =
        Script.parse(
            """
            every connection
              S: 220 hi
              within 200ms
              C: EHLO ${host}
              pause 50ms
              S|  250
              cut
              S# 0d 0a
              S# ff 00
              S|
              S@ dev/partyline/script/letter.txt
              eol lf
              [+0.003217000] C: x
              mark here
              await go
              repeat
                when
                  C: a
                  S: b
                when
                  C: ...\\s\\s
                  eol crlf
                  S: c
              repeat 3
                C: d
              any order
                C: e
                C: ...
              together
                C: f
                S: g
              C: ...
              C! finish
              S! stall
              S! close
            """
                .replace("S|  250", "S| 250\\s"));
    assertThat(built).isEqualTo(parsed).hasSameHashCodeAs(parsed);
    assertThat(Script.parse(built.print())).isEqualTo(built);
    assertThat(built).hasToString(parsed.print());
  }

  @Test
  void anErrorNamesThePayloadAndTheCharacter() {
    assertThatThrownBy(() -> Script.builder().client("a\\q"))
        .isInstanceOf(ScriptException.class)
        .hasMessageStartingWith("script: payload (a\\q) at character 2: unknown escape \\q");
    assertThatThrownBy(() -> Script.builder().client("a\nb"))
        .hasMessageContaining("control character");
    assertThatThrownBy(() -> Script.builder().file(Side.CLIENT, "no/such"))
        .hasMessageContaining("no file or class-path resource 'no/such'");
  }

  @Test
  void anErrorOfBlocksNamesTheStatement() {
    assertThatThrownBy(() -> Script.builder().anyLines(Side.CLIENT).server("a").client("b").build())
        .isInstanceOf(ScriptException.class)
        .hasMessageStartingWith("script: 'C: ...': 'C: ...' takes lines up to the next");
  }

  @Test
  void whatCannotBeAStepIsRefused() {
    assertThatThrownBy(() -> Script.builder().repeat(b -> {}))
        .hasMessage("block must have a step, but has none");
    assertThatThrownBy(() -> Script.builder().repeat(0, b -> b.client("a")))
        .hasMessage("times (0) must be at least 1");
    assertThatThrownBy(() -> Script.builder().hex(Side.CLIENT, " "))
        .hasMessageContaining("must be pairs of hexadecimal digits");
    assertThatThrownBy(() -> Script.builder().eol(LineEnd.NONE)).hasMessageContaining("end (NONE)");
    assertThatThrownBy(() -> Script.builder().mark("a b")).hasMessageContaining("mark (a b)");
    for (Duration wrong :
        new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(3651)}) {
      assertThatThrownBy(() -> Script.builder().pause(wrong))
          .hasMessageContaining("must be above 0");
      assertThatThrownBy(() -> Script.builder().within(wrong))
          .hasMessageContaining("must be above 0");
    }
    assertThatThrownBy(() -> Script.builder().at(Duration.ofNanos(-1)))
        .hasMessageContaining("at (PT-0.000000001S) must be from 0");
  }
}
