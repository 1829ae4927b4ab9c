package dev.partyline.junit5.internal.leaks;

import dev.partyline.junit5.internal.ManagedResource;
import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.jupiter.AutoClosedArguments;
import dev.partyline.junit5.internal.jupiter.ContextChain;
import dev.partyline.junit5.internal.jupiter.TestName;
import dev.partyline.netstat.OpenSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * A test or a class whose open sockets are checked at its end.
 *
 * <p>JUnit closes it with its context, after everything that was stored there later.
 */
// JUnit closes an AutoCloseable from 5.13 on, and only if it is not told otherwise.
@SuppressWarnings("deprecation")
public final class LeakScope implements AutoCloseable, Store.CloseableResource {
  private static final Namespace NAMESPACE = Namespace.create(LeakScope.class);

  private final ExtensionContext context;
  private final LeakDetector detector;
  private final @Nullable LeakScope parent;
  private final AutoClosedArguments arguments;
  private final Set<LeakOptions> options = new CopyOnWriteArraySet<>();
  private final Set<TestEndpoints> testEndpoints =
      Collections.synchronizedSet(new LinkedHashSet<>());

  private LeakScope(ExtensionContext context) {
    this.context = context;
    this.arguments = AutoClosedArguments.of(context);
    this.parent = context.getParent().flatMap(LeakScope::nearest).orElse(null);
    this.detector =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                LeakDetector.class, type -> new LeakDetector(), LeakDetector.class);
  }

  /** Watches what the test or class of a context opens from now on, if that is enabled. */
  public static void begin(ExtensionContext context, LeakOptions options) {
    if (!options.enabled()) {
      return;
    }
    boolean isTest = context.getTestMethod().isPresent();
    if (isTest) {
      initializeClasses(context);
    }
    LeakScope scope =
        context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                context.getUniqueId(), id -> new LeakScope(context), LeakScope.class);
    scope.options.add(options);
    scope.detector.begin(scope);
    if (!isTest) {
      initializeClasses(context);
    }
  }

  /** What static fields hold belongs to the class, but JVMs initialize it in its first test. */
  private static void initializeClasses(ExtensionContext context) {
    Class<?> testClass = context.getTestClass().orElse(null);
    for (Class<?> each = testClass; each != null; each = each.getEnclosingClass()) {
      try {
        Class.forName(each.getName(), true, each.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(each + " is not what its class loader finds", e);
      }
    }
  }

  /** Returns the nearest existing scope: that of this context, or of one around it. */
  public static Optional<LeakScope> nearest(ExtensionContext context) {
    return ContextChain.nearest(context, NAMESPACE, LeakScope.class);
  }

  /** Adds endpoints of this scope, to which a leaked socket may be connected. */
  public void addEndpoints(TestEndpoints endpoints) {
    testEndpoints.add(endpoints);
  }

  boolean isWithin(LeakScope other) {
    return parent != null && (parent.equals(other) || parent.isWithin(other));
  }

  @Nullable LeakScope parent() {
    return parent;
  }

  private boolean isCheckedWithParent() {
    return parent != null
        && parent.isCheckedAsWhole()
        && options.stream().noneMatch(LeakOptions::ofMethod);
  }

  /** Returns whether this scope, or one around it, is checked together with what is within it. */
  private boolean isCheckedAsWhole() {
    return options.stream().anyMatch(LeakOptions::afterAll)
        || (parent != null && parent.isCheckedAsWhole());
  }

  /** Returns whether tests that are not checked may run at the same time. */
  boolean hasUnknownTests() {
    return options.stream().anyMatch(LeakOptions::unknownTests);
  }

  boolean ignores(OpenSocket socket) {
    return options.stream().anyMatch(each -> each.ignores(socket));
  }

  /** Notes that all tests of this class are over, and its own methods run again. */
  public void resume() {
    detector.resume(this);
  }

  /** Returns the resources of this scope and of those around it; they may be closed. */
  List<ManagedResource> resources() {
    List<ManagedResource> all = new ArrayList<>();
    for (TestEndpoints endpoints : List.copyOf(testEndpoints)) {
      addResources(endpoints, all);
    }
    return all;
  }

  /** Returns the resources that live longer than this scope. */
  List<ManagedResource> parentResources() {
    List<ManagedResource> all = new ArrayList<>();
    addResources(context.getParent().flatMap(TestEndpoints::nearest).orElse(null), all);
    return all;
  }

  private static void addResources(@Nullable TestEndpoints innermost, List<ManagedResource> all) {
    for (TestEndpoints current = innermost; current != null; current = current.parent()) {
      current.resources().stream().filter(resource -> !all.contains(resource)).forEach(all::add);
    }
  }

  @Override
  public void close() {
    List<AssertionError> problems = arguments.close();
    try {
      if (isCheckedWithParent()) {
        detector.update();
      } else {
        detector.check(this);
      }
    } catch (AssertionError e) {
      problems.add(0, e);
    } finally {
      detector.end(this);
    }
    if (!problems.isEmpty()) {
      AssertionError first = problems.remove(0);
      problems.forEach(first::addSuppressed);
      throw first;
    }
  }

  /** Returns the name of the test, with its class, or of the class. */
  @Override
  public String toString() {
    return TestName.ofInnermost(context);
  }
}
