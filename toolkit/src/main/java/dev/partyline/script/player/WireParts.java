package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.PartVisitor;
import dev.partyline.script.PayloadRules;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The bytes and placeholders that lines of a script are on the wire. */
final class WireParts {
  private static final Part DIGITS = new Part.Placeholder("*", new Part.Regex("[0-9]+"));
  private static final Part ONE_BYTE = new Part.Placeholder("*", new Part.Count(1));

  private WireParts() {}

  /** Returns the parts of the lines; their line ends are parts, files are their content. */
  static List<Part> of(List<Step.Line> lines) {
    List<Part> parts = new ArrayList<>();
    for (Step.Line line : lines) {
      for (Part part : line.parts()) {
        Bytes content = part.content();
        parts.add(content == null ? part : new Part.Fixed(content));
      }
      parts.add(new Part.Fixed(line.end().bytes()));
    }
    return List.copyOf(PayloadRules.joinFixed(parts));
  }

  /** Returns what the lines take where they are expected: only fixed bytes and placeholders. */
  static List<Part> pattern(List<Step.Line> lines) {
    return of(lines).stream().map(part -> part.accept(new ToPattern())).toList();
  }

  private static final class ToPattern implements PartVisitor<Part> {
    @Override
    public Part visit(Part.Fixed fixed) {
      return fixed;
    }

    @Override
    public Part visit(Part.AnyByte anyByte) {
      return ONE_BYTE;
    }

    @Override
    public Part visit(Part.File file) {
      return new Part.Fixed(file.content());
    }

    @Override
    public Part visit(Part.BodyLength bodyLength) {
      return DIGITS;
    }

    @Override
    public Part visit(Part.Placeholder placeholder) {
      return placeholder;
    }
  }
}
