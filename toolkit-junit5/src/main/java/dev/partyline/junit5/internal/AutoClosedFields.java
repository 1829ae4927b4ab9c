package dev.partyline.junit5.internal;

import dev.partyline.loopback.Client;
import java.io.Closeable;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The clients that JUnit closes when a test has ended, because they are in fields with
 * {@code @AutoClose}.
 *
 * <p>JUnit does so after scripts are judged, and a script that expects their end would wait for it
 * until its time is up. So they are closed before; closing them again has no effect.
 */
final class AutoClosedFields {
  private static final String CLOSE = "close";

  private AutoClosedFields() {}

  /** Closes them, unless they belong to the class, and returns the errors. */
  static List<AssertionError> close(ExtensionContext context) {
    List<AssertionError> problems = new ArrayList<>();
    if (context.getTestMethod().isEmpty()
        || context.getTestInstanceLifecycle().filter(Lifecycle.PER_METHOD::equals).isEmpty()) {
      return problems;
    }
    List<Object> instances =
        context.getTestInstances().map(all -> all.getAllInstances()).orElse(List.of());
    for (Object instance : instances) {
      for (Field field :
          AnnotationSupport.findAnnotatedFields(
              instance.getClass(), AutoClose.class, AutoClosedFields::isClosedOfInstance)) {
        close(field, instance, problems);
      }
    }
    return problems;
  }

  private static boolean isClosedOfInstance(Field field) {
    return ModifierSupport.isNotStatic(field)
        && AnnotationSupport.findAnnotation(field, AutoClose.class)
            .filter(annotation -> annotation.value().equals(CLOSE))
            .isPresent();
  }

  private static void close(Field field, Object instance, List<AssertionError> problems) {
    Object value = ReflectionSupport.tryToReadFieldValue(field, instance).toOptional().orElse(null);
    // Other types may mind being closed twice.
    if (value instanceof AutoCloseable client
        && (client instanceof Client || client instanceof Closeable)) {
      try {
        client.close();
      } catch (AssertionError e) {
        problems.add(e);
      } catch (Exception e) {
        problems.add(new AssertionError(field.getName() + " could not be closed: " + e, e));
      }
    }
  }
}
