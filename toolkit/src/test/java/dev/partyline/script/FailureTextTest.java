package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  /** A listener without a socket: its connections are driven by hand, its clock stands still. */
  private static final class Fake implements ScriptedPeer {
    private final Script script;
    private final Transport transport;
    private final PlayerFactory stage;
    private long now;
    private final Recorder recorder = new Recorder(() -> now);
    private final List<Player> players = new ArrayList<>();
    private final List<ConversationRecorder> tracks = new ArrayList<>();

    Fake(String script, Transport transport) {
      this.script = Script.parse(script);
      this.transport = transport;
      this.stage = PlayerHarness.stage(this.script, Side.SERVER, transport, new Marks());
    }

    static Fake tcp(String script) {
      return new Fake(script, Transport.TCP).connect();
    }

    Fake connect() {
      tracks.add(recorder.open(transport, "127.0.0.1:41230", "127.0.0.1:8025"));
      players.add(stage.enter(now));
      return turn();
    }

    private Fake turn() {
      Player player = players.get(players.size() - 1);
      ConversationRecorder track = tracks.get(tracks.size() - 1);
      for (Action action = player.next(now); action != null; action = player.next(now)) {
        if (action instanceof Action.Say say) {
          track.sent(Side.SERVER, say.bytes().toBuffer());
        } else if (action instanceof Action.Reset) {
          track.reset(Side.SERVER);
        }
      }
      return this;
    }

    Fake send(String text) {
      return send(Bytes.utf8(text.replace("|", "\r\n")));
    }

    Fake send(Bytes bytes) {
      tracks.get(tracks.size() - 1).sent(Side.CLIENT, bytes.toBuffer());
      players.get(players.size() - 1).received(bytes.toBuffer());
      return turn();
    }

    Fake finish() {
      tracks.get(tracks.size() - 1).finished(Side.CLIENT);
      players.get(players.size() - 1).peerFinished();
      return turn();
    }

    Fake pass(long millis) {
      now += millis * 1_000_000;
      return turn();
    }

    @Override
    public Recording recording() {
      return recorder.recording();
    }

    @Override
    public Script script() {
      return script;
    }

    @Override
    public List<ScriptRun> performances() {
      List<ScriptRun> performances = new ArrayList<>();
      for (Player player : players) {
        performances.add(player.performance(performances.size() + 1));
      }
      return performances;
    }

    @Override
    public Cursor cursor(int connection) {
      return players.get(connection - 1).cursor();
    }

    @Override
    public List<String> unused() {
      return stage.unused();
    }

    @Override
    public Redaction redaction() {
      return Redaction.standard();
    }
  }

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
    Fake fake = Fake.tcp(SMTP).send("EHLO me|").pass(12).send("MAIL FROM:<a@c>|");
    assertThat(FailureText.of(fake))
        .isEqualTo(
            """
            connection 1 from 127.0.0.1:41230 to 127.0.0.1:8025: wrong bytes: the client sent something else
              said  S: 220 mail.example ESMTP
              met   C: EHLO ${host}
              said  S: 250 mail.example
            > here  C: MAIL FROM:<a@b>
                    S: 250 OK
                    C: QUIT
              expected  C: MAIL FROM:<a@b>
              received  C: MAIL FROM:<a@c>\\r\\n
                                        ^ first difference, byte 22 of what the client sent
              client    open, 26 bytes so far, silent for 0.0 ms
            """);
  }

  @Test
  void stuck() {
    Fake fake = Fake.tcp(SMTP).send("EHLO me").pass(5_000);
    assertThat(FailureText.of(fake))
        .isEqualTo(
            """
            connection 1 from 127.0.0.1:41230 to 127.0.0.1:8025: stuck: the client did not send this within 5s
              said  S: 220 mail.example ESMTP
            > here  C: EHLO ${host}
                    S: 250 mail.example
                    C: MAIL FROM:<a@b>
                    S: 250 OK
                    C: QUIT
              expected  C: EHLO ${host}
              received  C: EHLO me
              client    open, 7 bytes so far, silent for 5000 ms
            """);
  }

  @Test
  void stuckWithoutAByte() {
    assertThat(FailureText.of(Fake.tcp("C: a").pass(5_000)))
        .contains("  expected  C: a\n  received  nothing\n  client    open, 0 bytes so far");
  }

  @Test
  void aPeerThatFinished() {
    assertThat(FailureText.of(Fake.tcp(SMTP).send("EHLO me|").finish()))
        .contains(": peer finished: the client finished\n")
        .contains("> here  C: MAIL FROM:<a@b>\n")
        .contains("  client    FIN seen, 9 bytes so far, silent for 0.0 ms\n");
  }

  @Test
  void extraBytes() {
    assertThat(FailureText.of(Fake.tcp("C: a\nS: b").send("a|more")))
        .isEqualTo(
            """
            connection 1 from 127.0.0.1:41230 to 127.0.0.1:8025: extra bytes: the client went on after the end of the script
              met   C: a
              said  S: b
              expected  nothing more
              received  C: more
                           ^ first difference, byte 3 of what the client sent
              client    open, 7 bytes so far, silent for 0.0 ms
            """);
  }

  @Test
  void connectionsThatNeverCame() {
    Fake fake = Fake.tcp("connection\n  S: a\nconnection\n  S: b\nconnection\n  C: c\n  S: d");
    assertThat(FailureText.of(fake))
        .isEqualTo(
            "no connection 2 came for:\n  S: b\n\nno connection 3 came for:\n  C: c\n  S: d\n");
  }

  @Test
  void aConnectionTooMany() {
    assertThat(FailureText.of(Fake.tcp("S: a").connect()))
        .startsWith("connection 2 from 127.0.0.1:41230 to 127.0.0.1:8025: extra connection: ")
        .contains("the script is for a single connection, and this is one more");
  }

  @Test
  void nothingOfThoseThatFinished() {
    assertThat(FailureText.of(Fake.tcp("S: a"))).isEmpty();
    assertThat(FailureText.of(Fake.tcp("repeat\n  C: a\n  S: b"))).isEmpty();
  }

  @Test
  void hexBelowHex() {
    Fake fake = Fake.tcp("C# 01 02 03 04").send(Bytes.hex("01 02 ff 04"));
    assertThat(FailureText.of(fake))
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
    Fake fake = Fake.tcp("C: " + same + "right, and so on " + same).send(same + "wrong" + same);
    List<String> lines = FailureText.of(fake).lines().toList();
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
  void aShortExpectationOfALongLineStandsWhole() {
    Fake fake = Fake.tcp("C: ${x:[0-9]+} end").send("7".repeat(300) + " enx|");
    assertThat(FailureText.of(fake)).contains("  expected  C: ${x:[0-9]+} end\n");
  }

  @Test
  void theCaretStandsBelowTheCharacterThatDiffers() {
    // e9 is c3 a9 in UTF-8, e8 is c3 a8: the second byte of the character differs.
    Fake fake = Fake.tcp("C: caf\u00e9!").send("caf\u00e8!|");
    assertThat(FailureText.of(fake))
        .contains(
            """
              expected  C: caf\u00e9!
              received  C: caf\u00e8!\\r\\n
                              ^ first difference, byte 4 of what the client sent
            """);
  }

  @Test
  void theCaretCountsCharactersOutsideTheBmpOnce() {
    Fake fake = Fake.tcp("C: \ud83d\ude00a").send("\ud83d\ude00b|");
    assertThat(FailureText.of(fake)).contains("\n                ^ first difference, byte 4");
  }

  @Test
  void noByteStandsUnescaped() {
    Fake fake = Fake.tcp("C: a").send(Bytes.utf8("\u001b[31m\u202e\u0000\u009b\r\n\u2028"));
    String picture = FailureText.of(fake);
    assertThat(picture).contains("received  C: \\x1b[31m\\u{202e}\\0\\u{9b}\\r\\n\\u{2028}");
    assertThat(picture.codePoints())
        .noneMatch(c -> (Character.isISOControl(c) && c != '\n') || c == 0x202e || c == 0x2028);
  }

  @Test
  void secretsAreMasked() {
    Fake fake = Fake.tcp("C: GET /\nC: ${*:A[a-z]+}: ${*}\nC: Host: h").send("GET /|Cookie: abc|");
    String picture = FailureText.of(fake);
    assertThat(picture).contains("received  C: Cookie: ***\\r\\n").doesNotContain("abc");
  }

  @Test
  void theNearestBranchStandsFirstAndOthersBelowIt() {
    Fake fake = Fake.tcp("when\n  C: PING\n  S: x\nwhen\n  C: QUIT\n  S: y").send("QUIX|");
    assertThat(FailureText.of(fake))
        .contains(
            """
                    when
            > here    C: PING
                      S: x
                    when
            > here    C: QUIT
                      S: y
              expected  C: QUIT
              received  C: QUIX\\r\\n
                              ^ first difference, byte 3 of what the client sent
              or        C: PING
            """);
  }

  @Test
  void theCursorStandsInTheBlockThatIsPlayed() {
    Fake fake =
        Fake.tcp(
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
    assertThat(FailureText.of(fake))
        .contains(
            """
                    repeat
                      any order
              met       C: a
              met       C: b
                      together
              met       C: c
            > here      C: d
              said      S: e
                      S: f
            """);
  }

  @Test
  void aDatagramIsOneLine() {
    Fake fake = new Fake("C: a\nC| b\nC: c\nS: x", Transport.UDP).connect().send("a|bd|");
    assertThat(FailureText.of(fake))
        .contains(
            """
            > here  C: a
            > here  C| b
            > here  C: c
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
    Fake fake = Fake.tcp(script + "C: a\n" + script).send("b");
    assertThat(FailureText.of(fake))
        .contains("        … 92 lines above\n  said  S: line 92\n")
        .contains("> here  C: a\n        S: line 0\n")
        .contains("        S: line 3\n        … 96 lines below\n");
  }

  @Test
  void aRecordedTimeDoesNotMoveTheCaret() {
    Fake fake = Fake.tcp("[+0.000000001] C: ab").send("ax");
    assertThat(FailureText.of(fake))
        .contains("  expected  C: ab\n  received  C: ax\n                ^ first");
  }

  @Test
  void aConversationIsAPlainScript() {
    Fake fake = Fake.tcp(SMTP).send("EHLO me|").finish();
    assertThat(FailureText.of(fake.recording().conversations().get(0), Redaction.standard()))
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
    Fake fake = Fake.tcp("C: ...\nC! finish").send("line|".repeat(100));
    String picture = FailureText.of(fake.recording().conversations().get(0), Redaction.none());
    assertThat(picture.lines()).hasSize(42).contains("  … 60 lines");
  }
}
