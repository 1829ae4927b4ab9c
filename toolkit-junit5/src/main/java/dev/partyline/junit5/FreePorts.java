package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test several ports that nobody else has, each one above the one before.
 *
 * <pre>{@code
 * @FreePorts(3)
 * int[] brokers;
 * }</pre>
 *
 * <p>It stands on fields and parameters of type {@code int[]}, or {@link
 * dev.partyline.ports.PortLease}, of which {@link dev.partyline.ports.PortLease#ports} has them
 * all. The rest is as with {@link FreePort}.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface FreePorts {
  /** Returns how many, 1 to 1000. */
  int value();
}
