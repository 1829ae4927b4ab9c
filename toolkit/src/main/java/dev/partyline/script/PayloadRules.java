package dev.partyline.script;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for the parts of one line, for lines that are parsed or built in Java. */
final class PayloadRules {
  private static final Duration MAX_TIMESTAMP = Duration.ofNanos(Long.MAX_VALUE);

  private PayloadRules() {}

  /** Returns what is wrong with the parts, or null. */
  static @Nullable String problem(Step.Notation notation, List<Part> parts, LineEnd end) {
    if (notation != Step.Notation.TEXT && end != LineEnd.NONE) {
      return "end (" + end + ") must be NONE in " + notation + ": only text has a line end";
    }
    NotationCheck isAllowed = new NotationCheck(notation);
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).accept(isAllowed)) {
        return "part (" + parts.get(i) + ") cannot stand in " + notation;
      }
      if (lacksEnd(parts, i, end)) {
        return parts.get(i) + ": " + endRule(parts.get(i));
      }
    }
    if (notation == Step.Notation.FILE && parts.size() != 1) {
      return "a line in FILE must have one part, the file";
    }
    return notation == Step.Notation.HEX && parts.isEmpty()
        ? "a line in HEX must have a byte; a line of text without a line end may have none"
        : null;
  }

  /** Whether a part takes as many bytes as it finds, and nothing marks where they end. */
  static boolean lacksEnd(List<Part> parts, int index, LineEnd end) {
    boolean hasEnd =
        index + 1 < parts.size() ? parts.get(index + 1) instanceof Part.Fixed : end != LineEnd.NONE;
    return parts.get(index).isElastic() && !hasEnd;
  }

  /**
   * Returns what a part must be followed by: else the outcome would depend on how bytes were split.
   */
  static String endRule(Part part) {
    String what =
        part instanceof Part.BodyLength ? "${body-length}" : "a placeholder without a length";
    return what + " must be followed on its line by a fixed byte or by the line end";
  }

  /** Whether a part can stand in a line of this notation. */
  private record NotationCheck(Step.Notation notation) implements PartVisitor<Boolean> {
    @Override
    public Boolean visit(Part.Fixed fixed) {
      return notation != Step.Notation.FILE;
    }

    @Override
    public Boolean visit(Part.AnyByte anyByte) {
      return notation == Step.Notation.HEX;
    }

    @Override
    public Boolean visit(Part.File file) {
      return notation == Step.Notation.FILE;
    }

    @Override
    public Boolean visit(Part.BodyLength bodyLength) {
      return notation == Step.Notation.TEXT;
    }

    @Override
    public Boolean visit(Part.Placeholder placeholder) {
      return notation == Step.Notation.TEXT
          || (notation == Step.Notation.HEX && !placeholder.isElastic());
    }
  }

  /** Whether a time can be that of a chunk: a number of nanoseconds after the opening. */
  static boolean isTimestamp(@Nullable Duration timestamp) {
    return timestamp == null
        || (!timestamp.isNegative() && timestamp.compareTo(MAX_TIMESTAMP) <= 0);
  }

  static void requireTimestamp(@Nullable Duration timestamp) {
    if (!isTimestamp(timestamp)) {
      throw new IllegalArgumentException(
          "timestamp (" + timestamp + ") must be from 0 to " + MAX_TIMESTAMP);
    }
  }

  static void requireMark(String name) {
    if (!Identifiers.isMark(name)) {
      throw new IllegalArgumentException("mark (" + name + ") must be " + Identifiers.MARK_RULE);
    }
  }
}
