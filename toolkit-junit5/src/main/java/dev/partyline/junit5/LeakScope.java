package dev.partyline.junit5;

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
 * A test or a class that answers for what it leaves open.
 *
 * <p>JUnit closes it with its context: after whatever came into the context later than it.
 */
// JUnit closes an AutoCloseable from 5.13 on, and only if it is not told otherwise.
@SuppressWarnings("deprecation")
final class LeakScope implements AutoCloseable, Store.CloseableResource {
  private static final Namespace NAMESPACE = Namespace.create(LeakScope.class);

  private final ExtensionContext context;
  private final LeakDetector watch;
  private final boolean inParallel;
  private final @Nullable LeakScope around;
  private final Set<LeakOptions> terms = new CopyOnWriteArraySet<>();
  private final Set<TestEndpoints> casts = Collections.synchronizedSet(new LinkedHashSet<>());

  private LeakScope(ExtensionContext context, boolean inParallel) {
    this.context = context;
    this.inParallel = inParallel;
    this.around = nearest(context.getParent());
    this.watch =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                LeakDetector.class, type -> new LeakDetector(), LeakDetector.class);
  }

  /** Has the test or class of a context answer from now on, if that is wanted. */
  static void begin(ExtensionContext context) {
    LeakOptions terms = LeakOptions.of(context);
    if (!terms.wanted()) {
      return;
    }
    ExtensionContext place = terms.inParallel() ? outermostClass(context) : context;
    LeakScope scope =
        place
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                place.getUniqueId(),
                id -> new LeakScope(place, terms.inParallel()),
                LeakScope.class);
    scope.terms.add(terms);
    scope.watch.begin(scope);
  }

  private static ExtensionContext outermostClass(ExtensionContext context) {
    ExtensionContext outermost = context;
    for (Optional<ExtensionContext> at = Optional.of(context);
        at.isPresent();
        at = at.get().getParent()) {
      outermost = at.get().getTestClass().isPresent() ? at.get() : outermost;
    }
    return outermost;
  }

  /** Returns the nearest one that is there already: of this context, or of one above it. */
  static @Nullable LeakScope nearest(Optional<ExtensionContext> context) {
    for (Optional<ExtensionContext> at = context; at.isPresent(); at = at.get().getParent()) {
      LeakScope scope = at.get().getStore(NAMESPACE).get(at.get().getUniqueId(), LeakScope.class);
      if (scope != null) {
        return scope;
      }
    }
    return null;
  }

  /** Is told who acts in it, and so is around to be somebody's counterpart. */
  void meet(TestEndpoints cast) {
    casts.add(cast);
  }

  boolean isWithin(LeakScope other) {
    return around != null && (around.equals(other) || around.isWithin(other));
  }

  boolean isInParallel() {
    return inParallel;
  }

  boolean isIgnored(Flow flow) {
    return terms.stream().anyMatch(each -> each.ignores(flow));
  }

  /** Returns those who act in it, and those around them; they may have been closed. */
  List<ManagedResource> roles() {
    List<ManagedResource> all = new ArrayList<>();
    for (TestEndpoints cast : List.copyOf(casts)) {
      addRoles(cast, all);
    }
    return all;
  }

  /** Returns those who go on acting when it is over. */
  List<ManagedResource> rolesAround() {
    List<ManagedResource> all = new ArrayList<>();
    addRoles(TestEndpoints.nearest(context.getParent()), all);
    return all;
  }

  private static void addRoles(@Nullable TestEndpoints from, List<ManagedResource> all) {
    for (TestEndpoints at = from; at != null; at = at.around()) {
      at.roles().stream().filter(role -> !all.contains(role)).forEach(all::add);
    }
  }

  @Override
  public void close() {
    boolean aborted =
        context.getExecutionException().filter(TestAbortedException.class::isInstance).isPresent();
    try {
      if (aborted) {
        watch.look();
      } else {
        watch.judge(this);
      }
    } finally {
      watch.end(this);
    }
  }

  /** Returns the name of the test, with its class, or of the class. */
  @Override
  public String toString() {
    String home = context.getTestClass().map(Class::getSimpleName).orElse("");
    return context.getTestMethod().isPresent() ? home + "." + context.getDisplayName() : home;
  }
}
