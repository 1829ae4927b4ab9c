package dev.partyline.junit5.internal.jupiter;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What may still act on the connections of a test after its method: {@code @AfterEach} methods,
 * fields with {@code @AutoClose}, arguments that JUnit closes, and callbacks of other extensions,
 * which may stop a client whose script ends with that.
 *
 * <p>A time-out counts too, because a wait at the end of the method would be part of its time.
 */
public final class LaterSteps {
  private static final Set<String> OWN_EXTENSIONS =
      Set.of("dev.partyline.junit5.ScriptedExtension", "dev.partyline.junit5.LeakExtension");

  /** JUnit's defaults for methods without {@code @Timeout}. */
  private static final List<String> TIMEOUT_PARAMETERS =
      Stream.of("", "testable.method.", "test.method.", "testtemplate.method.")
          .map(scope -> "junit.jupiter.execution.timeout." + scope + "default")
          .toList();

  private LaterSteps() {}

  public static boolean exist(ExtensionContext context) {
    List<Class<?>> classes =
        Stream.<Class<?>>iterate(
                context.getRequiredTestClass(), type -> type != null, LaterSteps::classAround)
            .toList();
    Method method = context.getRequiredTestMethod();
    return TIMEOUT_PARAMETERS.stream()
            .anyMatch(name -> context.getConfigurationParameter(name).isPresent())
        || hasAny(method)
        || !AutoClosedArguments.of(context).isEmpty()
        || Arrays.stream(method.getParameters()).anyMatch(LaterSteps::hasExtension)
        || classes.stream().anyMatch(type -> hasAny(type) || hasAnyMember(type, context));
  }

  /** The methods around a test are not run for one in a static class. */
  private static @Nullable Class<?> classAround(Class<?> type) {
    return ModifierSupport.isStatic(type) ? null : type.getEnclosingClass();
  }

  private static boolean hasAny(AnnotatedElement element) {
    return AnnotationSupport.isAnnotated(element, Timeout.class) || hasExtension(element);
  }

  private static boolean hasExtension(AnnotatedElement element) {
    return AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
        .flatMap(extendWith -> Arrays.stream(extendWith.value()))
        .anyMatch(LaterSteps::hasCallback);
  }

  private static boolean hasAnyMember(Class<?> type, ExtensionContext context) {
    return !AnnotationSupport.findAnnotatedMethods(
                type, AfterEach.class, HierarchyTraversalMode.TOP_DOWN)
            .isEmpty()
        || ReflectionSupport.streamFields(type, field -> true, HierarchyTraversalMode.TOP_DOWN)
            .anyMatch(field -> isClosedOrExtension(field, context));
  }

  private static boolean isClosedOrExtension(Field field, ExtensionContext context) {
    return AnnotationSupport.isAnnotated(field, AutoClose.class)
        || hasExtension(field)
        || (AnnotationSupport.isAnnotated(field, RegisterExtension.class)
            && hasCallback(extensionType(field, context)));
  }

  /** The type of the field may be an interface that does not tell what the extension does. */
  private static Class<?> extensionType(Field field, ExtensionContext context) {
    Object instance =
        context.getTestInstances().stream()
            .flatMap(all -> all.getAllInstances().stream())
            .filter(field.getDeclaringClass()::isInstance)
            .findFirst()
            .orElse(null);
    return ReflectionSupport.tryToReadFieldValue(field, instance)
        .toOptional()
        .<Class<?>>map(Object::getClass)
        .orElse(field.getType());
  }

  private static boolean hasCallback(Class<?> extension) {
    return !OWN_EXTENSIONS.contains(extension.getName())
        && (AfterEachCallback.class.isAssignableFrom(extension)
            || AfterTestExecutionCallback.class.isAssignableFrom(extension));
  }
}
