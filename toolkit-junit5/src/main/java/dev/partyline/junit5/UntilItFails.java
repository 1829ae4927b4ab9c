package dev.partyline.junit5;

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
 * Runs a test again and again until it fails, and shows what the run that failed did differently
 * from those that passed: an event where each of them had another one, an order, a gap in time, a
 * connection or an end that none of them had.
 *
 * <pre>{@code
 * @ScriptedListener("C: PING\nS: PONG")
 * Listener server;
 *
 * @UntilItFails(runs = 1000, stress = 4)
 * void pings() throws IOException {
 *   assertThat(new PingClient(server.port()).ping()).isEqualTo("PONG");
 * }
 * }</pre>
 *
 * <p>It takes the place of {@code @Test}. Each run has a new instance and new endpoints, as those
 * of {@code @RepeatedTest}, and is called {@code run 17 of 1000}. After the first that fails there
 * is no other; its failure and its page show the difference, and the page has the nearest passing
 * run beside it. Of passing runs little is kept in memory, and no files are written. If none fails,
 * a report entry {@code partyline} says how many have passed in which time.
 */
@Documented
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith({ScriptedExtension.class, UntilItFailsExtension.class})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD})
@TestTemplate
public @interface UntilItFails {
  /** Returns how many runs there are at most; 1 or more. */
  int runs() default 200;

  /**
   * Returns after which time no further run begins, with its unit: {@code ns}, {@code us}, {@code
   * ms}, {@code s} or {@code m}.
   */
  String atMost() default "2m";

  /**
   * Returns how many threads keep processors busy while it runs, from 0 to 1,000: many races are
   * the machine's and not the network's.
   */
  int stress() default 0;
}
