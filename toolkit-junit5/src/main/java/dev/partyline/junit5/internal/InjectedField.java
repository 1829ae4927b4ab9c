package dev.partyline.junit5.internal;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The place of a field that we fill and clear again.
 *
 * @param field the field
 * @param instance the test instance that has it; null for a static field
 */
public record InjectedField(Field field, @Nullable Object instance) {

  /** Rejects a field that cannot be filled without a loss to somebody. */
  public void requireUnset(InjectionPoint injectionPoint) {
    if (Modifier.isFinal(field.getModifiers())) {
      throw injectionPoint.configurationError("must not be final");
    }
    // On a static field or a PER_CLASS instance it may also be a test that runs beside this one.
    Optional<Object> value = ReflectionSupport.tryToReadFieldValue(field, instance).toOptional();
    if (value.isPresent() && !value.equals(Optional.ofNullable(defaultValue()))) {
      throw injectionPoint.configurationError(
          "must have no value of its own, nor be shared by tests that run at the same time, but is "
              + value.get());
    }
  }

  /** Makes it what it was before. */
  public void clear() {
    set(defaultValue());
  }

  /** Returns what is in a field that nobody has filled: a number is 0. */
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
