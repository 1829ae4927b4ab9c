package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test several adjacent ports that no other process has.
 *
 * <pre>{@code
 * @FreePorts(3)
 * int[] brokers;
 * }</pre>
 *
 * <p>It can be on fields and parameters of type {@code int[]}, or of type {@link
 * dev.partyline.ports.PortLease}, whose {@link dev.partyline.ports.PortLease#ports} are all of
 * them. Everything else is as with {@link FreePort}.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface FreePorts {
  /** Returns the number of ports, 1 to 1000. */
  int value();
}
