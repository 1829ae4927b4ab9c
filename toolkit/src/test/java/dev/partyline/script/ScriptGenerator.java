package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Generates scripts with every type of step that keep the rules of the language. */
public final class ScriptGenerator {
  private static final int MAX_DEPTH = 3;
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
  private static final List<Duration> TIMESTAMPS =
      List.of(
          Duration.ZERO,
          Duration.ofNanos(3_217_000),
          Duration.ofSeconds(12, 5),
          Duration.ofNanos(Long.MAX_VALUE));
  static final String FILE = "dev/partyline/script/letter.txt";

  private final Choices choices;
  private LineEnd end = LineEnd.CRLF;

  private ScriptGenerator(Choices choices) {
    this.choices = choices;
  }

  public static Script generate(Choices choices) {
    return Script.of(new ScriptGenerator(choices).script());
  }

  private List<Step> script() {
    List<Step> steps = new ArrayList<>();
    if (!choices.oneIn(4)) {
      return block(0, null);
    }
    int blocks = 1 + choices.choose(3);
    for (int i = 0; i < blocks; i++) {
      steps.add(new Step.ConnectionBlock(i == blocks - 1 && choices.oneIn(2), block(1, null)));
    }
    return steps;
  }

  /** Returns a block; of one side only if a side is given. */
  private List<Step> block(int depth, Side onlySide) {
    List<Step> steps = new ArrayList<>();
    int size = 1 + choices.choose(5);
    for (int i = 0; i < size; i++) {
      step(depth, onlySide, steps);
    }
    if (choices.oneIn(5)) {
      List<Step.Control.Kind> kinds =
          depth == 0
              ? List.of(Step.Control.Kind.values())
              // What is below a block could not be sent after a FIN in it.
              : List.of(Step.Control.Kind.CLOSE, Step.Control.Kind.RESET);
      steps.add(new Step.Control(side(onlySide), choices.pick(kinds), timestamp()));
    }
    return steps;
  }

  private void step(int depth, Side onlySide, List<Step> steps) {
    Side side = side(onlySide);
    switch (choices.choose(depth < MAX_DEPTH ? 14 : 9)) {
      case 0, 1, 2 -> steps.add(line(side));
      case 3 -> {
        steps.add(new Step.AnyLines(side, timestamp()));
        steps.add(line(side));
      }
      case 4 -> {
        steps.add(new Step.Within(choices.pick(TIMES)));
        steps.add(line(side));
      }
      case 5 -> steps.add(new Step.Pause(choices.pick(TIMES)));
      case 6 ->
          steps.add(
              depth == 0 && choices.oneIn(3) ? new Step.StartTls(timestamp()) : new Step.Cut());
      case 7 -> steps.add(new Step.Mark(choices.pick(List.of("ready", "a.b-c_1", "0"))));
      case 8 -> steps.add(new Step.Await(choices.pick(List.of("ready", "go"))));
      case 9 -> steps.add(new Step.Repeat(0, block(depth + 1, onlySide)));
      case 10 -> steps.add(new Step.Repeat(1 + choices.choose(999), block(depth + 1, onlySide)));
      case 11 -> {
        int branches = 1 + choices.choose(3);
        for (int i = 0; i < branches; i++) {
          List<Step> branch = new ArrayList<>(List.of(line(side)));
          branch.addAll(block(depth + 1, onlySide));
          steps.add(new Step.When(branch));
        }
      }
      case 12 -> steps.add(anyOrder(side));
      default -> {
        List<Step> interleaved = new ArrayList<>();
        int size = 1 + choices.choose(4);
        for (int i = 0; i < size; i++) {
          step(MAX_DEPTH, side(onlySide), interleaved);
        }
        steps.add(new Step.Together(interleaved));
      }
    }
  }

