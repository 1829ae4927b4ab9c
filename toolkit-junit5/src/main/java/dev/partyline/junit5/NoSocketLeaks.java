package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that has opened a socket and not closed it, by whatever code in this JVM and
 * whatever API: {@code Socket}, channels, datagrams, the pool of an HTTP client. Pipes, selectors
 * and asynchronous channel groups count, too.
 *
 * <pre>{@code
 * @NoSocketLeaks(ignoring = "port 5432")
 * class ShopTest { … }
 * }</pre>
 *
 * <p>It can be on a test method or a class, whose subclasses and {@code @Nested} classes inherit
 * it, or on another annotation, as a meta-annotation. Put it before other annotations that open
 * sockets, so that it checks after these have closed theirs.
 *
 * <ul>
 *   <li>A <b>test</b> must close what was opened from the constructor of its instance up to its
 *       end, when all {@code @AfterEach} methods have run and what was opened for it, such as its
 *       listeners, is closed. What was open before, such as a server in a static field, does not
 *       count, nor does what a listener, tap or client of the class opens meanwhile.
 *   <li>A <b>class</b>, if it has the annotation itself, must close what was opened outside its
 *       tests, as in a static field or a {@code @BeforeAll} method, when all its {@code @AfterAll}
 *       methods have run. With {@link #check} it is also what the tests are checked with.
 * </ul>
 *
 * <p>A socket that is closed within 500 ms after the test (stretched by {@link
 * dev.partyline.wire.TimeoutFactor}, to a minute at most) is not a leak; there is no wait if
 * nothing is open. If only sockets are left that are in no table of the kernel, the wait is 4 s: a
 * closed channel keeps its descriptor until its selector runs again, which takes up to 3 s in
 * {@code java.net.http}. Each leak is reported once. If the test failed itself, the leak is a
 * suppressed failure of it; an aborted test fails for its leak.
 *
 * <p><b>The garbage collector</b> is not run. What it closes during the wait is a leak, because
 * without it the socket would have stayed open. The selector of a {@code java.net.http.HttpClient}
 * is none: before JDK 21 only the collector can close it.
 *
 * <p><b>The failure</b> has for each socket its addresses, state and descriptor, and what it is
 * connected to: {@code the client of your listener `db`, connection 3}. The two ends of a
 * connection are one leak. A {@link dev.partyline.loopback.Listener Listener}, {@link
 * dev.partyline.loopback.Client Client}, {@link dev.partyline.loopback.Tap Tap} or {@link
 * dev.partyline.ports.PortLease PortLease} that the test opened itself comes with the stack trace
 * of its opening. What a thread in the background opened after the test comes with the time and the
 * threads that the test has left running. A socket that is bound but neither listens nor is
 * connected, or that was reset, has only a descriptor: the kernel tells no more about it.
 *
 * <p><b>In a parallel run</b> ({@code junit.jupiter.execution.parallel.enabled}) it is unknown
 * which of several tests that ran at the same time opened a socket. It is reported when all of them
 * have ended, by a failure that names them all, of their class, or of the run if they are of
 * several classes. What a test without the annotation opens is attributed to those with it that run
 * at the same time: check the whole suite, or mark the annotated classes {@link
 * org.junit.jupiter.api.parallel.Isolated @Isolated}.
 *
 * <p><b>For a whole suite</b>, without any annotation: with the configuration parameters {@code
 * junit.jupiter.extensions.autodetection.enabled=true} and {@code partyline.leaks=fail}, which can
 * be system properties; {@code partyline.leaks.ignoring} is a filter for all.
 *
 * <p>The check reads /proc/self/fd twice for each test, which takes about 3 µs for each open file,
 * and the tables of the kernel only if something is left open. On a system without /proc it sees
 * only listeners, clients, taps and port leases, and its failure says so.
 */
@Documented
@ExtendWith(LeakExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD, ElementType.TYPE})
public @interface NoSocketLeaks {
  /**
   * Returns which sockets may stay open, in the language of {@link dev.partyline.filter.Filter},
   * the local end as source: {@code "port 5432 or unix"}; by default, empty, none. {@code selector}
   * and {@code pipe} can be alternatives of it: {@code "port 5432 or selector"}. The filter of a
   * class around it applies as well. A filter never matches a socket that is in no table of the
   * kernel.
   */
  String ignoring() default "";

  /**
   * Returns when what tests have left open is looked for: by default after each test; for a class
   * whose tests share a client or a server, in a field or from {@code @BeforeAll}, after all of
   * them. It applies to the tests of the class and its {@code @Nested} classes, but for a method
   * that has the annotation itself: that is checked at its own end, and cannot have another check.
   */
  Check check() default Check.AFTER_EACH;

  /** When leaks are looked for. */
  enum Check {
    /** After each test, which fails for what it has left open. */
    AFTER_EACH,

    /**
     * After all {@code @AfterAll} methods of the class, which fails for what its tests have left
     * open; the failure names these.
     */
    AFTER_ALL
  }
}
