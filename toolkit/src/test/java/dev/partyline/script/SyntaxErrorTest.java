package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxErrorTest {
  private static ScriptException error(String script) {
    ScriptException e = catchThrowableOfType(ScriptException.class, () -> Script.parse(script));
    assertThat(e).as("no error in %s", script).isNotNull();
    return e;
  }

  /** In the scripts {@code ;} stands for a new line and {@code >} for a tab. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "C: a\\qb         ~ 1:5 ~ unknown escape \\q; expected one of",
        "C: a\\           ~ 1:5 ~ a backslash alone; expected one of",
        "C: \\$x          ~ 1:4 ~ unknown escape \\$; expected one of",
        "C: \\..          ~ 1:4 ~ unknown escape \\.; expected one of",
        "C: \\x0g         ~ 1:4 ~ expected two hexadecimal digits",
        "C: \\x0          ~ 1:4 ~ expected two hexadecimal digits",
        "C: \\u{}         ~ 1:4 ~ expected a character of Unicode in braces",
        "C: \\u{+41}      ~ 1:4 ~ expected a character of Unicode in braces",
        "C: \\u{d800}     ~ 1:4 ~ expected a character of Unicode in braces",
        "C: \\u{110000}   ~ 1:4 ~ expected a character of Unicode in braces",
        "C: \\u20ac       ~ 1:4 ~ expected a character of Unicode in braces",
        "C: ${            ~ 1:4 ~ expected a name after ${",
        "C: ${}           ~ 1:4 ~ expected a name after ${",
        "C: ${1}          ~ 1:4 ~ expected a name after ${",
        "C: ${x y}        ~ 1:7 ~ expected } or : after the name 'x'",
        "C: ${x           ~ 1:7 ~ expected } or : after the name 'x'",
        "C: ab ${x:(      ~ 1:7 ~ expected the } that closes this placeholder",
        "C: ${x:a{2}      ~ 1:4 ~ expected the } that closes this placeholder",
        "C: ${x:}         ~ 1:8 ~ expected a regular expression after the colon",
        "C: ${x:(}        ~ 1:9 ~ not a valid regular expression: Unclosed group",
        "C: ${x:a**b}     ~ 1:10 ~ not a valid regular expression: Dangling meta character",
        "C: ${x:0 bytes}  ~ 1:8 ~ expected a number of bytes from 1 to 2147483647",
        "C: ${x:0 byte}   ~ 1:8 ~ expected a number of bytes from 1 to 2147483647",
        "C: ${x:9999999999 bytes} ~ 1:8 ~ expected a number of bytes",
        "C: ${body-length:a} ~ 1:17 ~ expected } after body-length",
        "C# 0             ~ 1:4 ~ expected a pair of hexadecimal digits",
        "C# 00 0g         ~ 1:7 ~ expected a pair of hexadecimal digits",
        "C# ?0            ~ 1:4 ~ expected a pair of hexadecimal digits",
        "C# 00 ${body-length} ~ 1:7 ~ expected ${body-length} in text, not in hex",
        "C#               ~ 1:4 ~ expected pairs of hexadecimal digits",
        "C:foo            ~ 1:3 ~ expected exactly one space after C:",
        "S|foo            ~ 1:3 ~ expected exactly one space after S|",
        "C:>a             ~ 1:3 ~ expected exactly one space after C:",
        "C@               ~ 1:4 ~ expected the name of a file or class-path resource",
        "C@ no/such.txt   ~ 1:4 ~ no file or class-path resource 'no/such.txt'",
        "C@ dev/partyline ~ 1:4 ~ no file or class-path resource 'dev/partyline'",
        "S! close # done  ~ 1:10 ~ expected the comment on a line of its own",
        "S! finsh         ~ 1:4 ~ unknown event 'finsh'; expected finish, close, reset or stall; did you"
            + " mean 'finish'?",
        "pause 50ms # now ~ 1:12 ~ expected the comment on a line of its own",
        "C: ${x:12bytes}  ~ 1:8 ~ '12bytes' looks like a length and is none; expected it as in"
            + " ${x:12 bytes}, or the regular expression in parentheses, as in ${x:(12bytes)}",
        "C: ${x:n Bytes}  ~ 1:8 ~ 'n Bytes' looks like a length and is none",
        "C: ${x:bytes 12} ~ 1:8 ~ 'bytes 12' looks like a length and is none",
        "C: ${x:4-8 bytes} ~ 1:8 ~ '4-8 bytes' looks like a length and is none",
        "C! shut          ~ 1:4 ~ unknown event 'shut'; expected finish, close, reset or stall",
        "C!               ~ 1:4 ~ unknown event ''; expected finish, close, reset or stall",
        "hello            ~ 1:1 ~ unknown statement 'hello'; expected C: or S:",
        "C foo            ~ 1:1 ~ unknown statement 'C'; expected C: or S:",
        "c: foo           ~ 1:1 ~ unknown statement 'c:'; expected C: or S:",
        "tls now          ~ 1:4 ~ expected nothing after 'tls'",
        "together;  tls   ~ 2:3 ~ in 'together' the sides are independent; expected no 'tls'",
        "C! finish;tls    ~ 2:1 ~ the client cannot do this after C! finish",
        "C: a;  S: b      ~ 2:3 ~ indentation of 2; expected 0 spaces here",
        "repeat;    C: a  ~ 2:5 ~ indentation of 4; expected 2 spaces here",
        "repeat;   C: a   ~ 2:4 ~ indentation of 3; expected two spaces a level",
        "\"   C: a;  S: b\" ~ 2:3 ~ indentation of 2; expected 3, as the first line has",
        "\"   C: a;    S: b\" ~ 2:5 ~ indentation of 4; expected two spaces a level",
        "\"  C: a;    S: b\" ~ 2:5 ~ indentation of 4; expected 2 spaces here",
        "\"  repeat;  C: a\" ~ 1:3 ~ expected lines indented by two spaces below 'repeat'",
        "repeat;>C: a     ~ 2:1 ~ a tab in the indentation; expected two spaces a level",
        "repeat;  >C: a   ~ 2:3 ~ a tab in the indentation; expected two spaces a level",
        "repeat;C: a      ~ 1:1 ~ expected lines indented by two spaces below 'repeat'",
        "C: a;when        ~ 2:1 ~ expected lines indented by two spaces below 'when'",
        "repeat;  eol lf  ~ 1:1 ~ expected a line to play below 'repeat'",
        "repeat 0;  C: a  ~ 1:8 ~ expected how often, from 1 to 999999999, or nothing",
        "repeat x;  C: a  ~ 1:8 ~ expected how often, from 1 to 999999999, or nothing",
        "when x;  C: a    ~ 1:5 ~ expected nothing after 'when'",
        "cut x            ~ 1:4 ~ expected nothing after 'cut'",
        "any;  C: a       ~ 1:4 ~ expected 'any order'",
        "every            ~ 1:6 ~ expected 'every connection'",
        "pause 50         ~ 1:7 ~ expected a time above 0 and below ten years, with its unit",
        "pause 0ms        ~ 1:7 ~ expected a time above 0",
        "pause -1ms       ~ 1:7 ~ expected a time above 0",
        "pause 1.5s       ~ 1:7 ~ expected a time above 0",
        "pause            ~ 1:6 ~ expected a time above 0",
        "pause 999999999999999999m ~ 1:7 ~ expected a time above 0 and below ten years",
        "within soon      ~ 1:8 ~ expected a time above 0",
        "within 1s        ~ 1:1 ~ expected a line below 'within' that must come in that time",
        "mark             ~ 1:5 ~ expected a name of letters, digits",
        "mark a b         ~ 1:6 ~ expected a name of letters, digits",
        "await $x         ~ 1:7 ~ expected a name of letters, digits",
        "eol cr           ~ 1:5 ~ expected crlf or lf",
        "eol              ~ 1:4 ~ expected crlf or lf",
        "C: a;[+0.1] C: b ~ 2:1 ~ expected a time with nine digits and a space",
        "[+0.000000000]C: ~ 1:1 ~ expected a time with nine digits and a space",
        "[+9999999999.000000000] C: a ~ 1:1 ~ expected a time below 9223372036 seconds",
        "[+0.000000001] pause 1s ~ 1:16 ~ expected a line such as C: or S!, or tls, after a time",
        "every connection;  C: a;connection;  C: b ~ 3:1 ~ 'every connection' took all that is"
            + " left",
        "connection;  C: a;C: b ~ 3:1 ~ expected every line to stand in a connection block",
        "C: b;connection;  C: a ~ 1:1 ~ expected every line to stand in a connection block",
        "repeat;  connection;    C: a ~ 2:3 ~ expected a connection block to stand at top level",
        "connection;  connection;    C: a ~ 2:3 ~ expected a connection block to stand at top"
            + " level",
        "any order;  C: a;  S: b ~ 3:3 ~ expected only lines of one side in 'any order'",
        "any order;  C: a;  pause 1s ~ 3:3 ~ expected only lines of one side in 'any order'",
        "any order;  C: a;  S: ... ~ 3:3 ~ expected only lines of one side in 'any order'",
        "any order;  C: ... ~ 1:1 ~ expected a line besides '...' in 'any order'",
        "C: ...;S: a;C: b ~ 1:1 ~ 'C: ...' takes lines up to the next expectation",
        "when;  pause 1s;  C: a ~ 2:3 ~ a branch is chosen by its first line",
        "when;  repeat;    C: a ~ 2:3 ~ a branch is chosen by its first line",
        "when;  C: ...;  C: a ~ 2:3 ~ a branch is chosen by its first line",
        "C! finish;C: a   ~ 2:1 ~ the client cannot do this after C! finish; expected it to send no",
        "C: a;S! finish;repeat 2;  S: b ~ 4:3 ~ the server cannot do this after S! finish",
        "when;  C: a;  S! finish;when;  C: b;  S: x;S: end ~ 7:1 ~ the server cannot do this",
        "repeat;  C: a;  S! stall;S: b ~ 4:1 ~ the server cannot do this after S! stall",
        "mark -x          ~ 1:6 ~ letters, digits and '_', and after the first also",
        "S! close;S: a    ~ 2:1 ~ the server cannot do this after S! close",
        "S! stall;S: a    ~ 2:1 ~ expected it to only pause, await, reset or close",
        "together;  repeat;    C: a;    S: b ~ 2:3 ~ expected a block of one side only",
      })
  void namesThePlaceAndWhatWasExpectedThere(String script, String position, String problem) {
    ScriptException e = error(script.replace(';', '\n').replace('>', '\t'));
    assertThat(e.line() + ":" + e.column()).as(e.getMessage()).isEqualTo(position);
    assertThat(e).hasMessageContaining(problem);
  }

  @Test
  void theMessageShowsTheLineWithACaret() {
    assertThat(error("S: hello\nrepeat\n  C: a\\qb"))
        .hasMessage(
            """
            script:3:7: unknown escape \\q; expected one of \\\\ \\r \\n \\t \\0 \\s \\xHH \\u{H…} \\${ \\...
                  C: a\\qb
                      ^\
            """);
  }

  @Test
  void aTabBeforeTheCaretStaysATab() {
    assertThat(error("C: a\tb\\q").getMessage().lines().toList().get(2)).isEqualTo("        \t ^");
  }

  @Test
  void theMessageNamesTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.wire"), "# x\r\n\r\nC:x\r\n");
    assertThatThrownBy(() -> Script.load(file))
        .isInstanceOf(ScriptException.class)
        .hasMessageStartingWith(file + ":3:3: expected exactly one space")
        .hasMessageContaining("    C:x\n      ^");
  }

  @Test
  void theMessageNamesTheClassBesideTheScript() {
    assertThatThrownBy(() -> Script.parse("x", SyntaxErrorTest.class))
        .hasMessageStartingWith("script in SyntaxErrorTest:1:1: unknown statement 'x'");
  }

  @ParameterizedTest
  @CsvSource({"7,07", "27,1b", "127,7f", "13,0d"})
  void controlCharactersMustBeEscaped(int control, String hex) {
    assertThat(error("C: a" + (char) control + "b"))
        .hasMessageContaining("script:1:5: control character; expected it written \\x" + hex);
    assertThat(error("C: ${x:a" + (char) control + "}")).hasMessageContaining("control character");
    assertThat(error("C: ${x:a\\" + (char) control + "}"))
        .hasMessageContaining("control character");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "Every connection  ~ 'every connection'",
        "TLS               ~ 'tls'",
        "anyorder          ~ 'any order'",
        "repaet 3          ~ 'repeat'",
        "else              ~ when",
        "wait 50ms         ~ pause 50ms, or await NAME",
        "close             ~ C! close or S! close",
        "...               ~ C: ... or S: ...",
        "\u2026                 ~ C: ... or S: ...",
        "[C] hello         ~ C:",
        "c: hello          ~ C:",
      })
  void aWordThatIsNoStatementIsToldWhichOneMayBeMeant(String line, String meant) {
    assertThat(error(line)).hasMessageContaining("; did you mean " + meant + "?");
  }

  @Test
  void aWordThatIsLikeNoneIsToldNothing() {
    assertThat(error("EHLO me")).hasMessageNotContaining("did you mean");
  }

  @Test
  void aTextInHexHasItsQuotesAndNoPlaceholder() {
    assertThat(error("C# 00 \"ab")).hasMessageContaining(":1:7: expected the \" that closes");
    assertThat(error("C# \"a${b}\""))
        .hasMessageContaining(":1:6: expected the placeholder outside");
    assertThat(error("C# \"a\\q\"")).hasMessageContaining(":1:6: unknown escape \\q");
    assertThat(error("C# # nothing")).hasMessageContaining(":1:4: expected pairs");
  }

  @Test
  void aCrWhereOtherLinesHaveNoneIsWhatJavacMadeOfAnEscape() {
    assertThat(error("S: one\r\nS: two\nC: three\n"))
        .hasMessageContaining(":1:7: a CR ends this line, and other lines have none")
        .hasMessageContaining("expected it written \\\\r in a text block");
    assertThat(Script.parse("S: one\r\nS: two\r\nC: three"))
        .isEqualTo(Script.parse("S: one\nS: two\nC: three\n"));
  }

  @Test
  void halfACharacterIsRefused() {
    assertThat(error("C: a\ud83d")).hasMessageContaining("half a surrogate pair");
  }

  @Test
  void blocksHaveALimitOfDepth() {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      script.append("  ".repeat(i)).append("repeat\n");
    }
    assertThat(error(script + "  ".repeat(200) + "C: a"))
        .hasMessageContaining("nested deeper than 50");
  }

  @Test
  void aLineHasALimitOfPlaceholders() {
    assertThat(error("C: " + "${*} ".repeat(101)))
        .hasMessageContaining("more than 100 placeholders");
  }

  @Test
  void aRegexTooDeepForTheCompilerIsAnError() {
    assertThat(error("C: ${x:" + "(".repeat(50_000) + ")".repeat(50_000) + "}"))
        .hasMessageContaining("not a valid regular expression");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Script.load(Path.of("no/such.wire")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such.wire")
        .hasMessageContaining("there is none");
    assertThatThrownBy(() -> Script.resource(SyntaxErrorTest.class, "none.wire"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.wire");
  }

  @Test
  void aFileThatIsNotUtf8IsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("latin.wire"), new byte[] {'C', ':', ' ', (byte) 0xe9});
    assertThatThrownBy(() -> Script.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latin.wire")
        .hasMessageContaining("must be text in UTF-8");
  }
}
