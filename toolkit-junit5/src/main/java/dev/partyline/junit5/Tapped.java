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
 * which forwards everything, records it, and shows it when the test fails.
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
 * <p>It can be on fields and parameters of type {@code Tap}, or on another annotation, as a
 * meta-annotation. Scope and fields are those of {@link ScriptedListener}: a tap for each test in
 * an instance field or a parameter, one for the whole class in a static field. Fields are set in
 * this order: listeners, taps, then clients; a tap in front of another tap comes after that. The
 * server must exist by then, but need not listen yet: the tap connects to it when a client has
 * connected.
 *
 * <p><b>The client is pointed at the tap</b> by {@link Tap#host()} and {@link Tap#port()}, by a
 * {@link #systemProperty system property}, or, if it is another program, by its {@link
 * #environment}.
 *
 * <p><b>Without the server</b>: {@link Cassette} beside it records the first run, and plays it in
 * later ones.
 *
 * <p><b>What fails the test</b>, besides its own assertions:
 *
 * <ul>
 *   <li>No connection came through the tap: then the client has not used it, and the test proves
 *       nothing about it. {@link #mustBeUsed} switches that off. It is not reported if anything
 *       else has failed, because the test may not have come that far.
 *   <li>A fault that {@linkplain dev.partyline.weather.Fault#mustFire() must fire} has hit nothing.
 *   <li>An error occurred inside the tap.
 * </ul>
 *
 * <p>For a tap of the whole class the first two are checked after the class, unless all its tests
 * were skipped or aborted; a fault of {@link InWeather} is checked when it is removed.
 *
 * <p><b>When a test fails</b>, for this or any other reason, the conversations are added to its
 * failure as a suppressed throwable, with what the weather did, its seed, and how each side of each
 * connection ended; all of it is also written to a file beside JUnit's reports ({@code tap.wire}
 * for a field {@code tap}) if this version of JUnit supports such files. Secrets are masked in
 * both. An aborted test is not checked.
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
public @interface Tapped {
  /**
   * Returns the server: {@code host:port}, such as {@code 127.0.0.1:8080} or {@code [::1]:8080}; or
   * the name of a field, or of a method without parameters, of the test class that gives
   *
   * <ul>
   *   <li>a {@link dev.partyline.loopback.Listener}, such as one with {@link ScriptedListener}, or
   *       another {@code Tap};
   *   <li>a {@link java.net.SocketAddress};
   *   <li>an {@code int} or a {@link dev.partyline.ports.PortLease}, such as one with {@link
   *       FreePort}: the port of a server on 127.0.0.1;
   *   <li>a {@link java.nio.file.Path}: the Unix domain socket there;
   *   <li>an OkHttp {@code MockWebServer} ({@code mockwebserver3}), which is started if it was not;
   *   <li>a running container of Testcontainers: see {@link #containerPort}.
   * </ul>
   *
   * <p>The member is one of the class itself or inherited, private or not, or else one of a class
   * around it; for a tap of the whole class it must be static. On a parameter it may also be the
   * name of an earlier parameter with a listener, a tap or a port, if the test is compiled with
   * {@code -parameters}.
   */
  String to();

  /**
   * Returns the port inside a container; by default, 0, the only port that it exposes. The tap
   * connects to the port to which Testcontainers has mapped it.
   */
  int containerPort() default 0;

  /**
   * Returns the transport of the clients, one at most; by default that of the server: that of a
   * listener, a Unix domain socket for a path, or else TCP. For a UDP server that is not a listener
   * it must be given.
   */
  Transport[] transport() default {};

  /**
   * Returns the port, 0..65535; by default 0, any free one, which no other process can have taken.
   */
  int port() default 0;

  /**
   * Returns whether to decrypt TLS; {@link dev.partyline.loopback.TapSpec#decrypting()} tells what
   * is not verified then, and how to use ALPN. By default TLS passes through unread.
   */
  boolean decrypting() default false;

  /** Returns whether to listen on {@code ::1} rather than 127.0.0.1; by default not. */
  boolean ipv6() default false;

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
   * Returns the weather from the first connection on, as {@link
   * dev.partyline.weather.Weather#parse} reads it, such as {@code "delay 50ms jitter 10ms"}; by
   * default it is clear. The faults of {@link InWeather} come after these.
   */
  String weather() default "";

  /** Returns the seed of all random decisions; by default, 0, that of the text. */
  long seed() default 0;

  /**
   * Returns system properties that are set while the tap exists, each as {@code name=value}. In the
   * value, {@code ${host}}, {@code ${port}}, {@code ${address}} (both, as in {@code 127.0.0.1:8080}
   * or {@code [::1]:8080}) or {@code ${path}} (of a Unix domain socket) stand for the address of
   * the tap: {@code "shop.url=http://${address}/"}.
   *
   * <p>Afterwards they have their old values again. A system property belongs to the whole JVM: if
   * the taps of two tests that run at the same time set the same one, the second test fails and
   * says so. Such tests, and others that read the property, must exclude one another by JUnit's
   * {@code @ResourceLock}.
   */
  String[] systemProperty() default {};

  /**
   * Returns environment variables for programs that the test starts, each as {@code name=value}
   * like {@link #systemProperty}. The environment of a running JVM cannot be changed; a parameter
   * with {@link TappedEnvironment} has these variables.
   */
  String[] environment() default {};

  /** Returns whether a test fails if no connection comes; by default it does. */
  boolean mustBeUsed() default true;

  /**
   * Returns regular expressions for secrets that are masked in addition to those of {@link
   * dev.partyline.script.transcript.Redaction#standard()}: their groups, or the whole match if they
   * have none, as in {@link dev.partyline.script.transcript.Redaction#pattern}.
   */
  String[] redact() default {};
}
