package dev.partyline.script.transcript;

import dev.partyline.script.Part;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The lengths of masked bulk strings of Redis (RESP, {@code $8}): a replay takes another password,
 * so it has to take its length.
 */
final class MaskedBulks {
  private static final Part ANY_LENGTH = new Part.Placeholder("*", new Part.Regex("[0-9]+"));
  private static final Part DOLLAR = new Part.Fixed(Bytes.utf8("$"));

  private MaskedBulks() {}

  /**
   * Returns the lines of a message in which the length of a bulk string may be any, if any may come
   * in its place.
   *
   * @param lines the lines with their placeholders
   * @param recorded the same without
   */
  static List<Step> withAnyLength(List<Step> lines, List<Step> recorded) {
    List<Step> result = new ArrayList<>(lines);
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i - 1) instanceof Step.Line length
          && lines.get(i) instanceof Step.Line value
          && recorded.get(i) instanceof Step.Line recordedValue
          && isAny(value)
          && isLength(length, size(recordedValue))) {
        result.set(
            i - 1,
            new Step.Line(
                length.side(),
                length.notation(),
                List.of(DOLLAR, ANY_LENGTH),
                length.end(),
                length.timestamp()));
      }
    }
    return result;
  }

  /** Returns whether the client may send any text as a line. */
  private static boolean isAny(Step.Line line) {
    return line.side() == Side.CLIENT
        && line.parts().size() == 1
        && line.parts().get(0) instanceof Part.Placeholder placeholder
        && placeholder.constraint() instanceof Part.AnyText;
  }

  private static int size(Step.Line line) {
    return line.parts().get(0) instanceof Part.Fixed fixed ? fixed.bytes().size() : 0;
  }

  private static boolean isLength(Step.Line line, int size) {
    return line.parts().equals(List.of(new Part.Fixed(Bytes.utf8("$" + size))));
  }
}
