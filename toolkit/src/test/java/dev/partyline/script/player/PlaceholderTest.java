package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Script;
import dev.partyline.view.ProcessorTime;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "${x}                 ~ abc|         ~ abc",
        "${x}                 ~ a b\\x c|    ~ a b\\x c",
        "<${x}>               ~ <a>|         ~ a",
        "<${x}>               ~ <a>b>|       ~ a>b",
        "${x} ${*}            ~ a b c|       ~ a",
        "${*} ${x}            ~ a b c|       ~ b c",
        "${x:[^ ]+} ${*}      ~ a b c|       ~ a",
        "${x:.*} ${*}         ~ a b c|       ~ a",
        "${x:.*} c            ~ a b c|       ~ a b",
        "${x:[ab ]*}c         ~ a bc|        ~ a b",
        "${x:a?}b             ~ b|           ~ ''",
        "${x:caf\u00e9}       ~ caf\u00e9|   ~ caf\u00e9",
        "${x:.}               ~ \ud83d\ude00| ~ \ud83d\ude00",
        "${x:3 bytes}         ~ abc|         ~ abc",
        "${x:1 byte}          ~ a|           ~ a",
        "-${x:3 bytes}-${*}   ~ -a-b-c|      ~ a-b",
        "${*:2 bytes}${x}.    ~ abc.|        ~ c",
        "${x:\\d{1,3}}        ~ 123|         ~ 123",
        "${x} ${x}            ~ ab ab|       ~ ab",
        "${x}-${x:2 bytes}    ~ abcd-abcd|   ~ abcd",
      })
  void takesAsLittleAsLetsTheLineFit(String payload, String sent, String value) {
    PlayerHarness harness = PlayerHarness.server("C: " + payload + "\nS: ok").send(sent);
    assertThat(harness.drainOutput()).isEqualTo("ok|");
    assertThat(harness.value("x")).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "${x}            ~ |",
        "<${x}>          ~ <>|",
        "${x} end        ~ a endx|",
        "${x:[0-9]+}     ~ 12a|",
        "${x:a+}b        ~ b|",
        "${x} ${x}       ~ ab ac|",
        "${x}-${x}-      ~ a-b-|",
        "${x:\u00e9}     ~ \u00e8|",
      })
  void aLineThatDoesNotFitIsWrongOnceItIsWhole(String payload, String sent) {
    PlayerHarness harness = PlayerHarness.server("C: " + payload + "\nS: ok");
    assertThat(harness.send(sent).endReason()).isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void neverTakesMoreThanALine() {
    assertThat(PlayerHarness.server("C: ${x}end\nS: ok").send("a|bend|").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
    assertThat(PlayerHarness.server("C: ${x:[\\s\\S]*}end\nS: ok").send("a|bend|").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void ofACountTakesLineEndsToo() {
    PlayerHarness harness = PlayerHarness.server("C| ${x:6 bytes}\nS: ok").send("a|b|");
    assertThat(harness.drainOutput()).isEqualTo("ok|");
    assertThat(harness.value("x")).isEqualTo("a\r\nb\r\n");
  }

  @Test
  void withoutALineEndTheLastFixedByteEndsIt() {
    PlayerHarness harness = PlayerHarness.server("C| ${x}>\nS: ok");
    assertThat(harness.send("ab").drainOutput()).isEmpty();
    assertThat(harness.send(">").drainOutput()).isEqualTo("ok|");
    assertThat(harness.value("x")).isEqualTo("ab");
  }

  @Test
  void withoutALineEndTheFirstPlaceThatFitsEndsIt() {
    PlayerHarness harness =
        PlayerHarness.server("C| ${x:[a-z]*}END\nC| END\nS: ok").send("abENDEND");
    assertThat(harness.drainOutput()).isEqualTo("ok|");
    assertThat(harness.value("x")).isEqualTo("ab");
  }

  @Test
  void ofAKnownNameExpectsItsValue() {
    PlayerHarness harness = PlayerHarness.server("C: ${x:[a-z]+}\nC: again ${x}\nS: ok");
    assertThat(harness.send("abc|again abd").endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.cursor().offset()).isEqualTo("abc||again ab".length());
  }

  @Test
  void ofANameFromTheTestExpectsThatValueAndIgnoresItsConstraint() {
    Script script = Script.parse("C: <${x:[0-9]+}>\nS: ${x}").with("x", "not a number");
    assertThat(PlayerHarness.server(script).send("<not a number>|").drainOutput())
        .isEqualTo("not a number|");
    assertThat(PlayerHarness.server(script).send("<1").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void capturesBytesAsTheyAre() {
    PlayerHarness harness = PlayerHarness.server("C# ${id:4 bytes} ?? 00\nS# ff ${id:4 bytes}");
    harness.send(Bytes.hex("80 81 0a ff 77 00"));
    assertThat(((Action.Send) harness.actions.get(0)).bytes())
        .isEqualTo(Bytes.hex("ff 80 81 0a ff"));
  }

  @Test
  void aNameThatHasAValueHasAnEndWhereverItStands() {
    String script =
        "C# 01 ${id:4 bytes} 00\nC: ${user}\nS# 02 ${id} ${id}\nS| ${user}${user}\nC| ${user}\n"
            + "C# ${id} 00\nC: <${x}${user}\nS: ${x}";
    String request = "\1abcd\0joe|";
    for (int split = 1; split < request.length() + 14; split++) {
      PlayerHarness harness = PlayerHarness.server(script);
      String all = request + "joeabcd\0<ajoe|";
      harness.send(all.substring(0, split)).send(all.substring(split));
      assertThat(harness.drainOutput()).as("split at %s", split).isEqualTo("\2abcdabcdjoejoe + a|");
    }
    assertThat(PlayerHarness.server(script).send(request + "jim").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void namedTwiceInHexExpectsTheSameBytesAgain() {
    String script = "C# ${id:2 bytes} 00 ${id:2 bytes}\nS: ok";
    assertThat(PlayerHarness.server(script).send(Bytes.hex("01 02 00 01 02")).drainOutput())
        .isEqualTo("ok|");
    PlayerHarness wrong = PlayerHarness.server(script).send(Bytes.hex("01 02 00 01 03"));
    assertThat(wrong.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(wrong.cursor().difference()).isEqualTo(4);
  }

  @Test
  void namedTwiceWithAnotherLengthExpectsTheWholeValueAgain() {
    String script = "C# ${id:3 bytes} ${id:1 bytes} ff\nS: ok";
    assertThat(PlayerHarness.server(script).send(Bytes.hex("010203 010203 ff")).drainOutput())
        .isEqualTo("ok|");
  }

  @Test
  void regexesReadTextAsUtf8AndOtherBytesAsLatin1() {
    assertThat(PlayerHarness.server("C: ${x:\u00e9{2}}\nS: ok").send("\u00e9\u00e9|").drainOutput())
        .isEqualTo("ok|");
    assertThat(
            PlayerHarness.server("C: ${x:\u00ff+}\nS: ok")
                .send(Bytes.hex("ff ff 0d 0a"))
                .drainOutput())
        .isEqualTo("ok|");
  }

  @Test
  void aLineIsNoLongerThan64KiB() {
    PlayerHarness harness = PlayerHarness.server("C: ${x}\nS: ok");
    harness.send(Bytes.utf8("a".repeat(65_536)));
    assertThat(harness.endReason()).isNull();
    harness.send("aa");
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.problem()).contains("the line is longer than 64 KiB");
  }

  @Test
  void aLineOf64KiBIsTaken() {
    PlayerHarness harness =
        PlayerHarness.server("C: ${x}\nS: ok").send(Bytes.utf8("a".repeat(65_534))).send("|");
    assertThat(harness.drainOutput()).isEqualTo("ok|");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+b", "(a|aa)+c", "(.*)*x", "(a*)*(a*)*b", "([a-z]+)*=", "(?:a?){30}a{30}b"})
  void aRegexThatBacktracksWithoutEndStopsAtItsBudget(String regex) {
    Duration start = ProcessorTime.now();
    PlayerHarness harness =
        PlayerHarness.server("C: ${x:" + regex + "}!\nS: ok").send("a".repeat(200) + "!|");
    assertThat(harness.endReason()).isIn(EndReason.WRONG_BYTES, EndReason.TOO_COMPLEX);
    assertThat(ProcessorTime.now().minus(start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void theBudgetIsOneForAllThePlacesWhereALineMayEnd() {
    Duration start = ProcessorTime.now();
    PlayerHarness harness =
        PlayerHarness.server("C| ${x:(a+)+b}!\nS: ok").send("a".repeat(50) + "!".repeat(60_000));
    assertThat(harness.endReason()).isEqualTo(EndReason.TOO_COMPLEX);
    assertThat(harness.problem())
        .startsWith("the pattern was given up: it takes more than")
        .doesNotContain("client");
    assertThat(harness.cursor().difference()).as("no byte is to blame").isEqualTo(-1);
    assertThat(ProcessorTime.now().minus(start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void manyPlaceholdersInALongLineThatDoesNotFitFailAtTheirDifference() {
    String payload = "${*} ".repeat(8) + "end";
    PlayerHarness harness =
        PlayerHarness.server("C: " + payload + "\nS: ok").send("word ".repeat(60) + "eND|");
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.problem()).isEqualTo("the client sent something else");
    assertThat(harness.cursor().difference()).isEqualTo(301);
  }

  @Test
  void namesLiveOnlyAsLongAsTheirPassOrBranch() {
    PlayerHarness harness = PlayerHarness.server("repeat\n  C: ${x}\n  S: <${x}>");
    assertThat(harness.send("a|b|").drainOutput()).isEqualTo("<a>| + <b>|");
    assertThat(harness.run().values()).isEmpty();
    PlayerHarness branch =
        PlayerHarness.server(
            "repeat 2\n  when\n    C: a ${x}\n    S: ${x}\n  when\n    C: b ${x}\n    S: ${x}");
    assertThat(branch.send("a 1|b 2|").drainOutput()).isEqualTo("1| + 2|");
  }

  @Test
  void aNameFromOutsideALoopIsKnownInsideIt() {
    PlayerHarness harness =
        PlayerHarness.server("C: ${u}\nrepeat\n  C: ${u} ${x}\n  S: ${x}").send("me|me 1|");
    assertThat(harness.drainOutput()).isEqualTo("1|");
    assertThat(harness.send("you 2|").endReason()).isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void bodyLengthIsTheNumberOfBytesAfterTheFirstEmptyLine() {
    PlayerHarness harness =
        PlayerHarness.server(
            """
            C: GET /${what}
            S: HTTP/1.1 200 OK
            S: Content-Length: ${body-length}
            S:
            S: <${what}>
            S:
            S| \u20ac
            """);
    harness.send("GET /abc|");
    assertThat(harness.drainOutput())
        .isEqualTo("HTTP/1.1 200 OK|Content-Length: 12||<abc>||\u20ac");
  }

  @Test
  void aBodyLengthAloneOnItsLineIsNotAnEmptyLine() {
    assertThat(PlayerHarness.server("S: x\nS: ${body-length}\nS:\nS| body").drainOutput())
        .isEqualTo("x|4||body");
  }

  @Test
  void bodyLengthFollowsEolLf() {
    assertThat(PlayerHarness.server("eol lf\nS: ${body-length}\nS:\nS: ab").drainOutput())
        .isEqualTo("3\n\nab\n");
  }

  @Test
  void bodyLengthInWhatIsExpectedTakesANumber() {
    PlayerHarness harness = PlayerHarness.client("C: GET\nS: ${body-length}\nS:\nS| body");
    assertThat(harness.send("4||body").endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(
            PlayerHarness.client("C: GET\nS: ${body-length}\nS:\nS| body").send("x|").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void aPlayerSendsWhatTheTestGave() {
    Script script =
        Script.parse("C: ${x}\nC# ${b:2 bytes}").with("x", "1").with("b", Bytes.hex("00ff"));
    PlayerHarness harness = PlayerHarness.of(script, Side.CLIENT, Transport.TCP, new Marks());
    assertThat(((Action.Send) harness.actions.get(0)).bytes()).isEqualTo(Bytes.hex("31 0d0a 00ff"));
  }
}
