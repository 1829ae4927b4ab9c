package dev.partyline.junit5;

import dev.partyline.loopback.Listener;
import dev.partyline.wire.Transport;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a {@link Listener} that plays a wire script, and fails the test if the script is not
 * finished.
 *
 * <pre>{@code
 * class MailerTest {
 *   @ScriptedListener(
 *       """
 *       S: 220 mail.example ESMTP
 *       C: EHLO ${host}
 *       S: 250 mail.example greets ${host}
 *       """)
 *   Listener smtp;
 *
 *   @Test
 *   void greets() throws IOException {
 *     new Mailer(smtp.host(), smtp.port()).greet();
 *   }
 * }
 * }</pre>
 *
 * <p>It can be on fields and parameters of type {@code Listener}, or on another annotation, as a
 * meta-annotation.
 *
 * <ul>
 *   <li>On an <b>instance field</b>: a listener for each test, started before the
 *       {@code @BeforeEach} methods and closed after the {@code @AfterEach} methods. This holds for
 *       a test instance of the life cycle {@code PER_CLASS} too, and for the tests in
 *       {@code @Nested} classes, which use the fields of the classes around them.
 *   <li>On a <b>static field</b>: a listener for the whole class, its {@code @Nested} classes
 *       included, started before the {@code @BeforeAll} methods and closed after the
 *       {@code @AfterAll} methods.
 *   <li>On a <b>parameter</b> of a test, of a {@code @BeforeEach} or {@code @AfterEach} method, or
 *       of a constructor: a listener of its own for the test, started when the parameter is
 *       resolved. On one of a {@code @BeforeAll} or {@code @AfterAll} method, or of the constructor
 *       of a {@code PER_CLASS} class: for the whole class.
 * </ul>
 *
 * <p>A field may be private, but neither final nor initialized; after the test it is null again.
 * The test may close the listener, but need not.
 *
 * <p><b>What fails the test.</b> A connection on which the script failed (wrong bytes, extra bytes,
 * a deadline that passed, …), a script that was not finished, a {@code connection} block without a
 * connection, and any error inside the listener. The message shows the script with a cursor, and
 * what was expected and received. If a script is unfinished when the test ends, the test waits, for
 * the deadline and five seconds more at most; it does not wait if the script is idle at the start
 * of an endless {@code repeat}, or if no client has connected. A listener for the whole class fails
 * the test during or before which a connection failed; whether its script is finished is checked
 * after the class, unless all tests of the class were skipped or aborted.
 *
 * <p><b>When a test fails</b>, for this or any other reason, the conversations are added to its
 * failure as a suppressed throwable, and written to a file beside JUnit's reports ({@code
 * smtp.wire} for a field {@code smtp}) if this version of JUnit supports such files. Secrets are
 * masked in both. If the test itself failed, there is no wait, and a failure of the script is added
 * as suppressed too, unless it is only that no client has connected. An aborted test is not
 * checked, nor is what it alone has made fail in a listener of its class.
 *
 * <p><b>When a test hangs</b> and {@code @Timeout} interrupts it, or when it runs for long, it is
 * shown as it stands: see {@link ScriptedExtension}.
 *
 * <p>A misuse, such as a field of another type, fails the test (for a static field the class) with
 * an {@link org.junit.jupiter.api.extension.ExtensionConfigurationException} that names the
 * element.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface ScriptedListener {
  /**
   * Returns the wire script itself. Files that it names are looked for first beside the class that
   * contains the annotation.
   *
   * <p>Exactly one of {@code value}, {@link #resource} and {@link #script} is given.
   */
  String value() default "";

  /**
   * Returns the name of a class-path resource that holds the wire script: beside the class that
   * contains the annotation, or with a leading {@code /} from the root of the class path.
   */
  String resource() default "";

  /**
   * Returns the name of a field, or of a method without parameters, of the test class that gives a
   * {@link dev.partyline.script.Script}: its own or inherited, private or not, or else that of a
   * class around it. For a listener of the whole class it must be static.
   */
  String script() default "";

  /**
   * Returns the port, 0..65535; by default 0, any free one, which no other process can have taken.
   */
  int port() default 0;

  /** Returns what carries the script; by default TCP. A Unix domain socket gets a new path. */
  Transport transport() default Transport.TCP;

  /** Returns whether to listen on {@code ::1} rather than 127.0.0.1; by default not. */
  boolean ipv6() default false;

  /**
   * Returns how long each wait of the script may last, as in a wire script: a number above 0 and a
   * unit ({@code ns}, {@code us}, {@code ms}, {@code s}, {@code m}); by default {@code 5s}. It is
   * stretched by {@link dev.partyline.wire.TimeoutFactor}.
   */
  String deadline() default "5s";

  /**
   * Returns the TLS settings: {@code "standard"} for {@link dev.partyline.tls.Tls#standard()}, or
   * the name of a field, or of a method without parameters, of the test class that gives a {@link
   * dev.partyline.tls.Tls}, looked up like {@link #script}. TLS begins with the first byte or, if
   * the script has the statement {@code tls}, there. By default there is no TLS, unless the script
   * has this statement, which then uses the standard settings.
   */
  String tls() default "";

  /**
   * Returns a name for the marks of the script. Listeners and clients with the same name share
   * their marks within a test, and with a static field within its class. By default the listener
   * has marks of its own.
   */
  String marks() default "";

  /**
   * Returns how many bytes to keep from the beginning of each connection; bytes between these and
   * {@link #keepTail} are counted and dropped. By default, with neither of both, everything is
   * kept.
   */
  long keepHead() default -1;

  /** Returns how many bytes to keep up to the end of each connection; see {@link #keepHead}. */
  long keepTail() default -1;

  /**
   * Returns how much of a recording stays in memory, in bytes; by default 64 MiB. {@link
   * dev.partyline.wire.RecordingPolicy} says what becomes of the rest.
   */
  long keepInMemory() default -1;

  /**
   * Returns regular expressions for secrets that are masked in addition to those of {@link
   * dev.partyline.script.transcript.Redaction#standard()}: their groups, or the whole match if they
   * have none, as in {@link dev.partyline.script.transcript.Redaction#pattern}.
   */
  String[] redact() default {};
}
