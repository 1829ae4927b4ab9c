package dev.partyline.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that has opened a socket and not closed it, whoever opened it in this JVM and by
 * whatever API: {@code Socket}, channels, datagrams, the pool of an HTTP client.
 *
 * <pre>{@code
 * @NoSocketLeaks(ignoring = "port 5432")
 * class ShopTest { … }
 * }</pre>
 *
 * <p>It stands on a test method or a class, whose subclasses and {@code @Nested} classes inherit
 * it, or on an annotation that is to mean the same. Put it ahead of other annotations that open
 * sockets, so that it looks after these have closed theirs.
 *
 * <ul>
 *   <li>A <b>test</b> answers for what was opened from the constructor of its instance up to its
 *       end, when all {@code @AfterEach} methods have run and what was opened for it, such as its
 *       listeners, is closed. What was open before, such as a server in a static field, is none of
 *       its business, and neither is what a listener, tap or client of the class opens meanwhile.
 *   <li>A <b>class</b>, if the annotation stands there, answers for what was opened beside its
 *       tests, as in a {@code @BeforeAll} method, and not closed when all its {@code @AfterAll}
 *       methods have run.
 * </ul>
 *
 * <p>A socket that was closed up to 500 ms later (stretched by {@link
 * dev.partyline.wire.TimeoutFactor}) is none left open; nobody waits where there is none. Where all
 * that is left is known by its descriptor alone it is 4 s: a channel that was closed keeps it until
 * its selector looks again, and that of {@code java.net.http} may take 3 s to do so. Each one is
 * told once. The garbage collector is not run, for it would close some kinds and hide the leak. A
 * test that failed by itself gets the leak as a suppressed failure, and of one that was aborted its
 * class is told.
 *
 * <p><b>The failure</b> has for each socket its addresses, state and descriptor, and whose
 * counterpart it is: {@code the client of your listener `db`, connection 3}. A {@link
 * dev.partyline.loopback.Listener Listener}, {@link dev.partyline.loopback.Client Client}, {@link
 * dev.partyline.loopback.Tap Tap} or {@link dev.partyline.ports.PortLease PortLease} that the test
 * has opened by itself comes with the stack of where it did. A socket that is bound and neither
 * listens nor is connected, or was reset, is known by its descriptor alone: the kernel tells no
 * more of it.
 *
 * <p><b>In a parallel run</b> ({@code junit.jupiter.execution.parallel.enabled}) nothing tells
 * which of two tests that ran at the same time has opened a socket. It is judged after the class
 * then, also where the annotation stands on a method, and when all classes under this annotation
 * that ran at that time have ended; the failure names them. A class without it that runs beside
 * them is not seen, and its sockets are taken for theirs: let it have the annotation, or those who
 * have be {@link org.junit.jupiter.api.parallel.Isolated @Isolated}, which are judged test by test.
 *
 * <p><b>For a whole suite</b>, without any annotation: with the configuration parameters {@code
 * junit.jupiter.extensions.autodetection.enabled=true} and {@code partyline.leaks=fail}, which can
 * be system properties; {@code partyline.leaks.ignoring} is a filter for all.
 *
 * <p>It looks at /proc/self/fd, twice for each test, which takes about 3 µs for each open file, and
 * at the tables of the kernel only where something is left open. On a system without /proc it sees
 * listeners, clients, taps and port leases alone, and its failure says so.
 */
@Documented
@ExtendWith(LeakExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD, ElementType.TYPE})
public @interface NoSocketLeaks {
  /**
   * Returns which sockets may stay open, in the language of {@link dev.partyline.filter.Filter},
   * the local end as source: {@code "port 5432 or unix"}; by default, empty, none. What the
   * annotation of a class around it says holds as well. A socket that is in no table of the kernel
   * is never meant.
   */
  String ignoring() default "";
}
