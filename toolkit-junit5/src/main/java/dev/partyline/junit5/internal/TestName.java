package dev.partyline.junit5.internal;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What messages call a test, or a class. */
final class TestName {
  private TestName() {}

  /** Returns {@code ShopTest.ships()}, followed by the name of an invocation. */
  static String of(ExtensionContext context) {
    String className =
        context.getTestClass().map(Class::getName).orElseGet(context::getDisplayName);
    String displayName = context.getDisplayName();
    return className.substring(className.lastIndexOf('.') + 1)
        + context
            .getTestMethod()
            .map(Method::getName)
            .map(
                name ->
                    "."
                        + (displayName.startsWith(name + "(")
                            ? displayName
                            : name + "() " + displayName))
            .orElse("");
  }
}
