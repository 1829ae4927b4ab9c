package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Generates scripts of every kind of step that keep the rules of the language. */
final class ScriptGenerator {
  private static final int DEEPEST = 3;
  private static final List<Integer> CODE_POINTS =
      List.of(
          (int) 'a',
          (int) 'Z',
          (int) '0',
          (int) ' ',
          (int) '.',
          (int) '$',
          (int) '{',
          (int) '}',
          (int) '\\',
          (int) '#',
          (int) '[',
          (int) '"',
          0,
          7,
          (int) '\t',
          (int) '\n',
          (int) '\r',
          0x1b,
          0x7f,
          0x85,
          0xa0,
          0xad,
          0xe9,
          0x20ac,
          0x301,
          0x200b,
          0x200f,
          0x202e,
          0x2028,
          0x2029,
          0x2066,
          0x3000,
          0xfeff,
          0xfffd,
          0xe000,
          0x378,
          0x1f600,
          0x10ffff);
  private static final List<String> TEXTS =
      List.of(
          "...",
          "${",
          "${x}",
          "\\",
          "\\x0",
          " ",
          "x ",
          "$",
          "$$",
          "....",
          "\\...",
          "C: ",
          "# no",
          "[+0.000000000] ",
          "\r\n",
          "\n",
          "}",
          "}}",
          "\u00e9\u20ac\ud83d\ude00",
          "\u202eevil");
  private static final List<String> REGEXES =
      List.of(
          "a",
          "[^>]+",
          "a{2}",
          "\\{",
          "\\}",
          "(a|b)*",
          "[a-z]{1,3}\u00e9",
          "\\d+ bytes",
          " 12 bytes",
          ".*",
          "a b ",
          "\\\\",
          "x{1}{2}",
          "#",
          "[+]",
          "(?i)x");
  private static final List<String> NAMES = List.of("a", "b", "user", "x-y", "_1", "*");
  private static final List<Duration> TIMES =
      List.of(
          Duration.ofNanos(1),
          Duration.ofNanos(1_500),
          Duration.ofNanos(1_000_000_001),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofSeconds(90),
          Duration.ofMinutes(2),
          Duration.ofDays(3650),
          Duration.ofDays(3650).minusNanos(1));
  private static final List<Duration> STAMPS =
      List.of(
          Duration.ZERO,
          Duration.ofNanos(3_217_000),
          Duration.ofSeconds(12, 5),
          Duration.ofNanos(Long.MAX_VALUE));
  static final String FILE = "dev/partyline/script/letter.txt";

  private final Choices dice;
  private LineEnd end = LineEnd.CRLF;

  private ScriptGenerator(Choices dice) {
    this.dice = dice;
  }

  static Script any(Choices dice) {
    return Script.of(new ScriptGenerator(dice).script());
  }

  private List<Step> script() {
    List<Step> steps = new ArrayList<>();
    if (!dice.oneIn(4)) {
      return block(0, null);
    }
    int blocks = 1 + dice.roll(3);
    for (int i = 0; i < blocks; i++) {
      steps.add(new Step.Connection(i == blocks - 1 && dice.oneIn(2), block(1, null)));
    }
    return steps;
  }

  /** Returns a block; of one side only if a side is given. */
  private List<Step> block(int depth, Side only) {
    List<Step> steps = new ArrayList<>();
    int size = 1 + dice.roll(5);
    for (int i = 0; i < size; i++) {
      step(depth, only, steps);
    }
    if (dice.oneIn(5)) {
      steps.add(new Step.Act(side(only), dice.pick(List.of(Step.Deed.values())), stamp()));
    }
    return steps;
  }

  private void step(int depth, Side only, List<Step> steps) {
    Side side = side(only);
    switch (dice.roll(depth < DEEPEST ? 14 : 9)) {
      case 0, 1, 2 -> steps.add(line(side));
      case 3 -> {
        steps.add(new Step.Rest(side, stamp()));
        steps.add(line(side));
      }
      case 4 -> {
        steps.add(new Step.Within(dice.pick(TIMES)));
        steps.add(line(side));
      }
      case 5 -> steps.add(new Step.Pause(dice.pick(TIMES)));
      case 6 ->
          steps.add(depth == 0 && dice.oneIn(3) ? new Step.StartTls(stamp()) : new Step.Cut());
      case 7 -> steps.add(new Step.Mark(dice.pick(List.of("ready", "a.b-c_1", "0"))));
      case 8 -> steps.add(new Step.Await(dice.pick(List.of("ready", "go"))));
      case 9 -> steps.add(new Step.Repeat(0, block(depth + 1, only)));
      case 10 -> steps.add(new Step.Repeat(1 + dice.roll(999), block(depth + 1, only)));
      case 11 -> {
        int branches = 1 + dice.roll(3);
        for (int i = 0; i < branches; i++) {
          List<Step> branch = new ArrayList<>(List.of(line(side)));
          branch.addAll(block(depth + 1, only));
          steps.add(new Step.When(branch));
        }
      }
      case 12 -> steps.add(anyOrder(side));
      default -> {
        List<Step> both = new ArrayList<>();
        int size = 1 + dice.roll(4);
        for (int i = 0; i < size; i++) {
          step(DEEPEST, side(only), both);
        }
        steps.add(new Step.Together(both));
      }
    }
  }

