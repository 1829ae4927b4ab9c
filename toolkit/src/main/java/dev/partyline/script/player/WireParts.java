package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.PartVisitor;
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
    List<Bytes> fixed = new ArrayList<>();
    for (Step.Line line : lines) {
      for (Part part : line.parts()) {
        Bytes content = part.content();
        if (content == null) {
          addFixed(fixed, parts);
          parts.add(part);
        } else {
          fixed.add(content);
        }
      }
      fixed.add(line.end().bytes());
    }
    addFixed(fixed, parts);
    return List.copyOf(parts);
  }

  /** Adds neighbouring fixed bytes as one part, unless there are none. */
  private static void addFixed(List<Bytes> fixed, List<Part> parts) {
    Bytes bytes = Bytes.join(fixed);
    if (!bytes.isEmpty()) {
      parts.add(new Part.Fixed(bytes));
    }
    fixed.clear();
  }

  /** Returns what the lines take where they are expected: only fixed bytes and placeholders. */
  static List<Part> pattern(List<Step.Line> lines) {
    List<Part> parts = new ArrayList<>();
    ToPattern toPattern = new ToPattern();
    for (Part part : of(lines)) {
      parts.add(part.accept(toPattern));
    }
    return List.copyOf(parts);
  }

  /** Returns how a part that is no bytes begins in a script, so that an error can point at it. */
  static String beginning(Part part) {
    if (part instanceof Part.Placeholder placeholder) {
      return "${" + placeholder.name();
    }
    return part instanceof Part.AnyByte ? "??" : "${body-length}";
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
