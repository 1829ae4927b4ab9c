package dev.partyline.junit5;

import dev.partyline.junit5.internal.ManagedResource;
import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.TestInterrupt;
import dev.partyline.junit5.internal.TestOutcome;
import dev.partyline.junit5.internal.jupiter.TestAbort;
import dev.partyline.loopback.Client;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;

/**
 * The JUnit extension behind {@link ScriptedListener}, {@link ScriptedClient}, {@link Tapped},
 * {@link Cassette}, {@link InWeather}, {@link FreePort} and {@link FreePorts}, which register it.
 *
 * <p>Their Javadoc is the contract. The extension also gives every parameter of type {@link
 * dev.partyline.netstat.ConnectionTable} the sockets as they are when the parameter is resolved. A
 * test that needs only that, or that makes its listeners, clients and taps in code, has
 * {@code @ExtendWith(ScriptedExtension.class)}; no other test has to name this type.
 *
 * <p>When a test fails, the sockets that this JVM had open then, and connections to their ports
 * that no process has open, are written to {@code connections.txt} beside JUnit's reports, if this
 * version of JUnit supports such files. Sockets in a notable state are added to the failure, those
 * that were there before the test last. If an address was already in use, the failure also has who
 * has the leased ports, listeners and taps of the test.
 *
 * <p>A test that fails also writes a page for a browser, {@code report.html}, and a capture for
 * each listener, client or tap that had a connection; {@code partyline-index.html} lists the pages
 * of the run. The configuration parameter or system property {@code partyline.report} is {@code
 * failed}, {@code all} for tests that pass too, or {@code off}; {@code partyline.report.maxSize},
 * {@code 256MiB} by default, bounds all files of a run.
 *
 * <p><b>When JUnit interrupts a test</b>, or a method around it, because of {@code @Timeout}, its
 * failure shows how it stood: the stacks of its threads, whose connections are open, the scripts
 * with their cursors, and the conversations. All of that is also in {@code dump.txt} beside JUnit's
 * reports. A blocking read does not notice an interrupt, so our ends of its connections are closed
 * right after: the listeners, clients and taps of the test are closed. Those of the whole class go
 * on listening, but connections to them are closed until the test ends, those of other tests that
 * run at the same time too. A {@code DatagramSocket} that receives does not notice that either.
 *
 * <p><b>When a method of a test runs for long</b>, for 30 s by default, the same is printed to
 * {@code System.err} once, and written to {@code dump.txt}, and the test goes on. The configuration
 * parameter or system property {@code partyline.dumpAfter} sets another time, such as {@code 10s},
 * or {@code off}; the time is stretched by {@link dev.partyline.wire.TimeoutFactor}. A test that
 * runs when the JVM begins to exit, as after SIGTERM, is shown in the same way.
 *
 * <p>All reports include the listeners, clients and taps that the test made in code, on the thread
 * that runs its constructor and methods, the last 20 of those that it has closed. Their {@code
 * backgroundFailures()} fail the test; what their {@code close()} has thrown to the test is not
 * told again.
 */
// Public, so that JUnit can make one though our module opens nothing. It has no state.
public final class ScriptedExtension extends RunningTestInterceptor
    implements BeforeAllCallback,
        BeforeEachCallback,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        AfterEachCallback,
        AfterAllCallback,
        PreInterruptCallback,
        ParameterResolver {

  /** Makes an extension; for JUnit. */
  public ScriptedExtension() {}

  /** Puts the parameters of a constructor into the scope of the test, not of its class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Placement.checkMembers(context.getRequiredTestClass());
    TestEndpoints endpoints = endpoints(context);
    endpoints.startWeather();
    FieldInjector.injectStatic(context, endpoints);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    TestEndpoints endpoints = endpoints(context);
    if (!endpoints.isWithinClass()) {
      // Only parameters have annotations of ours, so that nothing was called for the class.
      Placement.checkMembers(context.getRequiredTestClass());
    }
    endpoints.startWeather();
    FieldInjector.injectInstances(context, endpoints);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    endpoints(context).startClients();
  }

  /** Waits for the clients, because their server may be stopped next. */
  @Override
  public void afterTestExecution(ExtensionContext context) {
    Optional<Throwable> failure = context.getExecutionException();
    if (failure.isEmpty()) {
      endpoints(context).resources().stream()
          .filter(resource -> resource.endpoint() instanceof Client)
          .forEach(ManagedResource::await);
    } else if (!TestAbort.isAbort(failure.get())) {
      // Now, because an @AfterEach method may close some of them.
      endpoints(context).failures().noteEnd(failure.get());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestEndpoints endpoints = endpoints(context);
    TestOutcome.check(context, endpoints, !endpoints.innerTests().someFailed());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TestEndpoints endpoints = endpoints(context);
    TestOutcome.check(context, endpoints, endpoints.innerTests().allPassed());
  }

  /** Notes how the test stands, and has our ends of its connections closed after the interrupt. */
  @Override
  public void beforeThreadInterrupt(
      PreInterruptContext preInterruptContext, ExtensionContext context) {
    TestInterrupt.begin(context, endpoints(context), preInterruptContext.getThreadToInterrupt());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return ParameterInjector.supports(parameter);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return ParameterInjector.resolve(parameter, context, endpoints(context));
  }

  @Override
  TestEndpoints endpoints(ExtensionContext context) {
    return TestEndpoints.of(context, WeatherReader::read);
  }
}
