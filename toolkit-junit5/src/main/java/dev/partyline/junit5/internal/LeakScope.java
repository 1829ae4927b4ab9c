package dev.partyline.junit5.internal;

import dev.partyline.filter.Flow;
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
import org.opentest4j.TestAbortedException;

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
  private final boolean parallel;
  private final @Nullable LeakScope parent;
  private final Set<LeakOptions> options = new CopyOnWriteArraySet<>();
  private final Set<TestEndpoints> testEndpoints =
      Collections.synchronizedSet(new LinkedHashSet<>());

  private LeakScope(ExtensionContext context, boolean parallel) {
    this.context = context;
    this.parallel = parallel;
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
    ExtensionContext scopeContext = options.parallel() ? outermostClass(context) : context;
    LeakScope scope =
        scopeContext
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                scopeContext.getUniqueId(),
                id -> new LeakScope(scopeContext, options.parallel()),
                LeakScope.class);
    scope.options.add(options);
    scope.detector.begin(scope);
  }

  private static ExtensionContext outermostClass(ExtensionContext context) {
    return ContextChain.of(context)
        .filter(each -> each.getTestClass().isPresent())
        .reduce(context, (inner, outer) -> outer);
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

  boolean isParallel() {
    return parallel;
  }

  boolean isIgnored(Flow flow) {
    return options.stream().anyMatch(each -> each.ignores(flow));
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
    boolean aborted =
        context.getExecutionException().filter(TestAbortedException.class::isInstance).isPresent();
    try {
      if (aborted) {
        detector.update();
      } else {
        detector.check(this);
      }
    } finally {
      detector.end(this);
    }
  }

  /** Returns the name of the test, with its class, or of the class. */
  @Override
  public String toString() {
    String className = context.getTestClass().map(Class::getSimpleName).orElse("");
    return context.getTestMethod().isPresent()
        ? className + "." + context.getDisplayName()
        : className;
  }
}
