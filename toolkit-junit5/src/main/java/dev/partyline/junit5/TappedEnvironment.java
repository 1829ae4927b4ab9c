package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test the environment variables that point a program at its taps, which {@link
 * Tapped#environment} defines.
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
 * <p>It can be on parameters of type
 *
 * <ul>
 *   <li>{@link ProcessBuilder}: one without a command, whose environment is the one of this JVM
 *       with the variables of the taps;
 *   <li>{@code Map<String, String>}: the variables of the taps alone, such as for a container.
 * </ul>
 *
 * <p>It includes the taps in fields and in earlier parameters; if two define the same variable,
 * that of the test is used rather than that of its class.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.PARAMETER})
public @interface TappedEnvironment {}
