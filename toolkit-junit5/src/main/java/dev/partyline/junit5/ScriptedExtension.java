package dev.partyline.junit5;

import dev.partyline.junit5.internal.ConversationReport;
import dev.partyline.junit5.internal.ManagedResource;
import dev.partyline.junit5.internal.SocketReport;
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
 * What JUnit calls for {@link ScriptedListener}, {@link ScriptedClient}, {@link Tapped}, {@link
 * InWeather}, {@link FreePort} and {@link FreePorts}, which register it.
 *
 * <p>Their Javadoc is the contract. It also gives every parameter of type {@link
 * dev.partyline.netstat.ConnectionTable} the sockets as they are when the parameter is resolved; a
 * test that wants nothing else of it is under {@code @ExtendWith(ScriptedExtension.class)}, and
 * nobody else has to name this type.
 *
 * <p>When a test fails, the sockets that this JVM had open by then, and connections to their ports
 * that nobody has open, are written to {@code connections.txt} beside JUnit's reports, if the JUnit
 * at hand knows such files; those of which there is something to explain are added to the failure.
 */
// Public, so that JUnit can make one though our module opens nothing. It keeps nothing itself.
public final class ScriptedExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        AfterEachCallback,
        AfterAllCallback,
        InvocationInterceptor,
        ParameterResolver {

  /** Is for JUnit. */
  public ScriptedExtension() {}

  /** Puts what a constructor of a test asks for into the scope of the test, not of its class. */
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

  /** Waits for the clients, whose server may be stopped next. */
  @Override
  public void afterTestExecution(ExtensionContext context) {
    Optional<Throwable> failure = context.getExecutionException();
    if (failure.isEmpty()) {
      endpoints(context).resources().stream()
          .filter(resource -> resource.endpoint() instanceof Client)
          .forEach(ManagedResource::await);
    } else if (!(failure.get() instanceof TestAbortedException)) {
      // Before an @AfterEach method closes them.
      endpoints(context).socketReport();
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

  /** JUnit does not tell the method that made a dynamic test that it failed. */
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
                ConversationReport.of(context, endpoints, SocketReport.now())
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
