package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Throws random scripts and random bytes at the parser and the player: nothing but a {@link
 * ScriptException} comes out, and nothing hangs.
 *
 * <p>How many of each: {@code -Dpartyline.fuzz=1000000}. A failure names the seed that replays it.
 */
class FuzzTest {
  private static final int COUNT = Integer.getInteger("partyline.fuzz", 20_000);

  /** Far above what the slowest case takes on a slow machine, far below a hang. */
  private static final Duration HANG = Duration.ofSeconds(20);

  private static final int MOST_TURNS = 300;

  private static final List<String> TOKENS =
      List.of(
          "C: ",
          "S: ",
          "C| ",
          "S# ",
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
      Choices dice = Choices.of(new SplittableRandom(seed));
      String text = text(dice);
      long start = System.nanoTime();
      try {
        Script script = Script.parse(text);
        parsed++;
        assertThat(Script.parse(script.print())).isEqualTo(script);
        for (Side side : Side.values()) {
          play(script, side, dice.oneIn(2) ? Transport.UDP : Transport.TCP, dice);
        }
      } catch (ScriptException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", script:\n" + text, e);
      }
      notHung(start, "seed " + seed + ", script:\n" + text);
    }
    assertThat(parsed).as("scripts that were none too wild").isGreaterThan(COUNT / 20);
  }

  @Test
  void noBytesCrashOrHangAPlayer() {
    List<Script> scripts = CORPUS.stream().map(Script::parse).toList();
    for (int seed = 0; seed < COUNT; seed++) {
      Choices dice = Choices.of(new SplittableRandom(seed));
      Script script = dice.pick(scripts);
      long start = System.nanoTime();
      try {
        play(script, Side.SERVER, Transport.TCP, dice);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", script:\n" + script, e);
      }
      notHung(start, "seed " + seed + ", script:\n" + script);
    }
  }

  private static void notHung(long start, String what) {
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(HANG);
  }

  private static String text(Choices dice) {
    StringBuilder text = new StringBuilder();
    switch (dice.roll(4)) {
      case 0 -> text.append(dice.pick(CORPUS));
      case 1 -> text.append(ScriptGenerator.any(dice).print());
      case 2 -> text.append(GeneratedDialogue.of(dice).script().print());
      default -> {
        int size = dice.roll(30);
        for (int i = 0; i < size; i++) {
          text.append(dice.pick(TOKENS));
        }
      }
    }
    int mutations = dice.roll(4);
    for (int i = 0; i < mutations; i++) {
      int at = dice.roll(text.length() + 1);
      int to = Math.min(text.length(), at + dice.roll(5));
      switch (dice.roll(4)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.insert(at, dice.pick(TOKENS));
        case 2 -> text.insert(at, (char) dice.roll(dice.oneIn(2) ? 0x10000 : 0x80));
        default -> text.insert(dice.roll(text.length() + 1), text.substring(at, to));
      }
    }
    return text.toString();
  }

  /** Feeds a player what it expects, near misses and noise, in pieces, and lets time pass. */
  private static void play(Script script, Side side, Transport transport, Choices dice) {
    Marks board = new Marks();
    Player player = PlayerHarness.stage(script, side, transport, board).enter(0);
    long now = 0;
    turn(player, now);
    int chunks = dice.roll(12);
    for (int i = 0; i < chunks; i++) {
      switch (dice.roll(12)) {
        case 9 -> now += 1_000_000L * dice.roll(7_000);
        case 10 -> board.mark("m");
        case 11 -> ended(player, dice);
        default -> player.received(chunk(script, dice).toBuffer());
      }
      turn(player, now);
    }
    player.stopped();
    turn(player, now);
    assertThat(player.performance(1).ending()).isPresent();
    assertThat(player.cursor().rows()).isNotNull();
  }

  private static void ended(Player player, Choices dice) {
    if (dice.oneIn(2)) {
      player.peerReset();
    } else {
      player.peerFinished();
    }
  }

  private static void turn(Player player, long now) {
    // Some scripts flood their peer by right: repeat 999999999 and a line.
    for (int i = 0; i < MOST_TURNS && player.next(now) != null; i++) {
      assertThat(player.hasRoom()).isIn(true, false);
    }
  }

  private static Bytes chunk(Script script, Choices dice) {
    if (dice.oneIn(3)) {
      return dice.bytes(dice.oneIn(20) ? 5_000 : 30);
    }
    List<String> lines = script.print().lines().toList();
    String line = lines.isEmpty() ? "" : dice.pick(lines).strip();
    String payload = line.length() > 3 ? line.substring(3) : line;
    Bytes bytes =
        Bytes.utf8(payload.replaceAll("\\$\\{[^}]*\\}+?", dice.pick(List.of("aaaa", "x", "1 2"))));
    return bytes
        .slice(0, dice.oneIn(3) ? dice.roll(bytes.size() + 1) : bytes.size())
        .plus(Bytes.utf8(dice.pick(List.of("\r\n", "", "\n", "a".repeat(40)))));
  }
}
