package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.PatienceOfOne;
import dev.partyline.wire.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PatienceOfOne.class)
class FailureTextTest {
  private static final String SMTP =
      """
      S: 220 mail.example ESMTP
      C: EHLO ${host}
      S: 250 mail.example
      C: MAIL FROM:<a@b>
      S: 250 OK
      C: QUIT
      """;

  @Test
  void wrongBytes() {
    FakeListener listener =
        FakeListener.tcp(SMTP).send("EHLO me|").advance(12).send("MAIL FROM:<a@c>|");
    assertThat(FailureText.of(listener))
        .isEqualTo(
            """
            connection 1 from 127.0.0.1:41230 to 127.0.0.1:8025: wrong bytes: the client sent something else
              sent      S: 220 mail.example ESMTP
              matched   C: EHLO ${host}
              sent      S: 250 mail.example
            > here      C: MAIL FROM:<a@b>
                        S: 250 OK
                        C: QUIT
              expected  C: MAIL FROM:<a@b>
              received  C: MAIL FROM:<a@c>\\r\\n
                                        ^ first difference, byte 22 of what the client sent
              client    open, 26 bytes so far, silent for 0 ms
            """);
  }

  @Test
  void timedOut() {
    FakeListener listener = FakeListener.tcp(SMTP).send("EHLO me").advance(5_000);
    assertThat(FailureText.of(listener))
        .isEqualTo(
            """
            connection 1 from 127.0.0.1:41230 to 127.0.0.1:8025: timed out: the client did not send this within 5 s
              sent      S: 220 mail.example ESMTP
            > here      C: EHLO ${host}
                        S: 250 mail.example
                        C: MAIL FROM:<a@b>
                        S: 250 OK
                        C: QUIT
              expected  C: EHLO ${host}
              received  C: EHLO me
              client    open, 7 bytes so far, silent for 5 s
            """);
  }

  @Test
  void timedOutWithoutAByte() {
    assertThat(FailureText.of(FakeListener.tcp("C: a").advance(5_000)))
        .contains("  expected  C: a\n  received  nothing\n  client    open, 0 bytes so far");
  }

  @ParameterizedTest
  @CsvSource({
    "C! finish, , no FIN",
    "C! finish, RST, C! reset",
    "C! reset, , no RST",
    "C! reset, FIN, C! finish",
    "C! close, , neither FIN nor RST",
    "'C! finish\nS: a\nC! reset', FIN, no RST"
  })
  void anEndThatDidNotComeSaysWhatDid(String script, String end, String received) {
    FakeListener listener = FakeListener.tcp(script);
    if ("RST".equals(end)) {
      listener.reset();
    } else if ("FIN".equals(end)) {
      listener.finish();
    }
    listener.advance(5_000);
    assertThat(FailureText.of(listener)).contains("\n  received  " + received + "\n");
  }

  @Test
  void aPeerThatFinished() {
    assertThat(FailureText.of(FakeListener.tcp(SMTP).send("EHLO me|").finish()))
        .contains(": the client sent FIN\n")
        .contains("> here      C: MAIL FROM:<a@b>\n")
        .contains("  client    FIN seen, 9 bytes so far, silent for 0 ms\n");
  }

  @Test
  void extraBytes() {
    assertThat(FailureText.of(FakeListener.tcp("C: a\nS: b").send("a|more")))
        .isEqualTo(
            """
            connection 1 from 127.0.0.1:41230 to 127.0.0.1:8025: extra bytes: the client went on after the end of the script
              matched   C: a
              sent      S: b
              expected  nothing more
              received  C: more
                           ^ first difference, byte 3 of what the client sent
              client    open, 7 bytes so far, silent for 0 ms
            """);
  }

  @Test
  void connectionsThatNeverOpened() {
    FakeListener listener =
        FakeListener.tcp("connection\n  S: a\nconnection\n  S: b\nconnection\n  C: c\n  S: d");
    assertThat(FailureText.of(listener))
        .isEqualTo(
            "no client connected for connection 2:\n  S: b\n\nno client connected for connection 3:\n  C: c\n  S: d\n");
  }

