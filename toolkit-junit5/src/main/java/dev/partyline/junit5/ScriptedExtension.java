package dev.partyline.junit5;

import dev.partyline.junit5.internal.ConversationReport;
import dev.partyline.junit5.internal.ManagedResource;
import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.TestOutcome;
import dev.partyline.loopback.Client;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * The JUnit extension behind {@link ScriptedListener}, {@link ScriptedClient}, {@link Tapped},
 * {@link InWeather}, {@link FreePort} and {@link FreePorts}, which register it.
 *
 * <p>Their Javadoc is the contract. The extension also gives every parameter of type {@link
 * dev.partyline.netstat.ConnectionTable} the sockets as they are when the parameter is resolved. A
 * test that needs only that has {@code @ExtendWith(ScriptedExtension.class)}; no other test has to
 * name this type.
 *
 * <p>When a test fails, the sockets that this JVM had open then, and connections to their ports
 * that no process has open, are written to {@code connections.txt} beside JUnit's reports, if this
 * version of JUnit supports such files. Sockets in a notable state are added to the failure, those
 * that were there before the test last. If an address was already in use, the failure also has who
 * has the leased ports, listeners and taps of the test.
 */
// Public, so that JUnit can make one though our module opens nothing. It has no state.
public final class ScriptedExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        AfterEachCallback,
        AfterAllCallback,
        InvocationInterceptor,
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
    TestEndpoints endpoints = endpoints(context);
    endpoints.startWeather();
    FieldInjector.injectStatic(context, endpoints);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    TestEndpoints endpoints = endpoints(context);
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
    } else if (!(failure.get() instanceof TestAbortedException)) {
      // Now, because an @AfterEach method may close some of them.
      endpoints(context).socketReport(failure.get());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestOutcome.check(context, endpoints(context), true);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TestEndpoints endpoints = endpoints(context);
    TestOutcome.check(context, endpoints, endpoints.isUsed());
  }

  /**
   * Notes the failure of a dynamic test, because JUnit does not report it to the method that made
   * the test.
   */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (TestAbortedException e) {
      throw e;
    } catch (Throwable e) {
      TestEndpoints.nearest(context)
          .ifPresent(
              endpoints -> {
                endpoints.markFailed();
                ConversationReport.of(context, endpoints, endpoints.newSocketReport(e))
                    .ifPresent(e::addSuppressed);
              });
      throw e;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return ParameterInjector.supports(parameter);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return ParameterInjector.resolve(parameter, context, endpoints(context));
  }

  private static TestEndpoints endpoints(ExtensionContext context) {
    return TestEndpoints.of(context, WeatherReader::read);
  }
}
