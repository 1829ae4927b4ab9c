package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A script that a server can play, and what a client that keeps to it sends.
 *
 * @param script the script
 * @param sent all that the client sends
 */
record GeneratedDialogue(Script script, Bytes sent) {
  static GeneratedDialogue of(Choices dice) {
    Writer writer = new Writer(dice);
    List<Step> steps = writer.block(0, new HashMap<>());
    return new GeneratedDialogue(Script.of(steps), Bytes.join(writer.sent));
  }

  /** Writes a script and the client's answer to it at once. */
  private static final class Writer {
    private static final List<String> WORDS =
        List.of("a", "b", "ab", "GET", "GOT", "\u00e9", "x=1", "END", "\r", "}", "");
    private static final List<String> NAMES = List.of("x", "y", "z", "*");

    private final Choices dice;
    private final List<Bytes> sent = new ArrayList<>();

    Writer(Choices dice) {
      this.dice = dice;
    }

    private List<Step> block(int depth, Map<String, Bytes> known) {
      List<Step> steps = new ArrayList<>();
      int size = 1 + dice.roll(4);
      for (int i = 0; i < size; i++) {
        step(depth, known, steps);
      }
      return steps;
    }

    private void step(int depth, Map<String, Bytes> known, List<Step> steps) {
      switch (dice.roll(depth < 2 ? 11 : 6)) {
        case 0, 1, 2 -> steps.add(take(known));
        case 3 -> steps.add(say(known));
        case 4 -> rest(known, steps);
        case 5 -> steps.add(new Step.Mark("here"));
        case 6 -> repeat(depth, known, steps);
        case 7, 8 -> when(depth, known, steps);
        case 9 -> anyOrder(steps);
        default -> {
          Map<String, Bytes> before = new HashMap<>(known);
          List<Step> both = new ArrayList<>(List.of(say(before), take(known)));
          both.add(say(before));
          both.add(take(known));
          steps.add(new Step.Together(both));
        }
      }
    }

    private Step say(Map<String, Bytes> known) {
      List<Part> parts = new ArrayList<>(List.of(new Part.Fixed(Bytes.utf8("ok "))));
      if (known.containsKey("x")) {
        parts.add(new Part.Placeholder("x", new Part.Some()));
      }
      return line(Side.SERVER, parts, LineEnd.CRLF);
    }

    private static Step.Line line(Side side, List<Part> parts, LineEnd end) {
      Step.Notation notation = Step.Notation.TEXT;
      return new Step.Line(side, notation, PayloadRules.joined(parts), end, null);
    }

    private Step.Line take(Map<String, Bytes> known) {
      List<Part> parts = new ArrayList<>();
      List<Bytes> bytes = new ArrayList<>();
      int size = dice.roll(4);
      for (int i = 0; i < size; i++) {
        fixed(dice.pick(WORDS), parts, bytes);
        if (dice.oneIn(2)) {
          placeholder(known, parts, bytes);
        }
      }
      LineEnd end = dice.oneIn(5) ? LineEnd.NONE : dice.oneIn(5) ? LineEnd.LF : LineEnd.CRLF;
      if (end == LineEnd.NONE) {
        fixed("!", parts, bytes);
      }
      bytes.add(end.bytes());
      sent.addAll(bytes);
      return line(Side.CLIENT, parts, end);
    }

    private static void fixed(String text, List<Part> parts, List<Bytes> bytes) {
      if (!text.isEmpty()) {
        parts.add(new Part.Fixed(Bytes.utf8(text)));
        bytes.add(Bytes.utf8(text));
      }
    }

    private void placeholder(Map<String, Bytes> known, List<Part> parts, List<Bytes> bytes) {
      String name = dice.pick(NAMES);
      boolean counted = dice.oneIn(3);
      Part.Shape shape = counted ? new Part.Count(1 + dice.roll(6)) : new Part.Some();
      if (!counted && dice.oneIn(2)) {
        shape = new Part.Regex("[0-9]+");
      }
      Bytes value = known.get(name);
      if (value == null) {
        value = counted ? raw(((Part.Count) shape).bytes()) : digits();
        if (!name.equals("*")) {
          known.put(name, value);
        }
      }
      parts.add(new Part.Placeholder(name, shape));
      bytes.add(value);
      fixed(";", parts, bytes);
    }

