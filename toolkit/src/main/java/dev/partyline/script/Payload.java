package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for the parts of one line, shared by the parser and those who build lines in Java. */
final class Payload {
  static final String ELASTIC_RULE =
      "a placeholder without a length must be followed on its line by a fixed byte or by the line"
          + " end";

  static final Pattern MARK = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private Payload() {}

  /** Returns what is wrong with the parts, or null. */
  static @Nullable String wrong(Step.Notation notation, List<Part> parts, LineEnd end) {
    if (notation != Step.Notation.TEXT && end != LineEnd.NONE) {
      return "end (" + end + ") must be NONE in " + notation + ": only text has a line end";
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!stands(notation, parts.get(i))) {
        return "part (" + parts.get(i) + ") cannot stand in " + notation;
      }
      if (lacksEnd(parts, i, end)) {
        return parts.get(i) + ": " + ELASTIC_RULE;
      }
    }
    return notation == Step.Notation.FILE && parts.size() != 1
        ? "a line in FILE must have one part, the file"
        : null;
  }

  /** Whether a part takes as many bytes as it finds, and nothing says where they end. */
  static boolean lacksEnd(List<Part> parts, int index, LineEnd end) {
    Part part = parts.get(index);
    boolean elastic =
        part instanceof Part.Placeholder taken && taken.isElastic()
            || part instanceof Part.BodyLength;
    boolean ends =
        index + 1 < parts.size()
            ? parts.get(index + 1) instanceof Part.Fixed
            : end != LineEnd.NONE;
    return elastic && !ends;
  }

  private static boolean stands(Step.Notation notation, Part part) {
    return switch (notation) {
      case TEXT -> !(part instanceof Part.AnyByte || part instanceof Part.File);
      case HEX ->
          part instanceof Part.Fixed
              || part instanceof Part.AnyByte
              || part instanceof Part.Placeholder taken && !taken.isElastic();
      case FILE -> part instanceof Part.File;
    };
  }

  static void requirePositive(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time (" + time + ") must be above 0");
    }
  }

  static void requireMark(String name) {
    if (!MARK.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "mark (" + name + ") must be letters, digits, '_', '.' and '-', such as ready");
    }
  }

  /** Returns the parts with neighbouring fixed bytes made one, and empty ones left out. */
  static List<Part> joined(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      int last = joined.size() - 1;
      if (part instanceof Part.Fixed fixed) {
        Bytes bytes = fixed.bytes();
        if (last >= 0 && joined.get(last) instanceof Part.Fixed before) {
          joined.set(last, new Part.Fixed(before.bytes().plus(bytes)));
        } else if (!bytes.isEmpty()) {
          joined.add(part);
        }
      } else {
        joined.add(part);
      }
    }
    return joined;
  }
}
