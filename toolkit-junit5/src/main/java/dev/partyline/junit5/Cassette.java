package dev.partyline.junit5;

import dev.partyline.replay.CassetteMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Records what passes through a tap in the first run of a test, and plays it in later runs, which
 * need no server; it stands beside {@link Tapped}.
 *
 * <pre>{@code
 * class ShopTest {
 *   @Tapped(to = "redis")
 *   @Cassette("redis-session.wire")
 *   Tap tap;
 *
 *   static int redis() {
 *     return Redis.start().port();
 *   }
 *
 *   @Test
 *   void sellsTea() {
 *     assertThat(new Shop(tap.host(), tap.port()).buy("tea")).isEqualTo("sold");
 *   }
 * }
 * }</pre>
 *
 * <p>In a replay the tap is in front of a listener that plays the file, and {@link Tapped#to} is
 * not looked at: what starts the server belongs into the method that it names. A test whose client
 * does something else than in the file fails, and shows the script with the place; so does one that
 * leaves something out. The {@link Tapped#transport} must be given if it is not TCP.
 *
 * <p>The file is a wire script, which may be edited; {@link
 * dev.partyline.script.transcript.ReplayScript} says how it is made, and what is masked. It is
 * written, whole or not at all, when the test has passed, or the class for a tap in a static field.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface Cassette {
  /**
   * Returns the name of the file among the resources of the test: in {@code src/test/resources}, in
   * the folder of the package, or from the root if it begins with {@code /}. In it, {@code
   * ${method}} stands for the name of the test method, and {@code ${invocation}} for the number of
   * the invocation of a repeated or parameterized test, 1 for others: a field has a tap for each
   * test, which needs a file of its own. A file that another test has recorded in the same JVM is
   * an error.
   */
  String value();

  /** Returns when to record; the system property {@code partyline.cassette} says so for all. */
  CassetteMode mode() default CassetteMode.ONCE;

  /**
   * Returns lines that may be different each time, such as {@code "Date: ${*}"}, as {@link
   * dev.partyline.script.transcript.VaryingParts#of} takes them; used in recording.
   */
  String[] varying() default {};

  /** Returns whether to record the time of each chunk, and to send it at that time. */
  boolean keepTimes() default false;

  /**
   * Returns whether the file has all bytes, also those of secrets, which are masked otherwise. It
   * is for protocols in which the client checks a secret of the server, and for test accounts only.
   */
  boolean exact() default false;
}
