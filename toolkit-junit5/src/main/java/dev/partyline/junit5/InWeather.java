package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes weather for the taps of a test, which have {@link Tapped}, or for one listener or client:
 * injects faults before the first connection of the test, and removes them after it.
 *
 * <pre>{@code
 * @Tapped(to = "server")
 * Tap tap;
 *
 * @Test
 * @InWeather("delay 50ms jitter 10ms; reset first 2 must fire")
 * void survives() { … }
 * }</pre>
 *
 * <ul>
 *   <li>On a <b>method</b>: for that test, its {@code @BeforeEach} and {@code @AfterEach} methods
 *       included.
 *   <li>On a <b>class</b>: for all its tests, those of its {@code @Nested} classes included, and
 *       for the taps in its static fields as long as these run. Subclasses inherit it.
 *   <li>On a <b>field or parameter</b> with {@code @Tapped}: for this tap. With {@link
 *       ScriptedListener} or {@link ScriptedClient}: between this listener or client and its peer,
 *       as {@link dev.partyline.loopback.ListenerSpec#in ListenerSpec.in(…)} has it.
 * </ul>
 *
 * <p>Bytes pass the faults in this order: those that {@code @Tapped} itself names, those of
 * {@code @InWeather} beside it, those of the class, the outermost first, and those of the method.
 * If several of them give a seed, the last one is used. A tap that is already running, such as one
 * in a static field for an annotation on a method, keeps its seed; tests that use it at the same
 * time share the weather.
 *
 * <p>If a fault that {@linkplain dev.partyline.weather.Fault#mustFire() must fire} ({@code must
 * fire} in a text) has hit nothing when it is removed, the test fails. It also fails if there was
 * no tap for the annotation, because then the weather was clear. Every failure of such a test tells
 * what the weather did, and its seed.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.ANNOTATION_TYPE,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER,
  ElementType.TYPE
})
public @interface InWeather {
  /**
   * Returns the weather, as {@link dev.partyline.weather.Weather#parse} reads it. Exactly one of
   * {@code value} and {@link #from} is given.
   */
  String value() default "";

  /**
   * Returns the name of a field, or of a method without parameters, of the test class that gives a
   * {@link dev.partyline.weather.Weather}: one of its own or inherited, private or not, or else of
   * a class around it. For a tap of the whole class it is static.
   */
  String from() default "";

  /** Returns the seed of all random decisions; by default, 0, that of the weather itself. */
  long seed() default 0;

  /**
   * Returns the names of the fields or parameters of the taps that it is for; by default all taps.
   */
  String[] taps() default {};
}
