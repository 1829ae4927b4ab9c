package dev.partyline.junit5.internal.jupiter;

import dev.partyline.loopback.Client;
import java.io.Closeable;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The clients that JUnit closes when a test or class has ended, because they are in fields with
 * {@code @AutoClose}.
 *
 * <p>JUnit does so after scripts are judged, and a script that expects their end would wait for it
 * until its time is up. So they are closed before; closing them again has no effect.
 */
public final class AutoClosedFields {
  private static final String CLOSE = "close";

  private AutoClosedFields() {}

  /** Closes those of a test or of a class, and returns the errors. */
  public static List<AssertionError> close(ExtensionContext context) {
    List<AssertionError> problems = new ArrayList<>();
    boolean isPerMethod =
        context.getTestInstanceLifecycle().filter(Lifecycle.PER_METHOD::equals).isPresent();
    if (context.getTestMethod().isPresent()) {
      context.getTestInstances().filter(all -> isPerMethod).stream()
          .flatMap(all -> all.getAllInstances().stream())
          .forEach(instance -> close(instance.getClass(), instance, problems));
    } else {
      close(context.getRequiredTestClass(), null, problems);
      context
          .getTestInstance()
          .ifPresent(instance -> close(instance.getClass(), instance, problems));
    }
    return problems;
  }

  /** Closes the static fields of a class, or the others of an instance. */
  private static void close(
      Class<?> type, @Nullable Object instance, List<AssertionError> problems) {
    AnnotationSupport.findAnnotatedFields(
            type,
            AutoClose.class,
            field -> ModifierSupport.isStatic(field) == (instance == null) && isClosed(field))
        .forEach(field -> close(field, instance, problems));
  }

  private static boolean isClosed(Field field) {
    return AnnotationSupport.findAnnotation(field, AutoClose.class)
        .filter(annotation -> annotation.value().equals(CLOSE))
        .isPresent();
  }

  private static void close(Field field, @Nullable Object instance, List<AssertionError> problems) {
    ReflectionSupport.tryToReadFieldValue(field, instance)
        .toOptional()
        .ifPresent(value -> close(field.getName(), value, problems));
  }

  /** Closes a client, and adds the error. */
  static void close(String name, Object value, List<AssertionError> problems) {
    // Other types may mind being closed twice.
    if (value instanceof AutoCloseable client
        && (client instanceof Client || client instanceof Closeable)) {
      try {
        client.close();
      } catch (AssertionError e) {
        problems.add(e);
      } catch (Exception e) {
        problems.add(new AssertionError(name + " could not be closed: " + e, e));
      }
    }
  }
}