  @Test
  void aConnectionTooMany() {
    assertThat(FailureText.of(FakeListener.tcp("S: a").connect()))
        .startsWith("connection 2 from 127.0.0.1:41230 to 127.0.0.1:8025: extra connection: ")
        .contains("the script is for a single connection, and this is one more");
  }

  @Test
  void nothingOfThoseThatFinished() {
    assertThat(FailureText.of(FakeListener.tcp("S: a"))).isEmpty();
    assertThat(FailureText.of(FakeListener.tcp("repeat\n  C: a\n  S: b"))).isEmpty();
  }

  @Test
  void textInHexIsShownAsTheBytesThatAreBelowIt() {
    FakeListener listener = FakeListener.tcp("C# 03 \"abc\" # a name").send(Bytes.utf8("\3axc"));
    assertThat(FailureText.of(listener))
        .contains(
            """
            > here      C# 03 "abc"
              expected  C# 03 61 62 63
              received  C# 03 61 78 63
                                 ^ first difference, byte 2 of what the client sent
            """);
  }

  @Test
  void hexBelowHex() {
    FakeListener listener = FakeListener.tcp("C# 01 02 03 04").send(Bytes.hex("01 02 ff 04"));
    assertThat(FailureText.of(listener))
        .contains(
            """
              expected  C# 01 02 03 04
              received  C# 01 02 ff 04
                                 ^ first difference, byte 2 of what the client sent
            """);
  }

  @Test
  void longLinesAreCutAroundTheDifference() {
    String same = "0123456789".repeat(40);
    FakeListener listener =
        FakeListener.tcp("C: " + same + "right, and so on " + same).send(same + "wrong" + same);
    List<String> lines = FailureText.of(listener).lines().toList();
    assertThat(lines).allMatch(line -> line.length() <= 130);
    String expected =
        lines.stream().filter(l -> l.startsWith("  expected")).findFirst().orElseThrow();
    String received =
        lines.stream().filter(l -> l.startsWith("  received")).findFirst().orElseThrow();
    String caret = lines.stream().filter(l -> l.contains("^ first")).findFirst().orElseThrow();
    assertThat(expected.substring(caret.indexOf('^'))).startsWith("right");
    assertThat(received.substring(caret.indexOf('^'))).startsWith("wrong");
    assertThat(expected).startsWith("  expected  …").endsWith("…");
    assertThat(caret).endsWith("byte 400 of what the client sent");
  }

  @Test
  void aShortExpectationOfALongLineIsNotCut() {
    FakeListener listener = FakeListener.tcp("C: ${x:[0-9]+} end").send("7".repeat(300) + " enx|");
    assertThat(FailureText.of(listener)).contains("  expected  C: ${x:[0-9]+} end\n");
  }

  @Test
  void theCaretIsBelowTheCharacterThatDiffers() {
    // e9 is c3 a9 in UTF-8, e8 is c3 a8: the second byte of the character differs.
    FakeListener listener = FakeListener.tcp("C: caf\u00e9!").send("caf\u00e8!|");
    assertThat(FailureText.of(listener))
        .contains(
            """
              expected  C: caf\u00e9!
              received  C: caf\u00e8!\\r\\n
                              ^ first difference, byte 4 of what the client sent
            """);
  }

  @Test
  void theCaretCountsCharactersOutsideTheBmpOnce() {
    FakeListener listener = FakeListener.tcp("C: \ud83d\ude00a").send("\ud83d\ude00b|");
    assertThat(FailureText.of(listener)).contains("\n                ^ first difference, byte 4");
  }

  @Test
  void everyByteIsEscaped() {
    FakeListener listener =
        FakeListener.tcp("C: a").send(Bytes.utf8("\u001b[31m\u202e\u0000\u009b\r\n\u2028"));
    String text = FailureText.of(listener);
    assertThat(text).contains("received  C: \\x1b[31m\\u{202e}\\0\\u{9b}\\r\\n\\u{2028}");
    assertThat(text.codePoints())
        .noneMatch(c -> (Character.isISOControl(c) && c != '\n') || c == 0x202e || c == 0x2028);
  }

