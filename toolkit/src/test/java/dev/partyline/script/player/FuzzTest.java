package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Choices;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.ScriptGenerator;
import dev.partyline.view.ProcessorTime;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Feeds random scripts and random bytes to parser and player: nothing but a {@link ScriptException}
 * is thrown, and nothing hangs.
 *
 * <p>How many of each: {@code -Dpartyline.fuzz=1000000}. A failure names the seed that replays it.
 */
class FuzzTest {
  private static final int COUNT = Integer.getInteger("partyline.fuzz", 20_000);

  /** Far more than the slowest case takes on a slow machine. */
  private static final Duration MAX_CASE_TIME = Duration.ofSeconds(20);

  private static final int MAX_TURNS = 300;

  private static final List<String> TOKENS =
      List.of(
          "C: ",
          "S: ",
          "C| ",
          "S# ",
          "C# 00 \"a",
          "\"",
          "C@ ",
          "S! ",
          "C:",
          "...",
          "  ",
          "\n",
          "\n  ",
          "\n    ",
          "\r\n",
          "\t",
          " ",
          "# ",
          "repeat",
          "repeat 3",
          "when",
          "any order",
          "together",
          "connection",
          "every connection",
          "pause 1ms",
          "within 1s",
          "mark m",
          "await m",
          "cut",
          "eol lf",
          "eol crlf",
          "finish",
          "close",
          "reset",
          "stall",
          "${x}",
          "${*}",
          "${x:3 bytes}",
          "${x:[a-z]+}",
          "${x:(a+)+}",
          "${body-length}",
          "${",
          "}",
          "\\x00",
          "\\u{20ac}",
          "\\q",
          "\\",
          "0d 0a",
          "??",
          "zz",
          "[+0.000000001] ",
          "[+",
          "\u0000",
          "\u00e9",
          "\ud83d",
          "\u202e",
          "(",
          "[",
          "{",
          "*",
          "9999999999",
          "ms",
          "-1",
          "hello",
          "dev/partyline/script/letter.txt",
          "..",
          "/",
          "\ufeff");

  private static final List<String> CORPUS =
      List.of(
          """
          S: 220 hi
          C: EHLO ${h}
          S: 250 ${h}
          C: MAIL FROM:<${s:[^>]+}>
          S: 250 OK
          C: QUIT
          S: bye
          S! close
          ---
          repeat
            when
              C: PING
              S: +PONG
            when
              C: GET ${k}
              S: $-1
            when
              C| x${*:[0-9a-f]*}y
              S: z
          ---
          C: GET ${p} HTTP/1.1
          any order
            C: Host: ${h}
            C: Accept: ${*}
            C: ...
          C:
          S: ok
          ---
          C: ...
          C: ${a} ${b:(a+)+} ${c}
          S: ${a}-${b}-${c}
          ---
          repeat
            C# ${id:2 bytes} 01 ?? ${id:2 bytes}
            S# ${id:2 bytes}
          ---
          together
            C: ${x}
            S: a
            C| end
          C: ...
          C! finish
          ---
          repeat 3
            C: ...
            when
              C: a
              repeat
                C: b
              C: c
            when
              C! close
          S: x
          """
              .split("---\n"));

