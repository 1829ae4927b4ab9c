package dev.partyline.script.player;

import dev.partyline.script.Choices;
import dev.partyline.script.LineEnd;
import dev.partyline.script.Part;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptGenerator;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A script that a server can play, and what a client that follows it sends.
 *
 * @param script the script
 * @param clientBytes all that the client sends
 */
record GeneratedDialogue(Script script, Bytes clientBytes) {
  static GeneratedDialogue of(Choices choices) {
    Writer writer = new Writer(choices);
    List<Step> steps = writer.block(0, new HashMap<>());
    return new GeneratedDialogue(Script.of(steps), Bytes.join(writer.clientBytes));
  }

  /** Writes a script together with what its client sends. */
  private static final class Writer {
    private static final List<String> WORDS =
        List.of("a", "b", "ab", "GET", "GOT", "\u00e9", "x=1", "END", "\r", "}", "");
    private static final List<String> NAMES = List.of("x", "y", "z", "*");

    private final Choices choices;
    private final List<Bytes> clientBytes = new ArrayList<>();

    Writer(Choices choices) {
      this.choices = choices;
    }

    private List<Step> block(int depth, Map<String, Bytes> knownValues) {
      List<Step> steps = new ArrayList<>();
      int size = 1 + choices.choose(4);
      for (int i = 0; i < size; i++) {
        step(depth, knownValues, steps);
      }
      return steps;
    }

    private void step(int depth, Map<String, Bytes> knownValues, List<Step> steps) {
      switch (choices.choose(depth < 2 ? 11 : 6)) {
        case 0, 1, 2 -> steps.add(clientLine(knownValues));
        case 3 -> steps.add(serverLine(knownValues));
        case 4 -> anyLines(knownValues, steps);
        case 5 -> steps.add(new Step.Mark("here"));
        case 6 -> repeat(depth, knownValues, steps);
        case 7, 8 -> when(depth, knownValues, steps);
        case 9 -> anyOrder(steps);
        default -> {
          Map<String, Bytes> valuesBefore = new HashMap<>(knownValues);
          List<Step> interleaved =
              new ArrayList<>(List.of(serverLine(valuesBefore), clientLine(knownValues)));
          interleaved.add(serverLine(valuesBefore));
          interleaved.add(clientLine(knownValues));
          steps.add(new Step.Together(interleaved));
        }
      }
    }

    private Step serverLine(Map<String, Bytes> knownValues) {
      List<Part> parts = new ArrayList<>(List.of(new Part.Fixed(Bytes.utf8("ok "))));
      if (knownValues.containsKey("x")) {
        parts.add(new Part.Placeholder("x", new Part.AnyText()));
      }
      return line(Side.SERVER, parts, LineEnd.CRLF);
    }

    private static Step.Line line(Side side, List<Part> parts, LineEnd end) {
      Step.Notation notation = Step.Notation.TEXT;
      return new Step.Line(side, notation, ScriptGenerator.joinFixed(parts), end, null);
    }

    private Step.Line clientLine(Map<String, Bytes> knownValues) {
      List<Part> parts = new ArrayList<>();
      List<Bytes> bytes = new ArrayList<>();
      int size = choices.choose(4);
      for (int i = 0; i < size; i++) {
        fixed(choices.pick(WORDS), parts, bytes);
        if (choices.oneIn(2)) {
          placeholder(knownValues, parts, bytes);
        }
      }
      LineEnd end = choices.oneIn(5) ? LineEnd.NONE : choices.oneIn(5) ? LineEnd.LF : LineEnd.CRLF;
      if (end == LineEnd.NONE) {
        fixed("!", parts, bytes);
      }
      bytes.add(end.bytes());
      clientBytes.addAll(bytes);
      return line(Side.CLIENT, parts, end);
    }

    private static void fixed(String text, List<Part> parts, List<Bytes> bytes) {
      if (!text.isEmpty()) {
        parts.add(new Part.Fixed(Bytes.utf8(text)));
        bytes.add(Bytes.utf8(text));
      }
    }

