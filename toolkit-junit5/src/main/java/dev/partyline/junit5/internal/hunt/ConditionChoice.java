package dev.partyline.junit5.internal.hunt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which conditions the parameters of the run ask for.
 *
 * @param only the names of those that are run; empty for all
 * @param except the names of those that are left out
 */
public record ConditionChoice(List<String> only, List<String> except) {
  public static final String ONLY_PARAMETER = "partyline.hunt.only";
  public static final String EXCEPT_PARAMETER = "partyline.hunt.except";

  /** Reads the parameters, each a list of names with commas between them. */
  public static ConditionChoice read(Function<String, Optional<String>> parameters) {
    return new ConditionChoice(
        names(parameters.apply(ONLY_PARAMETER)), names(parameters.apply(EXCEPT_PARAMETER)));
  }

  private static List<String> names(Optional<String> parameter) {
    return parameter.stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Returns whether a condition of this name is run. */
  public boolean includes(String name) {
    return (only.isEmpty() || only.contains(name)) && !except.contains(name);
  }

  /** Returns a line for each name that no test has. */
  public List<String> unknown(Set<String> names) {
    List<String> lines = new ArrayList<>();
    addUnknown(lines, ONLY_PARAMETER, only, names);
    addUnknown(lines, EXCEPT_PARAMETER, except, names);
    return lines;
  }

  private static void addUnknown(
      List<String> lines, String parameter, List<String> chosen, Set<String> names) {
    for (String name : chosen) {
      if (!names.contains(name)) {
        lines.add(
            parameter
                + " names the condition \""
                + name
                + "\", which no test has; there are "
                + names.stream().collect(Collectors.joining("\", \"", "\"", "\"")));
      }
    }
  }
}
