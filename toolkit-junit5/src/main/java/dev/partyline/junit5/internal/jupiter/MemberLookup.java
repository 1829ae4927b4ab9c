package dev.partyline.junit5.internal.jupiter;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Finds members that an annotation names: fields, and methods without parameters.
 *
 * @param testClass the class to look in first, then in those around it
 * @param instances the instances of these classes, the outermost first; none if only static members
 *     can be read
 */
public record MemberLookup(Class<?> testClass, List<Object> instances) {
  private static final String ORDER =
      "annotated fields are set before @BeforeEach methods run, and parameters of the test after"
          + " them; so use a parameter, or give the server a port with @FreePort, to which a field"
          + " can refer";

  /**
   * Returns the value of the nearest member of a name whose value can be converted.
   *
   * @param injectionPoint the element with the annotation
   * @param attribute the attribute that contains the name
   * @param name the name
   * @param expected what is expected, in words
   * @param conversion converts a value to that, if possible
   */
  public <T> T value(
      InjectionPoint injectionPoint,
      String attribute,
      String name,
      String expected,
      Function<Object, Optional<T>> conversion) {
    String problem =
        testClass.getSimpleName()
            + " has no field and no method without parameters of that name"
            + injectionPoint.hint(name);
    for (Member member : candidates(name).toList()) {
      if (!Modifier.isStatic(member.getModifiers()) && receiver(member) == null) {
        problem = "there is no test instance yet: it must be static";
        continue;
      }
      Object value = read(injectionPoint, attribute, member);
      Optional<T> result =
          value == null || isUnset(value) ? Optional.empty() : conversion.apply(value);
      if (result.isPresent()) {
        return result.get();
      }
      problem =
          value == null || isUnset(value)
              ? "it is " + value + " at this time: " + ORDER
              : "it must give " + expected + ", and gives " + value.getClass().getTypeName();
    }
    throw injectionPoint.configurationError(
        String.format("has %s = \"%s\", but %s", attribute, name, problem));
  }

  /** Whether it is the value of something that has not started yet. */
  private static boolean isUnset(Object value) {
    return value.equals(0)
        || (value instanceof InetSocketAddress address && address.getPort() == 0);
  }

  /** Returns the members of a name, the nearest first: a field and a method may share it. */
  private Stream<Member> candidates(String name) {
    return Stream.<Class<?>>iterate(testClass, type -> type != null, Class::getEnclosingClass)
        // The class around an inherited @Nested class may itself have been extended.
        .map(type -> instanceOf(type).<Class<?>>map(Object::getClass).orElse(type))
        .flatMap(
            type ->
                Stream.<AccessibleObject>concat(
                    ReflectionSupport.streamFields(
                        type,
                        field -> field.getName().equals(name),
                        HierarchyTraversalMode.BOTTOM_UP),
                    ReflectionSupport.findMethod(type, name, new Class<?>[0]).stream()))
        .map(Member.class::cast);
  }

  private @Nullable Object read(InjectionPoint injectionPoint, String attribute, Member member) {
    if (member instanceof Field field) {
      return ReflectionSupport.tryToReadFieldValue(field, receiver(member))
          .toOptional()
          .orElse(null);
    }
    try {
      return ReflectionSupport.invokeMethod((Method) member, receiver(member));
    } catch (RuntimeException e) {
      throw injectionPoint.configurationError(
          String.format(
              "has %s = \"%s\", but the method failed: %s; %s",
              attribute, member.getName(), e, ORDER),
          e);
    }
  }

  private @Nullable Object receiver(Member member) {
    return instanceOf(member.getDeclaringClass()).orElse(null);
  }

  private Optional<Object> instanceOf(Class<?> type) {
    return instances.stream().filter(type::isInstance).reduce((outer, inner) -> inner);
  }
}
