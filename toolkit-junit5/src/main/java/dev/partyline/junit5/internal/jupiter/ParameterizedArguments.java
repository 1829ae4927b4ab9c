package dev.partyline.junit5.internal.jupiter;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.support.ParameterInfo;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The one place that touches JUnit's module for parameters, which need not be there. Since 5.14
 * {@code ParameterInfo} has another package as well; this one is there from 5.13 to 6.
 */
final class ParameterizedArguments {
  private ParameterizedArguments() {}

  /** Returns what JUnit closes with this test; it closes those of its class before the verdict. */
  static List<AutoCloseable> closedBy(ExtensionContext context) {
    ParameterInfo info = ParameterInfo.get(context);
    Method method = context.getTestMethod().orElse(null);
    // A test sees the arguments of its class, too.
    if (info == null
        || method == null
        || !info.getDeclarations().getSourceElement().equals(method)
        || !areClosed(method)) {
      return List.of();
    }
    return Stream.of(info.getArguments().toArray())
        .filter(AutoCloseable.class::isInstance)
        .map(AutoCloseable.class::cast)
        .toList();
  }

  private static boolean areClosed(Method method) {
    return AnnotationSupport.findAnnotation(method, ParameterizedTest.class)
        .filter(ParameterizedTest::autoCloseArguments)
        .isPresent();
  }
}
