package dev.partyline.junit5;

import static java.util.stream.Collectors.joining;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Checks that no annotation of ours stands where it would have no effect. */
final class Placement {
  private static final List<Class<? extends Annotation>> VALUES =
      List.of(
          FreePort.class,
          FreePorts.class,
          ScriptedListener.class,
          ScriptedClient.class,
          Tapped.class,
          TappedEnvironment.class);

  private static final List<Class<? extends Annotation>> ENDPOINTS =
      List.of(Tapped.class, ScriptedListener.class, ScriptedClient.class);

  private Placement() {}

  /** Returns whether a field or parameter gets its value from us. */
  static boolean hasValue(AnnotatedElement element) {
    return VALUES.stream().anyMatch(type -> AnnotationSupport.isAnnotated(element, type));
  }

  /** Checks a field or parameter. */
  static void checkValue(AnnotatedElement element) {
    List<Class<? extends Annotation>> present =
        VALUES.stream().filter(type -> AnnotationSupport.isAnnotated(element, type)).toList();
    if (present.size() > 1) {
      throw InjectionPoint.of(present.get(0), element)
          .configurationError(
              "must not have @"
                  + present.get(1).getSimpleName()
                  + " too: it can be one thing only, so use another field or parameter");
    }
    requireBeside(Cassette.class, element, List.of(Tapped.class));
    requireBeside(InWeather.class, element, ENDPOINTS);
  }

  private static void requireBeside(
      Class<? extends Annotation> type,
      AnnotatedElement element,
      List<Class<? extends Annotation>> others) {
    if (AnnotationSupport.isAnnotated(element, type)
        && others.stream().noneMatch(other -> AnnotationSupport.isAnnotated(element, other))) {
      String names =
          others.stream().map(other -> "@" + other.getSimpleName()).collect(joining(" or "));
      throw InjectionPoint.of(type, element).configurationError("must stand beside " + names);
    }
  }

  /** What is on a component of a record is on its accessor too. */
  private static boolean isAccessor(Method method) {
    return method.getDeclaringClass().isRecord()
        && Stream.of(method.getDeclaringClass().getRecordComponents())
            .anyMatch(component -> method.equals(component.getAccessor()));
  }

  /** Checks the fields and methods of a test class. */
  static void checkMembers(Class<?> testClass) {
    ReflectionSupport.findFields(testClass, field -> true, HierarchyTraversalMode.TOP_DOWN)
        .forEach(Placement::checkValue);
    for (Method method :
        AnnotationSupport.findAnnotatedMethods(
            testClass, InWeather.class, HierarchyTraversalMode.TOP_DOWN)) {
      if (!AnnotationSupport.isAnnotated(method, Testable.class) && !isAccessor(method)) {
        throw InjectionPoint.of(InWeather.class, method)
            .configurationError(
                "is on no test: put it on the test, whose @BeforeEach and @AfterEach methods are"
                    + " in its weather too, on the class, or beside what makes a tap, a listener or"
                    + " a client");
      }
    }
  }
}
