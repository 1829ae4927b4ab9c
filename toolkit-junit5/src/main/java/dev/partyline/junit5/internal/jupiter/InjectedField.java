package dev.partyline.junit5.internal.jupiter;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A field that is set for a test and cleared after it.
 *
 * @param field the field
 * @param instance the test instance that has it; null for a static field
 */
public record InjectedField(Field field, @Nullable Object instance) {

  /** Rejects a field that is final, or that has a value already. */
  public void requireUnset(InjectionPoint injectionPoint) {
    if (Modifier.isFinal(field.getModifiers())) {
      throw injectionPoint.configurationError("must not be final");
    }
    Optional<Object> value = ReflectionSupport.tryToReadFieldValue(field, instance).toOptional();
    if (value.isPresent() && !value.equals(Optional.ofNullable(defaultValue()))) {
      throw injectionPoint.configurationError(
          "is already set (to " + value.get() + "): do not initialize it");
    }
  }

  /** Returns the error that another test or class has the field at this time. */
  public ExtensionConfigurationException inUse(InjectionPoint injectionPoint, String owner) {
    return injectionPoint.configurationError(
        instance == null
            ? String.format(
                "is set for %s at this time: classes that inherit one static field must not run in"
                    + " parallel; put @Execution(SAME_THREAD) on %s, or give each class a field",
                owner, field.getDeclaringClass().getSimpleName())
            : String.format(
                "is set for %s at this time, whose test instance is the same: tests of a PER_CLASS"
                    + " class must not run in parallel; put @Execution(SAME_THREAD) on %s, or use a"
                    + " parameter of the test",
                owner, instance.getClass().getSimpleName()));
  }

  /** Sets the value that the field had before. */
  public void clear() {
    set(defaultValue());
  }

  /** Returns the value of a field that is not set: 0 for a number. */
  private @Nullable Object defaultValue() {
    return field.getType() == int.class ? Integer.valueOf(0) : null;
  }

  public void set(@Nullable Object value) {
    try {
      // JUnit may open what a test's module opens to JUnit alone.
      ReflectionSupport.makeAccessible(field).set(instance, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("field " + field + " was made accessible, and is not", e);
    }
  }

  /** Compares instances by identity, because those of a test class may be equal. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public boolean equals(@Nullable Object other) {
    return other instanceof InjectedField that
        && field.equals(that.field)
        && instance == that.instance;
  }

  @Override
  public int hashCode() {
    return 31 * field.hashCode() + System.identityHashCode(instance);
  }
}
