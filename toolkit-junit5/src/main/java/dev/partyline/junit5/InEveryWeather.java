package dev.partyline.junit5;

import dev.partyline.wire.Side;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs a test in clear weather, and then again under each condition that a network can have and a
 * correct program survives: bytes that arrive in other pieces, a side that is late or reads slowly,
 * an end that comes late.
 *
 * <pre>{@code
 * @ScriptedListener("C: PING\nS: PONG")
 * Listener server;
 *
 * @InEveryWeather
 * void pings() throws IOException {
 *   assertThat(new PingClient(server.port()).ping()).isEqualTo("PONG");
 * }
 * }</pre>
 *
 * <p>It takes the place of {@code @Test}. Every listener, client and tap that the test's thread
 * starts has the condition after its own weather, those of annotations and those made in code;
 * those of a static field, which run already, have not. Where bytes are sliced depends on what was
 * sent in clear weather, so that run comes first, and no other follows if it fails. Each run has
 * the name of its condition; one that had no effect says so in a report entry, because it proves
 * nothing.
 */
@Documented
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith({ScriptedExtension.class, EveryWeatherExtension.class})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD})
@TestTemplate
public @interface InEveryWeather {
  /** Returns the names of the only conditions to run, after clear weather; by default all. */
  String[] only() default {};

  /** Returns the names of conditions that are left out. */
  String[] except() default {};

  /**
   * Returns more conditions, each as {@link dev.partyline.weather.Weather#parse} reads it; its text
   * is its name.
   */
  String[] more() default {};

  /**
   * Returns whether datagrams are lost, sent twice and sent in another order, which a program over
   * UDP need not survive.
   */
  boolean datagrams() default false;

  /**
   * Returns whose last message is also broken off in its middle, by a FIN, an RST and silence: the
   * peer of the program under test, because a script that waits for the rest fails; by default no
   * side. The test must not insist on an answer then, but on a whole one or an error in time.
   */
  Side[] broken() default {};

  /** Returns what the conditions by chance are drawn from. */
  long seed() default 0;
}