  private Step anyOrder(Side side) {
    List<Step> lines = new ArrayList<>();
    int size = 1 + choices.choose(3);
    for (int i = 0; i < size; i++) {
      lines.add(line(side));
      if (choices.oneIn(4)) {
        lines.add(new Step.AnyLines(side, null));
      }
    }
    return new Step.AnyOrder(lines);
  }

  private Side side(Side onlySide) {
    return onlySide != null ? onlySide : choices.oneIn(2) ? Side.SERVER : Side.CLIENT;
  }

  private Duration timestamp() {
    return choices.oneIn(4) ? choices.pick(TIMESTAMPS) : null;
  }

  private Step.Line line(Side side) {
    return switch (choices.choose(8)) {
      case 5 -> new Step.Line(side, Step.Notation.TEXT, textParts(), LineEnd.NONE, timestamp());
      case 6 -> new Step.Line(side, Step.Notation.HEX, hex(), LineEnd.NONE, timestamp());
      case 7 -> new Step.Line(side, Step.Notation.FILE, file(), LineEnd.NONE, timestamp());
      default -> {
        if (choices.oneIn(8)) {
          end = end == LineEnd.LF ? LineEnd.CRLF : LineEnd.LF;
        }
        yield new Step.Line(side, Step.Notation.TEXT, textParts(), end, timestamp());
      }
    };
  }

  /** Returns the parts with neighbouring fixed bytes made one, as the parser makes them. */
  public static List<Part> joinFixed(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      int last = joined.size() - 1;
      if (part instanceof Part.Fixed next
          && last >= 0
          && joined.get(last) instanceof Part.Fixed fixed) {
        joined.set(last, new Part.Fixed(fixed.bytes().plus(next.bytes())));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  private static List<Part> file() {
    return List.of(new Part.File(FILE, ScriptSource.forBuilder().find(FILE)));
  }

  private List<Part> textParts() {
    List<Part> parts = new ArrayList<>();
    int size = choices.choose(4);
    for (int i = 0; i < size; i++) {
      parts.add(fixed());
      if (choices.oneIn(2)) {
        parts.add(placeholder());
        if (choices.oneIn(2)) {
          parts.add(fixed());
        }
      }
    }
    return joinFixed(parts);
  }

  private Part placeholder() {
    String name = choices.pick(NAMES);
    return switch (choices.choose(5)) {
      case 2 -> new Part.Placeholder(name, new Part.Count(1 + choices.choose(70_000)));
      case 3 -> new Part.Placeholder(name, new Part.Regex(choices.pick(REGEXES)));
      case 4 -> new Part.BodyLength();
      default -> new Part.Placeholder(name, new Part.AnyText());
    };
  }

  private List<Part> hex() {
    List<Part> parts = new ArrayList<>();
    int size = 1 + choices.choose(3);
    for (int i = 0; i < size; i++) {
      parts.add(
          switch (choices.choose(5)) {
            case 4 -> new Part.Placeholder(choices.pick(NAMES), new Part.AnyText());
            case 2 -> new Part.AnyByte();
            case 3 ->
                new Part.Placeholder(choices.pick(NAMES), new Part.Count(1 + choices.choose(20)));
            default ->
                new Part.Fixed(Bytes.of((byte) choices.choose(256), (byte) choices.choose(256)));
          });
    }
    return joinFixed(parts);
  }

  private Part fixed() {
    Bytes bytes =
        switch (choices.choose(4)) {
          case 1 -> Bytes.utf8(choices.pick(TEXTS));
          case 2 -> text();
          case 3 -> choices.bytes(5);
          default -> Bytes.utf8("OK");
        };
    return new Part.Fixed(bytes.isEmpty() ? Bytes.utf8("x") : bytes);
  }

  private Bytes text() {
    StringBuilder text = new StringBuilder();
    int size = 1 + choices.choose(6);
    for (int i = 0; i < size; i++) {
      text.appendCodePoint(choices.pick(CODE_POINTS));
    }
    return Bytes.utf8(text.toString());
  }
}
