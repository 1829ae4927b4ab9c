package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a port that nobody else has, for a server that needs a number before it runs or is
 * stopped and started again.
 *
 * <pre>{@code
 * @Test
 * void startsAgain(@FreePort int port) throws IOException {
 *   new Shop(port).close();
 *   new Shop(port).close();
 * }
 * }</pre>
 *
 * <p>It stands on fields and parameters of type {@code int}, or {@link
 * dev.partyline.ports.PortLease} for those who want to hold, release or {@linkplain
 * dev.partyline.ports.PortLease#bind bind} it themselves; or on an annotation that is to mean the
 * same. The port is {@linkplain dev.partyline.ports.Ports#reserve leased} over TCP and UDP, and
 * whoever finds it taken is told by which test.
 *
 * <p>Scope and fields are those of {@link ScriptedListener}: a port for each test in an instance
 * field or a parameter, one for the whole class in a static field; fields under {@code @FreePort}
 * are filled before all others. Afterwards the lease is closed, and the field null or 0 again.
 *
 * <p>Where a server cannot bind a port that is held ({@link dev.partyline.ports.Ports#mechanism}),
 * as it can on Linux, an {@code int} is a port that was let go of just before the test got it, and
 * may be taken; a {@code PortLease} is held until {@code bind}.
 *
 * <p>A misuse, such as a field of another type, fails the test (for a static field the class) with
 * an {@link org.junit.jupiter.api.extension.ExtensionConfigurationException} that names the
 * element.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface FreePort {}
