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
    for (Part part : parts) {
      if (!part.accept(isAllowed)) {
        return "part (" + part + ") cannot stand in " + notation;
      }
    }
    if (notation == Step.Notation.FILE && parts.size() != 1) {
      return "a line in FILE must have one part, the file";
    }
    return notation == Step.Notation.HEX && parts.isEmpty()
        ? "a line in HEX must have a byte; a line of text without a line end may have none"
        : null;
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
      return notation != Step.Notation.FILE;
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
