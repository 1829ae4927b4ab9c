package dev.partyline.script.transcript;

import dev.partyline.script.Part;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What rules about varying parts do not reach: a replay may fail there, so the script says it. */
final class VaryingNotes {
  private static final Pattern LENGTH_OF_BODY =
      Pattern.compile("(?i)content-length: *\\d+|transfer-encoding:.*chunked");

  /** That of Redis (RESP). */
  private static final Pattern LENGTH_OF_BULK = Pattern.compile("\\$\\d+");

  private final Set<String> notes = new LinkedHashSet<>();
  private final List<Conversation> conversations = new ArrayList<>();
  private final List<Map<Bytes, String>> boundNames = new ArrayList<>();
  private final Set<String> fittedRules = new LinkedHashSet<>();

  /** Takes a connection, whose lines have all been made. */
  void add(Conversation conversation, VaryingLines lines, List<Step> steps) {
    conversations.add(conversation);
    boundNames.add(lines.boundNames());
    fittedRules.addAll(lines.fittedRules());
    for (String name : lines.boundNames().values()) {
      if (isCounted(name, steps)) {
        notes.add(
            "${"
                + name
                + "} of connection "
                + conversations.size()
                + " is in what a length before it counts, which stays as it was recorded");
      }
    }
  }

  /** Returns a line for each thing to know. */
  Set<String> lines(VaryingParts varying) {
    Set<String> result = new LinkedHashSet<>();
    for (String rule : varying.lines()) {
      if (!fittedRules.contains(rule)) {
        result.add("No line fits varying (" + rule.strip().replaceAll("\\s+", " ") + ")");
      }
    }
    for (int i = 0; i < conversations.size(); i++) {
      for (int other = 0; other < conversations.size(); other++) {
        if (i != other) {
          addShared(result, i, other);
        }
      }
    }
    result.addAll(notes);
    return result;
  }

  private void addShared(Set<String> result, int index, int other) {
    boundNames
        .get(index)
        .forEach(
            (value, name) -> {
              if (!boundNames.get(other).containsKey(value)
                  && isIn(conversations.get(other), value)) {
                result.add(
                    "${"
                        + name
                        + "} of connection "
                        + (index + 1)
                        + " is also on connection "
                        + (other + 1)
                        + ", where it stays as it was recorded");
              }
            });
  }

  private static boolean isIn(Conversation conversation, Bytes value) {
    for (Side side : Side.values()) {
      if (!VaryingLines.standing(conversation.bytes(side), value).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a name stands in what a length before it counts. */
  private static boolean isCounted(String name, List<Step> steps) {
    boolean hasLength = false;
    boolean isBody = false;
    boolean isBulk = false;
    Side side = Side.CLIENT;
    for (Step step : steps) {
      if (!(step instanceof Step.Line line)) {
        continue;
      }
      boolean isSameMessage = line.side() == side;
      side = line.side();
      hasLength &= isSameMessage;
      isBody = isSameMessage && (isBody || hasLength && line.parts().isEmpty());
      isBulk &= isSameMessage;
      if ((isBody || isBulk) && has(line, name)) {
        return true;
      }
      String text = text(line);
      hasLength |= LENGTH_OF_BODY.matcher(text).matches();
      isBulk = LENGTH_OF_BULK.matcher(text).matches();
    }
    return false;
  }

  private static boolean has(Step.Line line, String name) {
    return line.parts().stream()
        .anyMatch(part -> part instanceof Part.Placeholder each && each.name().equals(name));
  }

  private static String text(Step.Line line) {
    return line.parts().size() == 1 && line.parts().get(0) instanceof Part.Fixed fixed
        ? new String(fixed.bytes().toArray(), StandardCharsets.ISO_8859_1)
        : "";
  }
}
