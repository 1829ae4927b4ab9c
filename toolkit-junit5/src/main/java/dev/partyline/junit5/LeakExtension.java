package dev.partyline.junit5;

import dev.partyline.junit5.internal.LeakOptions;
import dev.partyline.junit5.internal.LeakScope;
import dev.partyline.junit5.internal.TestEndpoints;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * What JUnit calls for {@link NoSocketLeaks}, which registers it, or for a whole suite, where it
 * finds it by itself.
 *
 * <p>The Javadoc of the annotation is the contract; nobody else has to name this type.
 */
// Public, so that JUnit and its service loader can make one. It keeps nothing itself.
public final class LeakExtension
    implements BeforeAllCallback,
        TestInstancePreConstructCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback {

  /** Is for JUnit. */
  public LeakExtension() {}

  /** What a constructor opens is opened by the test, not by its class. */
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

  /** What is judged is what is open when everything of this context was closed; later than here. */
  @Override
  public void afterEach(ExtensionContext context) {
    addEndpoints(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    addEndpoints(context);
  }

  private static void begin(ExtensionContext context) {
    LeakScope.begin(context, LeakOptions.of(context, NoSocketLeaks.class, NoSocketLeaks::ignoring));
  }

  private static void addEndpoints(ExtensionContext context) {
    TestEndpoints.nearest(context)
        .ifPresent(
            endpoints ->
                LeakScope.nearest(context).ifPresent(scope -> scope.addEndpoints(endpoints)));
  }
}
