package dev.partyline.junit5;

import dev.partyline.loopback.Tap;
import dev.partyline.wire.Transport;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a {@link Tap} in front of a server: the client under test is pointed at the tap,
 * which passes everything on, records it, and shows it when the test fails.
 *
 * <pre>{@code
 * class ShopTest {
 *   static Database database = Database.start();
 *
 *   @Tapped(to = "port", systemProperty = "shop.db=jdbc:postgresql://${address}/shop")
 *   Tap tap;
 *
 *   static int port() {
 *     return database.port();
 *   }
 *
 *   @Test
 *   @InWeather("reset first 2")
 *   void triesAgain() {
 *     new Shop().open();
 *     assertThat(tap).hasHit("reset", 2);
 *   }
 * }
 * }</pre>
 *
 * <p>It stands on fields and parameters of type {@code Tap}, or on an annotation that is to mean
 * the same. Scope and fields are those of {@link ScriptedListener}: a tap for each test in an
 * instance field or a parameter, one for the whole class in a static field. Fields are filled in
 * this order: listeners, taps, then clients; of taps that stand in front of one another the inner
 * one first. The server has to be there by then, but need not listen yet: it is dialled when a
 * client has come.
 *
 * <p><b>The client is pointed at the tap</b> by {@link Tap#host()} and {@link Tap#port()}, by a
 * {@link #systemProperty system property}, or, if it is a program, by its {@link #environment}.
 *
 * <p><b>What fails the test</b>, besides what it finds itself:
 *
 * <ul>
 *   <li>No connection came through the tap: then the client has not used it, and what the test has
 *       seen is something else. {@link #mustBeUsed} switches that off. Where anything else has
 *       failed it is not told, for the test may not have come that far.
 *   <li>A fault that {@linkplain dev.partyline.weather.Fault#mustFire() must fire} has hit nothing.
 *   <li>Something went wrong inside the tap.
 * </ul>
 *
 * <p>For a tap of the whole class the first two are seen after the class, if any test of it was not
 * skipped or aborted; a fault of {@link InWeather} is judged when it is taken down.
 *
 * <p><b>When a test fails</b>, for this or any other reason, what was said is added to its failure
 * as a suppressed throwable, with what the weather did, its seed, and how each side of each
 * connection ended; all of it is also written to a file beside JUnit's reports ({@code tap.wire}
 * for a field {@code tap}) if the JUnit at hand knows such files. Secrets are masked in both. An
 * aborted test is not judged.
 *
 * <p>A misuse, such as a field of another type, fails the test (for a static field the class) with
 * an {@link org.junit.jupiter.api.extension.ExtensionConfigurationException} that names the
 * element.
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface Tapped {
  /**
   * Returns the server: {@code host:port}, such as {@code 127.0.0.1:8080} or {@code [::1]:8080}; or
   * the name of a field, or of a method without parameters, of the test class that gives
   *
   * <ul>
   *   <li>a {@link dev.partyline.loopback.Listener}, such as one under {@link ScriptedListener}, or
   *       another {@code Tap};
   *   <li>a {@link java.net.SocketAddress};
   *   <li>an {@code int} or a {@link dev.partyline.ports.PortLease}, such as one under {@link
   *       FreePort}: the port of a server on 127.0.0.1;
   *   <li>a {@link java.nio.file.Path}: the Unix domain socket there;
   *   <li>an OkHttp {@code MockWebServer} ({@code mockwebserver3}), which is started if it was not;
   *   <li>a running container of Testcontainers: see {@link #containerPort}.
   * </ul>
   *
   * <p>Found are members of the class itself and inherited ones, private or not, or else those of a
   * class around it; for a tap of the whole class static ones. In a parameter it may also be the
   * name of a listener, a tap or a port in a parameter ahead of it, if the test is compiled with
   * {@code -parameters}.
   */
  String to();

  /**
   * Returns which port of a container is meant, as it is inside; by default, 0, the only one that
   * it exposes. The tap is in front of what Testcontainers has mapped it to.
   */
  int containerPort() default 0;

  /**
   * Returns what clients come by, one at most; by default what the server is reached by: that of a
   * listener, a Unix domain socket for a path, else TCP. In front of a UDP server that is no
   * listener it has to be said.
   */
  Transport[] transport() default {};

  /** Returns the port, 0..65535; by default 0, any free one, which nobody else can have taken. */
  int port() default 0;

  /**
   * Returns whether to read TLS in plain, as {@link dev.partyline.loopback.TapSpec#decrypting()}
   * does, which tells what is not checked then, and how to have ALPN; by default it passes through
   * unread.
   */
  boolean decrypting() default false;

  /** Returns whether to listen on {@code ::1} rather than 127.0.0.1; by default not. */
  boolean ipv6() default false;

  /**
   * Returns how many bytes to keep from the beginning of each connection; what lies between them
   * and {@link #keepTail} is counted and dropped. By default, with neither of both, everything is
   * kept.
   */
  long keepHead() default -1;

  /** Returns how many bytes to keep up to the end of each connection; see {@link #keepHead}. */
  long keepTail() default -1;

  /**
   * Returns how many bytes of a recording that keeps everything stay in memory before it goes on in
   * a temporary file; by default 64 MiB.
   */
  long keepInMemory() default -1;

  /**
   * Returns the weather from the first connection on, as {@link
   * dev.partyline.weather.Weather#parse} reads it, such as {@code "delay 50ms jitter 10ms"}; by
   * default it is clear. What {@link InWeather} says comes behind it.
   */
  String weather() default "";

  /** Returns the seed of all chance in the weather; by default, 0, that of its text. */
  long seed() default 0;

  /**
   * Returns system properties that are set while there is the tap, each as {@code name=value}. In
   * the value stands {@code ${host}}, {@code ${port}}, {@code ${address}} (both, as in {@code
   * 127.0.0.1:8080} or {@code [::1]:8080}) or {@code ${path}} (of a Unix domain socket) for where
   * the tap is: {@code "shop.url=http://${address}/"}.
   *
   * <p>Afterwards they are as they were before. A system property is the whole JVM's: if a test
   * that runs at the same time has a tap that fills the same one, the second of them fails and says
   * so. Such tests exclude one another by JUnit's {@code @ResourceLock}, and so does whatever else
   * reads the property at that time.
   */
  String[] systemProperty() default {};

  /**
   * Returns environment variables for programs that the test starts, each as {@code name=value}
   * like {@link #systemProperty}. The environment of a JVM cannot be changed while it runs: a
   * parameter under {@link TappedEnvironment} has them.
   */
  String[] environment() default {};

  /** Returns whether a test in which no connection comes fails; by default it does. */
  boolean mustBeUsed() default true;

  /**
   * Returns regular expressions for secrets, to be masked besides those of {@link
   * dev.partyline.script.transcript.Redaction#standard()}: their groups, or all that they find if
   * they have none, as in {@link dev.partyline.script.transcript.Redaction#pattern}.
   */
  String[] redact() default {};
}