    private Bytes digits() {
      return Bytes.utf8(String.valueOf(dice.roll(10_000)));
    }

    /** Returns bytes among which line ends are no rarity. */
    private Bytes raw(int size) {
      byte[] bytes = new byte[size];
      for (int i = 0; i < size; i++) {
        bytes[i] = (byte) (int) dice.pick(List.of(65, 10, 13, 59, 255, 195, 169, 33));
      }
      return Bytes.of(bytes);
    }

    private void rest(Map<String, Bytes> known, List<Step> steps) {
      steps.add(new Step.Rest(Side.CLIENT, null));
      int lines = dice.roll(3);
      for (int i = 0; i < lines; i++) {
        sent.add(Bytes.utf8("#" + dice.pick(WORDS) + "\r\n"));
      }
      steps.add(take(known));
    }

    private void repeat(int depth, Map<String, Bytes> known, List<Step> steps) {
      int passes = 1 + dice.roll(3);
      int from = sent.size();
      // Names of a pass end with it, so each pass may send the same.
      Map<String, Bytes> inside = new HashMap<>(known);
      List<Step> block = new ArrayList<>(List.of(take(inside)));
      if (dice.oneIn(2)) {
        block.addAll(block(depth + 1, inside));
      }
      List<Bytes> pass = List.copyOf(sent.subList(from, sent.size()));
      for (int i = 1; i < passes; i++) {
        sent.addAll(pass);
      }
      steps.add(new Step.Repeat(passes, block));
    }

    private void when(int depth, Map<String, Bytes> known, List<Step> steps) {
      int branches = 1 + dice.roll(3);
      int chosen = dice.roll(branches);
      for (int i = 0; i < branches; i++) {
        int from = sent.size();
        Map<String, Bytes> inside = new HashMap<>(known);
        List<Part> tag = List.of(new Part.Fixed(Bytes.utf8("BRANCH" + "123".substring(i, i + 1))));
        List<Step> branch = new ArrayList<>(List.of(line(Side.CLIENT, tag, LineEnd.CRLF)));
        sent.add(Bytes.utf8("BRANCH" + "123".charAt(i) + "\r\n"));
        branch.addAll(block(depth + 1, inside));
        if (i != chosen) {
          sent.subList(from, sent.size()).clear();
        }
        steps.add(new Step.When(branch));
      }
      // The next branches would be alternatives of these.
      steps.add(new Step.Mark("below"));
    }

    private void anyOrder(List<Step> steps) {
      boolean rest = dice.oneIn(2);
      List<Step> lines = new ArrayList<>();
      List<Bytes> ordered = new ArrayList<>();
      int size = 1 + dice.roll(3);
      for (int i = 0; i < size; i++) {
        String text = "H" + i + ": ";
        String value = String.valueOf(dice.roll(100));
        List<Part> parts =
            List.of(new Part.Fixed(Bytes.utf8(text)), new Part.Placeholder("*", new Part.Some()));
        lines.add(line(Side.CLIENT, parts, LineEnd.CRLF));
        ordered.add(dice.roll(i + 1), Bytes.utf8(text + value + "\r\n"));
        if (rest && dice.oneIn(2)) {
          ordered.add(dice.roll(ordered.size() + 1), Bytes.utf8("other\r\n"));
        }
      }
      if (rest) {
        lines.add(new Step.Rest(Side.CLIENT, null));
      }
      sent.addAll(ordered);
      steps.add(new Step.AnyOrder(lines));
      List<Part> end = List.of(new Part.Fixed(Bytes.utf8("over")));
      steps.add(line(Side.CLIENT, end, LineEnd.CRLF));
      sent.add(Bytes.utf8("over\r\n"));
    }
  }
}
