package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a port that no other process has, for a server that needs a port number before it
 * starts, or that is stopped and started again.
 *
 * <pre>{@code
 * @Test
 * void startsAgain(@FreePort int port) throws IOException {
 *   new Shop(port).close();
 *   new Shop(port).close();
 * }
 * }</pre>
 *
 * <p>It can be on fields and parameters of type {@code int}, or of type {@link
 * dev.partyline.ports.PortLease}, which can be held, released or {@linkplain
 * dev.partyline.ports.PortLease#bind bound}; or on another annotation, as a meta-annotation. The
 * port is {@linkplain dev.partyline.ports.Ports#reserve leased} for TCP and UDP; if it is in use
 * elsewhere, the error names the test that leased it.
 *
 * <p>Scope and fields are those of {@link ScriptedListener}: a port for each test in an instance
 * field or a parameter, one for the whole class in a static field; fields under {@code @FreePort}
 * are filled before all others. Afterwards the lease is closed, and the field is null or 0 again.
 *
 * <p>An {@code int} port is held all the while: on Linux a server can bind it that sets
 * SO_REUSEADDR, as nearly all do. For any other one, such as Python's {@code socketserver}, take a
 * {@code PortLease}, which is held until {@link dev.partyline.ports.PortLease#bind bind} or {@link
 * dev.partyline.ports.PortLease#releaseForBind releaseForBind}. Where no server can bind a port
 * that is held (see {@link dev.partyline.ports.Ports#mechanism}), an {@code int} port is released
 * just before the test gets it, so another process may take it.
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
