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
 * Gives a test a {@link Client} of a server: one that plays a wire script, and fails the test if
 * the script is not followed to its end; or without a script, one to be driven by hand.
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
 * <p>It stands on fields and parameters of type {@code Client}, or on an annotation that is to mean
 * the same. Scope, fields, failures, reports and errors are those of {@link ScriptedListener};
 * different is:
 *
 * <ul>
 *   <li>A client in an <b>instance field</b> connects right before the test method, after the
 *       {@code @BeforeEach} methods, which may start the server; there the field is still null.
 *   <li>One in a <b>static field</b> connects right before the first test method of the class, its
 *       {@code @Nested} classes included.
 *   <li>One in a <b>parameter</b> connects when the parameter is resolved.
 *   <li>If a client of a test is in the middle of its script, that is waited for right after the
 *       test method, before the {@code @AfterEach} methods may stop the server.
 *   <li>A client without a script is not judged, and fails the test if it cannot connect; a client
 *       with one takes that as the failure of its script.
 * </ul>
 */
@Documented
@ExtendWith(ScriptedExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface ScriptedClient {
  /**
   * Returns the wire script itself. Files that it names are looked for beside the class in which
   * the annotation stands first.
   *
   * <p>At most one of {@code value}, {@link #resource} and {@link #script} is given; without any
   * the client is driven by hand.
   */
  String value() default "";

  /**
   * Returns the name of a class-path resource that holds the wire script: beside the class in which
   * the annotation stands, or with a leading {@code /} from the root of the class path.
   */
  String resource() default "";

  /**
   * Returns the name of a field, or of a method without parameters, of the test class that gives a
   * {@link dev.partyline.script.Script}: one of its own or inherited, private or not, or else of a
   * class around it. For a client of the whole class it is static.
   */
  String script() default "";

  /**
   * Returns the server: {@code host:port}, such as {@code 127.0.0.1:8080} or {@code [::1]:8080}; or
   * the name of a field, or of a method without parameters, found like {@link #script}, that gives
   *
   * <ul>
   *   <li>a {@link dev.partyline.loopback.Listener}, such as one under {@link ScriptedListener}, or
   *       a {@link dev.partyline.loopback.Tap};
   *   <li>a {@link java.net.SocketAddress};
   *   <li>an {@code int} or a {@link dev.partyline.ports.PortLease}, such as one under {@link
   *       FreePort}: the port of a server on 127.0.0.1;
   *   <li>a {@link java.nio.file.Path}: the Unix domain socket there;
   *   <li>an OkHttp {@code MockWebServer}, or a running container that exposes one port.
   * </ul>
   *
   * <p>In a parameter it may also be the name of a listener, a tap or a port in a parameter ahead
   * of it, if the test is compiled with {@code -parameters}.
   */
  String to();

  /**
   * Returns what carries the script; by default TCP, or a Unix domain socket if that is what {@link
   * #to} gives. A client of a UDP server has to say so.
   */
  Transport transport() default Transport.TCP;

  /**
   * Returns how long each wait may last, the connect included, as in a wire script: a number above
   * 0 and a unit ({@code ns}, {@code us}, {@code ms}, {@code s}, {@code m}); by default {@code 5s}.
   * It is stretched by {@link dev.partyline.wire.TimeoutFactor}.
   */
  String deadline() default "5s";

  /**
   * Returns how TLS is spoken: {@code "standard"} for {@link dev.partyline.tls.Tls#standard()}, or
   * the name of a field, or of a method without parameters, of the test class that gives a {@link
   * dev.partyline.tls.Tls}, found as that of {@link #script} is. It is spoken from the first byte
   * on or, if the script has the statement {@code tls}, from there on. By default there is none,
   * but for such a statement, which starts the standard.
   */
  String tls() default "";

  /**
   * Returns the name of the board on which the script's marks are put up. Whatever has the same
   * name in one test shares the board, and with a static field all tests of the class do. By
   * default the client has one of its own.
   */
  String marks() default "";

  /**
   * Returns regular expressions for secrets, to be masked besides those of {@link
   * dev.partyline.script.transcript.Redaction#standard()}: their groups, or all that they find if
   * they have none, as in {@link dev.partyline.script.transcript.Redaction#pattern}.
   */
  String[] redact() default {};
}
