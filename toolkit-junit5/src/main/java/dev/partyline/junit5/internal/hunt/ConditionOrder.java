package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.NetworkCondition;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Which conditions a test is run under by the parameters of the run, and which of them come first:
 * those under which it has failed before.
 */
public final class ConditionOrder {
  private final String test;
  private final ConditionChoice choice;
  private final FailedConditions failed;
  private final Set<String> failedBefore;

  private ConditionOrder(String test, ConditionChoice choice, FailedConditions failed) {
    this.test = test;
    this.choice = choice;
    this.failed = failed;
    this.failedBefore = failed.of(test);
  }

  /** Returns that of a test method. */
  public static ConditionOrder of(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    return new ConditionOrder(
        testName(
            context.getRequiredTestClass().getName(),
            method.getName(),
            Arrays.stream(method.getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(", "))),
        ConditionChoice.read(context::getConfigurationParameter),
        FailedConditions.of(
            context.getConfigurationParameter(FailedConditions.PARAMETER),
            text -> context.publishReportEntry("partyline", text)));
  }

  /** Returns what the file calls a test; arguments are not in it, because they may be secrets. */
  public static String testName(String className, String methodName, String parameterTypes) {
    return className + "." + methodName + "(" + parameterTypes + ")";
  }

  List<NetworkCondition> of(List<NetworkCondition> conditions) {
    return conditions.stream()
        .filter(each -> choice.includes(each.name()))
        .sorted(Comparator.comparing(each -> !failedBefore.contains(each.name())))
        .toList();
  }

  void onRun(NetworkCondition condition, boolean hasFailed) {
    if (hasFailed) {
      failed.add(test, condition.name());
    } else if (failedBefore.contains(condition.name())) {
      failed.remove(test, condition.name());
    }
  }
}
