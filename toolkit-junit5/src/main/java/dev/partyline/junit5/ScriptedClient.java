package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.wire.Transport;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a {@link Client} of a server. With a script, it plays the script, and fails the test
 * if the script is not finished; without one, the test drives it.
 *
 * <pre>{@code
 * class ServerTest {
 *   Server server;
 *
 *   @ScriptedClient(
 *       to = "port",
 *       value =
 *           """
 *           C: PING
 *           S: +PONG
 *           """)
 *   Client client;
 *
 *   @BeforeEach
 *   void start() {
 *     server = Server.start();
 *   }
 *
 *   int port() {
 *     return server.port();
 *   }
 *
 *   @Test
 *   void answers() {} // The script is the test.
 * }
 * }</pre>
 *
 * <p>It can be on fields and parameters of type {@code Client}, or on another annotation, as a
 * meta-annotation. Scope, fields, failures, reports and errors are those of {@link
 * ScriptedListener}, except that:
 *
 * <ul>
 *   <li>A client in an <b>instance field</b> connects right before the test method, after the
 *       {@code @BeforeEach} methods, which may start the server; in these the field is still null.
 *   <li>One in a <b>static field</b> connects right before the first test method of the class, its
 *       {@code @Nested} classes included.
 *   <li>One in a <b>parameter</b> connects when the parameter is resolved.
 *   <li>If the script of a client is unfinished, the wait for it comes right after the test method,
 *       before the {@code @AfterEach} methods may stop the server.
 *   <li>A client without a script is not checked, but fails the test if it cannot connect; a client
 *       with a script reports that as the failure of its script.
 * </ul>
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface ScriptedClient {
  /**
   * Returns the wire script itself. Files that it names are looked for first beside the class that
   * contains the annotation.
   *
   * <p>At most one of {@code value}, {@link #resource} and {@link #script} is given; without any
   * the test drives the client.
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
   * class around it. For a client of the whole class it must be static.
   */
  String script() default "";

  /**
   * Returns the server: {@code host:port}, such as {@code 127.0.0.1:8080} or {@code [::1]:8080}; or
   * the name of a field, or of a method without parameters, looked up like {@link #script}, that
   * gives
   *
   * <ul>
   *   <li>a {@link dev.partyline.loopback.Listener}, such as one with {@link ScriptedListener}, or
   *       a {@link dev.partyline.loopback.Tap};
   *   <li>a {@link java.net.SocketAddress};
   *   <li>an {@code int} or a {@link dev.partyline.ports.PortLease}, such as one with {@link
   *       FreePort}: the port of a server on 127.0.0.1;
   *   <li>a {@link java.nio.file.Path}: the Unix domain socket there;
   *   <li>an OkHttp {@code MockWebServer}, or a running container that exposes one port.
   * </ul>
   *
   * <p>On a parameter it may also be the name of an earlier parameter with a listener, a tap or a
   * port, if the test is compiled with {@code -parameters}.
   */
  String to();

  /**
   * Returns what carries the script; by default TCP, or a Unix domain socket if that is what {@link
   * #to} gives. For a UDP server it must be given.
   */
  Transport transport() default Transport.TCP;

  /**
   * Returns how long each wait may last, the connect included, as in a wire script: a number above
   * 0 and a unit ({@code ns}, {@code us}, {@code ms}, {@code s}, {@code m}); by default {@code 5s}.
   * It is stretched by {@link dev.partyline.wire.TimeoutFactor}.
   */
  String deadline() default "5s";

  /**
   * Returns for how long a connect that fails is tried again, such as while the server is still
   * starting: a time like the {@link #deadline}, by default {@code ""} for a single connect. It is
   * stretched by {@link dev.partyline.wire.TimeoutFactor}. Over UDP it is an error.
   */
  String retryingConnect() default "";

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
   * their marks within a test, and with a static field within its class. By default the client has
   * marks of its own.
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
