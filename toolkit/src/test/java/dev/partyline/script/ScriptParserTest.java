package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptParserTest {
  private static Step only(String text) {
    List<Step> steps = Script.parse(text).steps();
    assertThat(steps).hasSize(1);
    return steps.get(0);
  }

  private static Step.Line text(Side side, String text, LineEnd end) {
    List<Part> parts = text.isEmpty() ? List.of() : List.of(new Part.Fixed(Bytes.utf8(text)));
    return new Step.Line(side, Step.Notation.TEXT, parts, end, null);
  }

  private static List<Part> parts(String payload) {
    return ((Step.Line) only("C: " + payload)).parts();
  }

  @Test
  void textIsALineWithItsEndOrWithout() {
    assertThat(only("C: a b")).isEqualTo(text(Side.CLIENT, "a b", LineEnd.CRLF));
    assertThat(only("S| a b")).isEqualTo(text(Side.SERVER, "a b", LineEnd.NONE));
  }

  @Test
  void nothingAfterTheMarkIsJustTheLineEndOrNothing() {
    assertThat(only("C:")).isEqualTo(text(Side.CLIENT, "", LineEnd.CRLF));
    assertThat(only("C: ")).isEqualTo(text(Side.CLIENT, "", LineEnd.CRLF));
    assertThat(only("S|")).isEqualTo(text(Side.SERVER, "", LineEnd.NONE));
  }

  @Test
  void theFirstSpaceBelongsToTheMarkAndTheOthersAreBytes() {
    assertThat(only("C:  a ")).isEqualTo(text(Side.CLIENT, " a ", LineEnd.CRLF));
  }

  @Test
  void hexHasTextInQuotesAndACommentAtItsEnd() {
    Step.Line line =
        (Step.Line) only("C# 07\"example\" 03 \"c\\\"o#m\\n\" ?? 00 # the \"question\"");
    assertThat(line.parts())
        .containsExactly(
            new Part.Fixed(Bytes.utf8("\u0007example\u0003c\"o#m\n")),
            new Part.AnyByte(),
            new Part.Fixed(Bytes.hex("00")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "076578616d706c6503636f6d00 ~ C# 07 \"example\" 03 \"com\" 00",
        "6578616d706c65             ~ C# \"example\"",
        "61225c24 7b62              ~ C# \"a\\\"\\\\\\${b\"",
        "000000 616263              ~ C# 00 00 00 \"abc\"",
        "00000000 616263            ~ C# 00 00 00 00 61 62 63",
        "00 6162 00                 ~ C# 00 61 62 00",
      })
  void hexIsPrintedWithTextInQuotesWhereHalfOfItIsText(String hex, String printed) {
    Script script = Script.builder().bytes(Side.CLIENT, Bytes.hex(hex)).build();
    assertThat(script.print()).isEqualTo(printed + "\n");
    assertThat(Script.parse(printed)).isEqualTo(script);
  }

  @Test
  void aScriptThatIsIndentedAsAWholeIsReadAsItIsMeant() {
    assertThat(Script.parse("\n    # x\n    repeat\n      C: a\n    S: b\n"))
        .isEqualTo(Script.parse("repeat\n  C: a\nS: b"));
    assertThat(Script.parse("   C: a")).isEqualTo(Script.parse("C: a"));
  }

  @Test
  void hexIsPairsWithSpacesFree() {
    Step.Line line = (Step.Line) only("C# 0d0A ff ??");
    assertThat(line.notation()).isEqualTo(Step.Notation.HEX);
    assertThat(line.end()).isEqualTo(LineEnd.NONE);
    assertThat(line.parts())
        .containsExactly(new Part.Fixed(Bytes.hex("0d0aff")), new Part.AnyByte());
  }

  @Test
  void theEventsAreControls() {
    assertThat(Script.parse("C! finish\nS! close\nS! reset").steps())
        .containsExactly(
            new Step.Control(Side.CLIENT, Step.Control.Kind.FINISH, null),
            new Step.Control(Side.SERVER, Step.Control.Kind.CLOSE, null),
            new Step.Control(Side.SERVER, Step.Control.Kind.RESET, null));
    assertThat(only("S! stall"))
        .isEqualTo(new Step.Control(Side.SERVER, Step.Control.Kind.STALL, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "a\\\\b ~ 61 5c 62", "\\r\\n\\t\\0\\s ~ 0d 0a 09 00 20", "\\x00\\xfF ~ 00 ff",
        "\\u{20ac}\\u{41} ~ e2 82 ac 41", "\\u{1F600} ~ f0 9f 98 80", "\\${x} ~ 24 7b 78 7d",
        "\\... ~ 2e 2e 2e", "$ $x {x} ~ 24 20 24 78 20 7b 78 7d", "caf\u00e9 ~ 63 61 66 c3 a9",
        "\\xc3\\xa9 ~ c3 a9", ".... ~ 2e 2e 2e 2e", "a ... ~ 61 20 2e 2e 2e",
      })
  void escapesStandForBytes(String payload, String hex) {
    assertThat(parts(payload)).containsExactly(new Part.Fixed(Bytes.hex(hex)));
  }

  @Test
  void placeholdersHaveFourForms() {
    assertThat(parts("${x}")).containsExactly(new Part.Placeholder("x", new Part.AnyText()));
    assertThat(parts("${*}")).containsExactly(new Part.Placeholder("*", new Part.AnyText()));
    assertThat(parts("${x:12 bytes}"))
        .containsExactly(new Part.Placeholder("x", new Part.Count(12)));
    assertThat(parts("${x:[^>]+}"))
        .containsExactly(new Part.Placeholder("x", new Part.Regex("[^>]+")));
    assertThat(parts("${body-length}")).containsExactly(new Part.BodyLength());
  }

  @Test
  void aRegexIsRawUpToItsBalancingBrace() {
    assertThat(parts("${x:a{2}\\}\\x41\\s}b"))
        .containsExactly(
            new Part.Placeholder("x", new Part.Regex("a{2}\\}\\x41\\s")),
            new Part.Fixed(Bytes.utf8("b")));
  }

  @Test
  void threeDotsAloneAreAnyLines() {
    assertThat(only("C: ...")).isEqualTo(new Step.AnyLines(Side.CLIENT, null));
    assertThat(only("C| ...")).isEqualTo(text(Side.CLIENT, "...", LineEnd.NONE));
    assertThat(only("C:  ...")).isEqualTo(text(Side.CLIENT, " ...", LineEnd.CRLF));
  }

  @ParameterizedTest
  @CsvSource({"1ns,1", "2us,2000", "50ms,50000000", "3s,3000000000", "2m,120000000000"})
  void durationsHaveAUnit(String time, long nanos) {
    Duration duration = Duration.ofNanos(nanos);
    assertThat(only("pause " + time)).isEqualTo(new Step.Pause(duration));
    assertThat(Script.parse("within " + time + "\nC: a").steps().get(0))
        .isEqualTo(new Step.Within(duration));
  }

  @Test
  void theOtherStatements() {
    assertThat(only("cut")).isEqualTo(new Step.Cut());
    assertThat(only("mark a.b-c_1")).isEqualTo(new Step.Mark("a.b-c_1"));
    assertThat(only("await x")).isEqualTo(new Step.Await("x"));
  }

  @Test
  void blocksAreMadeByIndentation() {
    Step a = text(Side.CLIENT, "a", LineEnd.CRLF);
    Step b = text(Side.SERVER, "b", LineEnd.CRLF);
    assertThat(
            Script.parse(
                    """
                    connection
                      repeat
                        when
                          C: a
                          S: b
                        when
                          C: a
                      S: b
                    every connection
                      repeat 3
                        any order
                          C: a
                          C: ...
                      together
                        C: a
                        S: b
                    """)
                .steps())
        .containsExactly(
            new Step.ConnectionBlock(
                false,
                List.of(
                    new Step.Repeat(
                        0, List.of(new Step.When(List.of(a, b)), new Step.When(List.of(a)))),
                    b)),
            new Step.ConnectionBlock(
                true,
                List.of(
                    new Step.Repeat(
                        3,
                        List.of(
                            new Step.AnyOrder(List.of(a, new Step.AnyLines(Side.CLIENT, null))))),
                    new Step.Together(List.of(a, b)))));
  }

  @Test
  void commentsAndBlankLinesAreIgnoredEverywhere() {
    assertThat(Script.parse("# x\n\n  # odd\n   \nrepeat\n# y\n\n  C: a # no comment\n      # z\n"))
        .isEqualTo(Script.parse("repeat\n  C: a # no comment"));
  }

  @Test
  void eolHoldsFromItsLineOnInAndAfterABlock() {
    Script script = Script.parse("C: a\neol lf\nC: b\nrepeat\n  C: c\n  eol crlf\n  C: d\nC: e");
    assertThat(script.print())
        .isEqualTo("C: a\neol lf\nC: b\nrepeat\n  C: c\n  eol crlf\n  C: d\nC: e\n");
    assertThat(script.steps()).contains(text(Side.CLIENT, "b", LineEnd.LF));
    assertThat(script.steps()).endsWith(text(Side.CLIENT, "e", LineEnd.CRLF));
  }

  @Test
  void eolPrintsAtTopLevelBeforeTheBlockThatNeedsIt() {
    assertThat(Script.parse("repeat\n  eol lf\n  C: a\n  S: b").print())
        .isEqualTo("eol lf\nrepeat\n  C: a\n  S: b\n");
  }

  @Test
  void aTimestampComesBeforeALine() {
    assertThat(only("[+1.000000002] C: ..."))
        .isEqualTo(new Step.AnyLines(Side.CLIENT, Duration.ofSeconds(1, 2)));
    assertThat(only("[+0.003217000] S! close"))
        .isEqualTo(
            new Step.Control(Side.SERVER, Step.Control.Kind.CLOSE, Duration.ofNanos(3_217_000)));
    assertThat(((Step.Line) only("[+0.000000000] S# 00")).timestamp()).isEqualTo(Duration.ZERO);
  }

  @Test
  void linesMayEndInCrLfAndTheTextMayBeginWithABom() {
    assertThat(Script.parse("\ufeffC: a\r\nrepeat\r\n  S: b\r\n"))
        .isEqualTo(Script.parse("C: a\nrepeat\n  S: b\n"));
  }

  @Test
  void spacesAfterAStatementAreIgnored() {
    assertThat(Script.parse("repeat \n  any order  \n    C: a\nS! close ").steps()).hasSize(2);
  }

  @Test
  void namedFilesAreFoundBesideTheScriptFirst(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "near");
    Files.writeString(folder.resolve("x.wire"), "\ufeffC@ letter.txt");
    assertThat(((Step.Line) Script.load(folder.resolve("x.wire")).steps().get(0)).parts())
        .containsExactly(new Part.File("letter.txt", Bytes.utf8("near")));
    Step.Line line =
        (Step.Line) Script.parse("C@ letter.txt", ScriptParserTest.class).steps().get(0);
    assertThat(((Part.File) line.parts().get(0)).content().utf8()).startsWith("Dear reader");
  }

  @Test
  void aScriptIsAResourceToo() {
    assertThat(Script.resource(ScriptParserTest.class, "player/smtp-typical.wire").steps())
        .isNotEmpty();
  }
}