  private Step anyOrder(Side side) {
    List<Step> lines = new ArrayList<>();
    int size = 1 + dice.roll(3);
    for (int i = 0; i < size; i++) {
      lines.add(line(side));
      if (dice.oneIn(4)) {
        lines.add(new Step.Rest(side, null));
      }
    }
    return new Step.AnyOrder(lines);
  }

  private Side side(Side only) {
    return only != null ? only : dice.oneIn(2) ? Side.SERVER : Side.CLIENT;
  }

  private Duration stamp() {
    return dice.oneIn(4) ? dice.pick(STAMPS) : null;
  }

  private Step.Line line(Side side) {
    return switch (dice.roll(8)) {
      case 5 -> new Step.Line(side, Step.Notation.TEXT, text(LineEnd.NONE), LineEnd.NONE, stamp());
      case 6 -> new Step.Line(side, Step.Notation.HEX, hex(), LineEnd.NONE, stamp());
      case 7 -> new Step.Line(side, Step.Notation.FILE, file(), LineEnd.NONE, stamp());
      default -> {
        if (dice.oneIn(8)) {
          end = end == LineEnd.LF ? LineEnd.CRLF : LineEnd.LF;
        }
        yield new Step.Line(side, Step.Notation.TEXT, text(end), end, stamp());
      }
    };
  }

  private static List<Part> file() {
    return List.of(new Part.File(FILE, ScriptSource.built().find(FILE)));
  }

  private List<Part> text(LineEnd lineEnd) {
    List<Part> parts = new ArrayList<>();
    int size = dice.roll(4);
    for (int i = 0; i < size; i++) {
      parts.add(fixed());
      if (dice.oneIn(2)) {
        parts.add(placeholder());
        if (dice.oneIn(2)) {
          parts.add(fixed());
        }
      }
    }
    return closed(PayloadRules.joined(parts), lineEnd);
  }

  /** Puts a fixed byte after each part that needs one. */
  private static List<Part> closed(List<Part> parts, LineEnd lineEnd) {
    List<Part> closed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      closed.add(parts.get(i));
      if (PayloadRules.lacksEnd(parts, i, lineEnd)) {
        closed.add(new Part.Fixed(Bytes.utf8(";")));
      }
    }
    return PayloadRules.joined(closed);
  }

  private Part placeholder() {
    String name = dice.pick(NAMES);
    return switch (dice.roll(5)) {
      case 2 -> new Part.Placeholder(name, new Part.Count(1 + dice.roll(70_000)));
      case 3 -> new Part.Placeholder(name, new Part.Regex(dice.pick(REGEXES)));
      case 4 -> new Part.BodyLength();
      default -> new Part.Placeholder(name, new Part.Some());
    };
  }

  private List<Part> hex() {
    List<Part> parts = new ArrayList<>();
    int size = 1 + dice.roll(3);
    for (int i = 0; i < size; i++) {
      parts.add(
          switch (dice.roll(4)) {
            case 2 -> new Part.AnyByte();
            case 3 -> new Part.Placeholder(dice.pick(NAMES), new Part.Count(1 + dice.roll(20)));
            default -> new Part.Fixed(Bytes.of((byte) dice.roll(256), (byte) dice.roll(256)));
          });
    }
    return PayloadRules.joined(parts);
  }

  private Part fixed() {
    Bytes bytes =
        switch (dice.roll(4)) {
          case 1 -> Bytes.utf8(dice.pick(TEXTS));
          case 2 -> text();
          case 3 -> dice.bytes(5);
          default -> Bytes.utf8("OK");
        };
    return new Part.Fixed(bytes.isEmpty() ? Bytes.utf8("x") : bytes);
  }

  private Bytes text() {
    StringBuilder text = new StringBuilder();
    int size = 1 + dice.roll(6);
    for (int i = 0; i < size; i++) {
      text.appendCodePoint(dice.pick(CODE_POINTS));
    }
    return Bytes.utf8(text.toString());
  }
}