  @Test
  void secretsAreRedacted() {
    FakeListener listener =
        FakeListener.tcp("C: GET /\nC: ${*:A[a-z]+}: ${*}\nC: Host: h").send("GET /|Cookie: abc|");
    String text = FailureText.of(listener);
    assertThat(text).contains("received  C: Cookie: ***\\r\\n").doesNotContain("abc");
  }

  @Test
  void theClosestBranchComesFirstAndOthersBelowIt() {
    FakeListener listener =
        FakeListener.tcp("when\n  C: PING\n  S: x\nwhen\n  C: QUIT\n  S: y").send("QUIX|");
    assertThat(FailureText.of(listener))
        .contains(
            """
                        when
            > here        C: PING
                          S: x
                        when
            > here        C: QUIT
                          S: y
              expected  C: QUIT
              received  C: QUIX\\r\\n
                              ^ first difference, byte 3 of what the client sent
              or        C: PING
            """);
  }

  @Test
  void theCursorIsInTheBlockThatIsPlayed() {
    FakeListener listener =
        FakeListener.tcp(
                """
                repeat
                  any order
                    C: a
                    C: b
                  together
                    C: c
                    C: d
                    S: e
                  S: f
                """)
            .send("b|a|c|x");
    assertThat(FailureText.of(listener))
        .contains(
            """
                        repeat
                          any order
              matched       C: a
              matched       C: b
                          together
              matched       C: c
            > here          C: d
              sent          S: e
                          S: f
            """);
  }

  @Test
  void aDatagramIsOneLine() {
    FakeListener listener =
        new FakeListener("C: a\nC| b\nC: c\nS: x", Transport.UDP).connect().send("a|bd|");
    assertThat(FailureText.of(listener))
        .contains(
            """
            > here      C: a
            > here      C| b
            > here      C: c
                        S: x
              expected  C: a\\r\\nbc
              received  C: a\\r\\nbd\\r\\n
                                 ^ first difference, byte 4 of what the client sent
            """);
  }

  @Test
  void longScriptsAreCutAroundTheCursor() {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      script.append("S: line ").append(i).append("\n");
    }
    FakeListener listener = FakeListener.tcp(script + "C: a\n" + script).send("b");
    assertThat(FailureText.of(listener))
        .contains("            … 92 lines above\n  sent      S: line 92\n")
        .contains("> here      C: a\n            S: line 0\n")
        .contains("            S: line 3\n            … 96 lines below\n");
  }

  @Test
  void oneLineThatIsLeftOutIsALine() {
    FakeListener listener = FakeListener.tcp("S: x\n".repeat(9) + "C: a\n" + "S: x\n".repeat(5));
    assertThat(FailureText.of(listener.send("b")))
        .contains("            … 1 line above\n")
        .contains("            … 1 line below\n");
  }

  @Test
  void aRecordedTimeDoesNotMoveTheCaret() {
    FakeListener listener = FakeListener.tcp("[+0.000000001] C: ab").send("ax");
    assertThat(FailureText.of(listener))
        .contains("  expected  C: ab\n  received  C: ax\n                ^ first");
  }

  @Test
  void aConversationIsAPlainScript() {
    FakeListener listener = FakeListener.tcp(SMTP).send("EHLO me|").finish();
    assertThat(FailureText.of(listener.recording().conversations().get(0), Redaction.standard()))
        .isEqualTo(
            """
            connection 1 from 127.0.0.1:41230 to 127.0.0.1:8025:
              S: 220 mail.example ESMTP
              C: EHLO me
              S: 250 mail.example
              C! finish
              S! reset
            """);
  }

  @Test
  void aLongConversationIsCutInTheMiddle() {
    FakeListener listener = FakeListener.tcp("C: ...\nC! finish").send("line|".repeat(100));
    String text = FailureText.of(listener.recording().conversations().get(0), Redaction.none());
    assertThat(text.lines()).hasSize(42).contains("  … 60 lines");
  }

  @Test
  void aVeryLongConversationHasItsBytesCountedAndNotItsLines() {
    FakeListener listener = FakeListener.tcp("C: ...\nC! finish").send("line|".repeat(30_000));
    String text = FailureText.of(listener.recording().conversations().get(0), Redaction.none());
    assertThat(text.lines()).hasSize(42).contains("  … more lines, of 180000 bytes in all");
  }
}
