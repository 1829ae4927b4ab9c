package dev.partyline.junit5.internal.jupiter;

import java.lang.reflect.Method;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What messages call a test, or a class. */
public final class TestName {
  private static final Pattern INVOCATION = Pattern.compile("-invocation:#(\\d+)]");

  private TestName() {}

  /** Returns {@code ShopTest$Abroad.ships()}, followed by the name of an invocation. */
  public static String of(ExtensionContext context) {
    String className =
        context.getTestClass().map(Class::getName).orElseGet(context::getDisplayName);
    return className.substring(className.lastIndexOf('.') + 1) + ofMethod(context);
  }

  /** Returns the same without the classes around, such as {@code Abroad.ships()}. */
  public static String ofInnermost(ExtensionContext context) {
    return context.getTestClass().map(Class::getSimpleName).orElse("") + ofMethod(context);
  }

  /**
   * Returns which invocation of a repeated or parameterized test or class this is, as 3, or 1-3 for
   * both; 1 for a test that has no others.
   */
  public static String invocation(ExtensionContext context) {
    String numbers =
        INVOCATION
            .matcher(context.getUniqueId())
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.joining("-"));
    return numbers.isEmpty() ? "1" : numbers;
  }

  private static String ofMethod(ExtensionContext context) {
    String displayName = context.getDisplayName();
    return context
        .getTestMethod()
        .map(Method::getName)
        .map(
            name ->
                "."
                    + (displayName.startsWith(name + "(")
                        ? displayName
                        : name + "() " + displayName)
                    + ofClassInvocations(context))
        .orElse("");
  }

  /** Returns with which arguments of a {@code @ParameterizedClass} the test runs. */
  private static String ofClassInvocations(ExtensionContext context) {
    return ContextChain.of(context)
        .filter(each -> each.getTestMethod().isEmpty() && isOfClassOfParent(each))
        .map(each -> " in " + each.getDisplayName())
        .collect(Collectors.joining());
  }

  private static boolean isOfClassOfParent(ExtensionContext context) {
    return context.getTestClass().isPresent()
        && context
            .getParent()
            .flatMap(ExtensionContext::getTestClass)
            .equals(context.getTestClass());
  }
}
