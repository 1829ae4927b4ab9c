package dev.partyline.junit5.internal.hunt;

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

  /**
   * Returns what is wrong with a name that no condition has; empty if nothing is.
   *
   * @param names those of all conditions
   */
  public Optional<String> problem(Set<String> names) {
    return problem(ONLY_PARAMETER, only, names).or(() -> problem(EXCEPT_PARAMETER, except, names));
  }

  private static Optional<String> problem(
      String parameter, List<String> chosen, Set<String> names) {
    return chosen.stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .map(
            name ->
                parameter
                    + " names the condition \""
                    + name
                    + "\", which there is not; there are "
                    + names.stream().collect(Collectors.joining("\", \"", "\"", "\"")));
  }

  /** Returns the names of those that are to be run, and that no test has. */
  public List<String> notHad(Set<String> names) {
    return only.stream().filter(name -> !names.contains(name)).toList();
  }
}
