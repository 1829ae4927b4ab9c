package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
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
        .hasMessage("steps () must not be empty: a block has at least one");
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
        .hasMessageContaining("timestamp (PT-0.000000001S) must be from 0");
  }

  @Test
  void blocksThatAreMadeWithoutABuilderNeedAStepToo() {
    List<Function<List<Step>, Step>> blocks =
        List.of(
            steps -> new Step.Repeat(2, steps),
            steps -> new Step.ConnectionBlock(true, steps),
            Step.When::new,
            Step.AnyOrder::new,
            Step.Together::new);
    for (Function<List<Step>, Step> block : blocks) {
      assertThatThrownBy(() -> block.apply(List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("steps () must not be empty");
    }
  }

  @Test
  void stepsThatAreGivenAsAListMustStandWhereTheyCan() {
    Step close = new Step.Control(Side.SERVER, Step.Control.Kind.CLOSE, null);
    Step late = Step.Line.ofText(Side.SERVER, "late", LineEnd.CRLF);
    assertThat(Script.of(List.of(late, close)).print()).isEqualTo("S: late\nS! close\n");
    assertThatThrownBy(() -> Script.of(List.of(close, late)))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("the server cannot do this after S! close");
  }
}
