package dev.partyline.script.player;

import dev.partyline.script.LineEnd;
import dev.partyline.script.Part;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that each placeholder of what is expected has an end: else what it takes would depend on
 * how bytes were split.
 */
final class EndCheck {
  private final Script script;
  private final Set<String> knownNames;
  private final boolean endsWithDatagram;

  /**
   * Makes the check.
   *
   * @param knownNames the names that have a value, and so an end
   * @param endsWithDatagram whether the last line ends where its datagram does
   */
  EndCheck(Script script, Set<String> knownNames, boolean endsWithDatagram) {
    this.script = script;
    this.knownNames = new HashSet<>(knownNames);
    this.endsWithDatagram = endsWithDatagram;
  }

  /**
   * Checks the lines of an expectation.
   *
   * @throws ScriptException if a part has no clear end
   */
  void check(List<Step.Line> lines) {
    for (int i = 0; i < lines.size(); i++) {
      check(lines.get(i), endsWithDatagram && i == lines.size() - 1);
    }
  }

  private void check(Step.Line line, boolean endsMessage) {
    boolean hasEnd = endsMessage || line.end() != LineEnd.NONE;
    List<Part> parts = line.parts();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.isElastic() && !isKnown(part)) {
        boolean isFollowed =
            i + 1 < parts.size()
                ? parts.get(i + 1) instanceof Part.Fixed || isKnown(parts.get(i + 1))
                : hasEnd;
        if (line.notation() == Step.Notation.HEX) {
          throw script.error(
              line,
              WireParts.beginning(part),
              "expected a placeholder with a length, such as ${id:4 bytes}, or a name that has a"
                  + " value, in hex");
        } else if (!isFollowed) {
          throw script.error(
              line, WireParts.beginning(part), "this has no clear end: " + rule(part));
        }
      }
      if (part instanceof Part.Placeholder placeholder && placeholder.isCapturing()) {
        knownNames.add(placeholder.name());
      }
    }
  }

  private boolean isKnown(Part part) {
    return part instanceof Part.Placeholder placeholder && knownNames.contains(placeholder.name());
  }

  private static String rule(Part part) {
    return (part instanceof Part.BodyLength ? "${body-length}" : "a placeholder without a length")
        + " must be followed on its line by a fixed byte, by a name that has a value, or by the"
        + " line end";
  }
}