    private void placeholder(Map<String, Bytes> knownValues, List<Part> parts, List<Bytes> bytes) {
      String name = choices.pick(NAMES);
      boolean counted = choices.oneIn(3);
      Part.Constraint constraint =
          counted ? new Part.Count(1 + choices.choose(6)) : new Part.AnyText();
      if (!counted && choices.oneIn(2)) {
        constraint = new Part.Regex("[0-9]+");
      }
      Bytes value = knownValues.get(name);
      if (value == null) {
        value = counted ? raw(((Part.Count) constraint).bytes()) : digits();
        if (!name.equals("*")) {
          knownValues.put(name, value);
        }
      }
      parts.add(new Part.Placeholder(name, constraint));
      bytes.add(value);
      fixed(";", parts, bytes);
    }

    private Bytes digits() {
      return Bytes.utf8(String.valueOf(choices.choose(10_000)));
    }

    /** Returns bytes with many line ends among them. */
    private Bytes raw(int size) {
      byte[] bytes = new byte[size];
      for (int i = 0; i < size; i++) {
        bytes[i] = (byte) (int) choices.pick(List.of(65, 10, 13, 59, 255, 195, 169, 33));
      }
      return Bytes.of(bytes);
    }

    private void anyLines(Map<String, Bytes> knownValues, List<Step> steps) {
      steps.add(new Step.AnyLines(Side.CLIENT, null));
      int lines = choices.choose(3);
      for (int i = 0; i < lines; i++) {
        clientBytes.add(Bytes.utf8("#" + choices.pick(WORDS) + "\r\n"));
      }
      steps.add(clientLine(knownValues));
    }

    private void repeat(int depth, Map<String, Bytes> knownValues, List<Step> steps) {
      int iterations = 1 + choices.choose(3);
      int start = clientBytes.size();
      // Names end with their pass, so each pass may send the same.
      Map<String, Bytes> innerValues = new HashMap<>(knownValues);
      List<Step> block = new ArrayList<>(List.of(clientLine(innerValues)));
      if (choices.oneIn(2)) {
        block.addAll(block(depth + 1, innerValues));
      }
      List<Bytes> iteration = List.copyOf(clientBytes.subList(start, clientBytes.size()));
      for (int i = 1; i < iterations; i++) {
        clientBytes.addAll(iteration);
      }
      steps.add(new Step.Repeat(iterations, block));
    }

    private void when(int depth, Map<String, Bytes> knownValues, List<Step> steps) {
      int branches = 1 + choices.choose(3);
      int chosenBranch = choices.choose(branches);
      for (int i = 0; i < branches; i++) {
        int start = clientBytes.size();
        Map<String, Bytes> innerValues = new HashMap<>(knownValues);
        List<Part> tag = List.of(new Part.Fixed(Bytes.utf8("BRANCH" + "123".substring(i, i + 1))));
        List<Step> branch = new ArrayList<>(List.of(line(Side.CLIENT, tag, LineEnd.CRLF)));
        clientBytes.add(Bytes.utf8("BRANCH" + "123".charAt(i) + "\r\n"));
        branch.addAll(block(depth + 1, innerValues));
        if (i != chosenBranch) {
          clientBytes.subList(start, clientBytes.size()).clear();
        }
        steps.add(new Step.When(branch));
      }
      // Without it, the next branches would be alternatives of these.
      steps.add(new Step.Mark("below"));
    }

    private void anyOrder(List<Step> steps) {
      boolean hasAnyLines = choices.oneIn(2);
      List<Step> lines = new ArrayList<>();
      List<Bytes> ordered = new ArrayList<>();
      int size = 1 + choices.choose(3);
      for (int i = 0; i < size; i++) {
        String text = "H" + i + ": ";
        String value = String.valueOf(choices.choose(100));
        List<Part> parts =
            List.of(
                new Part.Fixed(Bytes.utf8(text)), new Part.Placeholder("*", new Part.AnyText()));
        lines.add(line(Side.CLIENT, parts, LineEnd.CRLF));
        ordered.add(choices.choose(i + 1), Bytes.utf8(text + value + "\r\n"));
        if (hasAnyLines && choices.oneIn(2)) {
          ordered.add(choices.choose(ordered.size() + 1), Bytes.utf8("other\r\n"));
        }
      }
      if (hasAnyLines) {
        lines.add(new Step.AnyLines(Side.CLIENT, null));
      }
      clientBytes.addAll(ordered);
      steps.add(new Step.AnyOrder(lines));
      List<Part> end = List.of(new Part.Fixed(Bytes.utf8("over")));
      steps.add(line(Side.CLIENT, end, LineEnd.CRLF));
      clientBytes.add(Bytes.utf8("over\r\n"));
    }
  }
}
