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
 * Runs a test in clear weather, and then once for each offset at which what a side sends can be
 * sliced, so that its peer reads it in two pieces; and draws the offsets at which it fails.
 *
 * <pre>{@code
 * @ScriptedListener("C: PING\nS: PONG")
 * Listener server;
 *
 * @SliceEverywhere
 * void pings() throws IOException {
 *   assertThat(new PingClient(server.port()).ping()).isEqualTo("PONG");
 * }
 * }</pre>
 *
 * <p>It takes the place of {@code @Test}, and slices what {@link InEveryWeather} makes weather for,
 * in all connections at the same offset. A run that fails is aborted, since it answers a question;
 * if there were some, a last run is sliced where the first of them was, and its failure has the
 * drawing. If there were none, the drawing is a report entry of the test; if no slice had an
 * effect, a last run fails, because that proves nothing.
 *
 * <p>If there are more offsets than runs, those at and beside the beginnings of messages come
 * first, and of the others some that are evenly spread; the drawing says how many were left out.
 */
@Documented
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith({ScriptedExtension.class, SliceEverywhereExtension.class})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD})
@TestTemplate
public @interface SliceEverywhere {
  /** Returns whose bytes are sliced; by default those of both. */
  Side[] sides() default {Side.CLIENT, Side.SERVER};

  /** Returns how many offsets are tried at most, from 1. */
  int runs() default 200;

  /** Returns after which time no further offset is tried, such as {@code 30s}. */
  String atMost() default "1m";
}
