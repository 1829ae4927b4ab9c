package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test the environment that points a program at its taps: what they say by {@link
 * Tapped#environment}.
 *
 * <pre>{@code
 * @Tapped(to = "redis", environment = "REDIS_URL=redis://${address}")
 * Tap tap;
 *
 * @Test
 * void counts(@TappedEnvironment ProcessBuilder program) throws IOException {
 *   program.command("./count").start();
 * }
 * }</pre>
 *
 * <p>It stands on parameters of type
 *
 * <ul>
 *   <li>{@link ProcessBuilder}: one without a command, whose environment is the one of this JVM
 *       with the variables of the taps;
 *   <li>{@code Map<String, String>}: the variables of the taps alone, such as for a container.
 * </ul>
 *
 * <p>It knows the taps in fields and in parameters ahead of it; if two fill the same variable, the
 * one of the test comes before the one of its class.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.PARAMETER})
public @interface TappedEnvironment {}