  @Test
  void nothingButAScriptExceptionComesOutOfAnyText() {
    int parsed = 0;
    for (int seed = 0; seed < COUNT; seed++) {
      Choices choices = Choices.of(new SplittableRandom(seed));
      String text = text(choices);
      Duration start = ProcessorTime.now();
      try {
        Script script = Script.parse(text);
        parsed++;
        assertThat(Script.parse(script.print())).isEqualTo(script);
        for (Side side : Side.values()) {
          play(script, side, choices.oneIn(2) ? Transport.UDP : Transport.TCP, choices);
        }
      } catch (ScriptException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", script:\n" + text, e);
      }
      assertNotHung(start, "seed " + seed + ", script:\n" + text);
    }
    assertThat(parsed).as("scripts that parsed").isGreaterThan(COUNT / 20);
  }

  @Test
  void noBytesCrashOrHangAPlayer() {
    List<Script> scripts = CORPUS.stream().map(Script::parse).toList();
    for (int seed = 0; seed < COUNT; seed++) {
      Choices choices = Choices.of(new SplittableRandom(seed));
      Script script = choices.pick(scripts);
      Duration start = ProcessorTime.now();
      try {
        play(script, Side.SERVER, Transport.TCP, choices);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", script:\n" + script, e);
      }
      assertNotHung(start, "seed " + seed + ", script:\n" + script);
    }
  }

  private static void assertNotHung(Duration start, String description) {
    assertThat(ProcessorTime.now().minus(start)).as(description).isLessThan(MAX_CASE_TIME);
  }

  private static String text(Choices choices) {
    StringBuilder text = new StringBuilder();
    switch (choices.choose(4)) {
      case 0 -> text.append(choices.pick(CORPUS));
      case 1 -> text.append(ScriptGenerator.generate(choices).print());
      case 2 -> text.append(GeneratedDialogue.of(choices).script().print());
      default -> {
        int size = choices.choose(30);
        for (int i = 0; i < size; i++) {
          text.append(choices.pick(TOKENS));
        }
      }
    }
    int mutations = choices.choose(4);
    for (int i = 0; i < mutations; i++) {
      int offset = choices.choose(text.length() + 1);
      int endOffset = Math.min(text.length(), offset + choices.choose(5));
      switch (choices.choose(4)) {
        case 0 -> text.delete(offset, endOffset);
        case 1 -> text.insert(offset, choices.pick(TOKENS));
        case 2 -> text.insert(offset, (char) choices.choose(choices.oneIn(2) ? 0x10000 : 0x80));
        default ->
            text.insert(choices.choose(text.length() + 1), text.substring(offset, endOffset));
      }
    }
    return text.toString();
  }

  /** Feeds a player what it expects, near misses and noise, in pieces, and lets time pass. */
  private static void play(Script script, Side side, Transport transport, Choices choices) {
    Marks marks = new Marks();
    Player player = PlayerHarness.factory(script, side, transport, marks).newPlayer(0);
    long now = 0;
    takeTurns(player, now);
    int chunks = choices.choose(12);
    for (int i = 0; i < chunks; i++) {
      switch (choices.choose(12)) {
        case 9 -> now += 1_000_000L * choices.choose(7_000);
        case 10 -> marks.mark("m");
        case 11 -> endInput(player, choices);
        default -> player.onReceived(chunk(script, choices).toBuffer());
      }
      takeTurns(player, now);
    }
    player.onStopped("the test closed the server");
    takeTurns(player, now);
    assertThat(player.scriptRun(1).endReason()).isPresent();
    assertThat(player.cursor().rows()).isNotNull();
  }

  private static void endInput(Player player, Choices choices) {
    if (choices.oneIn(2)) {
      player.onPeerReset();
    } else {
      player.onPeerFin();
    }
  }

  private static void takeTurns(Player player, long now) {
    // Some scripts are meant to flood their peer: repeat 999999999 and a line.
    for (int i = 0; i < MAX_TURNS && player.next(now) != null; i++) {
      assertThat(player.isAcceptingInput()).isIn(true, false);
    }
  }

  private static Bytes chunk(Script script, Choices choices) {
    if (choices.oneIn(3)) {
      return choices.bytes(choices.oneIn(20) ? 5_000 : 30);
    }
    List<String> lines = script.print().lines().toList();
    String line = lines.isEmpty() ? "" : choices.pick(lines).strip();
    String payload = line.length() > 3 ? line.substring(3) : line;
    Bytes bytes =
        Bytes.utf8(
            payload.replaceAll("\\$\\{[^}]*\\}+?", choices.pick(List.of("aaaa", "x", "1 2"))));
    return bytes
        .slice(0, choices.oneIn(3) ? choices.choose(bytes.size() + 1) : bytes.size())
        .plus(Bytes.utf8(choices.pick(List.of("\r\n", "", "\n", "a".repeat(40)))));
  }
}
