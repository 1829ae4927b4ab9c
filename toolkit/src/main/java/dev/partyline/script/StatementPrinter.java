package dev.partyline.script;

import dev.partyline.internal.text.DurationText;
import dev.partyline.wire.Bytes;
import java.util.function.Function;

/** Prints a step as its statement, without its time and the block below it. */
final class StatementPrinter implements StepVisitor {
  private final StringBuilder text = new StringBuilder();

  private final Function<Bytes, String> hex;

  private StatementPrinter(Function<Bytes, String> hex) {
    this.hex = hex;
  }

  /**
   * Prints a step.
   *
   * @param hex prints the bytes of a line in hex
   */
  static String print(Step step, Function<Bytes, String> hex) {
    StatementPrinter printer = new StatementPrinter(hex);
    step.accept(printer);
    return printer.text.toString();
  }

  @Override
  public void visit(Step.Line line) {
    PartPrinter printer = new PartPrinter(line.notation(), hex);
    StringBuilder payload = new StringBuilder();
    for (Part part : line.parts()) {
      payload.append(part.accept(printer));
    }
    char mark =
        switch (line.notation()) {
          case TEXT -> line.end() == LineEnd.NONE ? '|' : ':';
          case HEX -> '#';
          case FILE -> '@';
        };
    String safe = protect(payload.toString(), line.notation());
    text.append(line.side().letter()).append(mark).append(safe.isEmpty() ? "" : " " + safe);
  }

  /** Returns the payload with what an editor would eat, or the language would misread, escaped. */
  private static String protect(String payload, Step.Notation notation) {
    if (notation != Step.Notation.TEXT) {
      return notation == Step.Notation.HEX ? payload.strip() : payload;
    }
    if (payload.equals("...")) {
      return "\\...";
    }
    return payload.endsWith(" ") ? payload.substring(0, payload.length() - 1) + "\\s" : payload;
  }

  @Override
  public void visit(Step.AnyLines anyLines) {
    text.append(anyLines.side().letter() + ": ...");
  }

  @Override
  public void visit(Step.Control control) {
    text.append(control.side().letter() + "! " + control.kind().word());
  }

  @Override
  public void visit(Step.Pause pause) {
    text.append("pause " + DurationText.literal(pause.time()));
  }

  @Override
  public void visit(Step.Within within) {
    text.append("within " + DurationText.literal(within.time()));
  }

  @Override
  public void visit(Step.StartTls startTls) {
    text.append("tls");
  }

  @Override
  public void visit(Step.Cut cut) {
    text.append("cut");
  }

  @Override
  public void visit(Step.Mark mark) {
    text.append("mark " + mark.name());
  }

  @Override
  public void visit(Step.Await await) {
    text.append("await " + await.name());
  }

  @Override
  public void visit(Step.ConnectionBlock block) {
    text.append(block.every() ? "every connection" : "connection");
  }

  @Override
  public void visit(Step.Repeat repeat) {
    text.append(repeat.times() == 0 ? "repeat" : "repeat " + repeat.times());
  }

  @Override
  public void visit(Step.When when) {
    text.append("when");
  }

  @Override
  public void visit(Step.AnyOrder anyOrder) {
    text.append("any order");
  }

  @Override
  public void visit(Step.Together together) {
    text.append("together");
  }

  private record PartPrinter(Step.Notation notation, Function<Bytes, String> hex)
      implements PartVisitor<String> {
    private boolean isHex() {
      return notation == Step.Notation.HEX;
    }

    @Override
    public String visit(Part.Fixed fixed) {
      return isHex() ? hex.apply(fixed.bytes()) : fixed.bytes().escaped();
    }

    @Override
    public String visit(Part.AnyByte anyByte) {
      return "?? ";
    }

    @Override
    public String visit(Part.File file) {
      return file.name();
    }

    @Override
    public String visit(Part.BodyLength bodyLength) {
      return "${" + Identifiers.BODY_LENGTH + "}";
    }

    @Override
    public String visit(Part.Placeholder placeholder) {
      String source = placeholder.constraint().source();
      String constraint = source.isEmpty() ? "" : ":" + source;
      return "${" + placeholder.name() + constraint + (isHex() ? "} " : "}");
    }
  }
}
