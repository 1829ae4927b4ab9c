package dev.partyline.junit5.internal.jupiter;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The clients that JUnit closes when a test has ended, because they are arguments of
 * {@code @ParameterizedTest}.
 *
 * <p>JUnit does so after scripts and leaks are judged. So they are closed before; closing them
 * again has no effect.
 */
public final class AutoClosedArguments {
  /** Comes with JUnit's optional module, from 5.13 on; ours cannot read it on the class path. */
  private static final boolean KNOWN =
      ReflectionSupport.tryToLoadClass("org.junit.jupiter.params.support.ParameterInfo")
          .toOptional()
          .filter(type -> AutoClosedArguments.class.getModule().canRead(type.getModule()))
          .isPresent();

  private final List<AutoCloseable> arguments;

  private AutoClosedArguments(List<AutoCloseable> arguments) {
    this.arguments = arguments;
  }

  /** Returns those of a test; none if this is a class. */
  public static AutoClosedArguments of(ExtensionContext context) {
    return new AutoClosedArguments(KNOWN ? ParameterizedArguments.closedBy(context) : List.of());
  }

  boolean isEmpty() {
    return arguments.isEmpty();
  }

  /** Closes them, and returns the errors. */
  public List<AssertionError> close() {
    List<AssertionError> problems = new ArrayList<>();
    for (AutoCloseable each : arguments) {
      AutoClosedFields.close("the argument " + each.getClass().getSimpleName(), each, problems);
    }
    return problems;
  }
}
