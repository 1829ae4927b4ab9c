package dev.partyline.junit5;

import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.leaks.LeakOptions;
import dev.partyline.junit5.internal.leaks.LeakScope;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * The JUnit extension behind {@link NoSocketLeaks}, which registers it; JUnit can also detect it
 * for a whole suite.
 *
 * <p>The Javadoc of the annotation is the contract; tests need not name this type.
 */
// Public, so that JUnit and its service loader can make one. It has no state.
public final class LeakExtension
    implements BeforeAllCallback,
        TestInstancePreConstructCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        InvocationInterceptor {

  /** Makes an extension; for JUnit. */
  public LeakExtension() {}

  /** What a constructor opens belongs to the test, not to its class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    begin(context);
  }

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    begin(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    begin(context);
  }

  /** Only notes the endpoints: the check comes later, when everything in this context is closed. */
  @Override
  public void afterEach(ExtensionContext context) {
    addEndpoints(context);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    LeakScope.nearest(context).ifPresent(LeakScope::resume);
    invocation.proceed();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    addEndpoints(context);
  }

  private static void begin(ExtensionContext context) {
    LeakScope.begin(
        context,
        LeakOptions.of(
            context,
            NoSocketLeaks.class,
            NoSocketLeaks::ignoring,
            annotation -> annotation.check() == NoSocketLeaks.Check.AFTER_ALL));
  }

  private static void addEndpoints(ExtensionContext context) {
    TestEndpoints.nearest(context)
        .ifPresent(
            endpoints ->
                LeakScope.nearest(context).ifPresent(scope -> scope.addEndpoints(endpoints)));
  }
}
