package dev.partyline.junit5.internal;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * What may still act on the connections of a test after its method: {@code @AfterEach} methods,
 * fields with {@code @AutoClose}, and callbacks of other extensions, which may stop a client whose
 * script ends with that.
 *
 * <p>{@code @Timeout} counts too, because a wait at the end of the method would be part of its
 * time.
 */
final class LaterSteps {
  private static final Set<String> OWN_EXTENSIONS =
      Set.of("dev.partyline.junit5.ScriptedExtension", "dev.partyline.junit5.LeakExtension");

  private LaterSteps() {}

  static boolean exist(ExtensionContext context) {
    List<Class<?>> classes =
        Stream.<Class<?>>iterate(
                context.getRequiredTestClass(), type -> type != null, Class::getEnclosingClass)
            .toList();
    return hasAny(context.getRequiredTestMethod())
        || classes.stream().anyMatch(type -> hasAny(type) || hasAnyMember(type));
  }

  private static boolean hasAny(AnnotatedElement element) {
    return AnnotationSupport.isAnnotated(element, Timeout.class)
        || AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
            .flatMap(extendWith -> Arrays.stream(extendWith.value()))
            .anyMatch(LaterSteps::hasCallback);
  }

  private static boolean hasAnyMember(Class<?> type) {
    return !AnnotationSupport.findAnnotatedMethods(
                type, AfterEach.class, HierarchyTraversalMode.TOP_DOWN)
            .isEmpty()
        || !AnnotationSupport.findAnnotatedFields(type, AutoClose.class).isEmpty()
        || AnnotationSupport.findAnnotatedFields(type, RegisterExtension.class).stream()
            .anyMatch(field -> hasCallback(field.getType()));
  }

  private static boolean hasCallback(Class<?> extension) {
    return !OWN_EXTENSIONS.contains(extension.getName())
        && (AfterEachCallback.class.isAssignableFrom(extension)
            || AfterTestExecutionCallback.class.isAssignableFrom(extension));
  }
}
