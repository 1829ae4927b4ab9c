package dev.partyline.junit5.internal;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    // The value of a static field or a PER_CLASS instance may come from a test that runs in
    // parallel.
    Optional<Object> value = ReflectionSupport.tryToReadFieldValue(field, instance).toOptional();
    if (value.isPresent() && !value.equals(Optional.ofNullable(defaultValue()))) {
      throw injectionPoint.configurationError(
          "is already set (to "
              + value.get()
              + "): do not initialize it, and do not share it between tests that run in parallel");
    }
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
}
