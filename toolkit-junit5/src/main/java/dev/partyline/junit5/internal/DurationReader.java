package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads durations as a wire script does, because annotations and parameters write them alike. */
public final class DurationReader {
  /** What an error says after the text that was read. */
  public static final String RULE =
      "must be a time above 0 with its unit (ns, us, ms, s, m), such as 500ms";

  private DurationReader() {}

  /** Returns the duration that an attribute of an annotation has. */
  public static Duration read(InjectionPoint injectionPoint, String attribute, String text) {
    return read(text)
        .orElseThrow(
            () ->
                injectionPoint.configurationError(
                    "has " + attribute + " = \"" + text + "\", which " + RULE));
  }

  /** Returns the duration of a text such as {@code 500ms}; empty if it is not one. */
  public static Optional<Duration> read(String text) {
    try {
      List<Step> steps = Script.parse("pause " + text).steps();
      if (steps.size() == 1 && steps.get(0) instanceof Step.Pause pause) {
        return Optional.of(pause.time());
      }
    } catch (ScriptException e) {
      // Its line and column are meaningless in an annotation.
    }
    return Optional.empty();
  }
}
