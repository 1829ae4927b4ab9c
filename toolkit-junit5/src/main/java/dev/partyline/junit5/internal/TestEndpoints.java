package dev.partyline.junit5.internal;

import dev.partyline.ports.OpenResource;
import dev.partyline.ports.PortLease;
import dev.partyline.script.player.Marks;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * The listeners, clients, taps and ports of one test, or of one class.
 *
 * <p>JUnit closes them with their context, whatever happened before that.
 */
// JUnit closes an AutoCloseable from 5.13 on, and only if it is not told otherwise.
@SuppressWarnings("deprecation")
public final class TestEndpoints implements AutoCloseable, Store.CloseableResource {
  private static final Namespace NAMESPACE = Namespace.create(TestEndpoints.class);

  private final @Nullable TestEndpoints parent;
  private final String testName;
  private final SystemPropertyLocks propertyLocks;
  private final Optional<WeatherRequest> weatherRequest;
  private final List<TemporaryWeather> temporaryWeathers = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment = new ConcurrentHashMap<>();
  private final List<ManagedResource> resources = new CopyOnWriteArrayList<>();
  private final List<Runnable> closeActions = new CopyOnWriteArrayList<>();
  private final Deque<Runnable> pendingClients = new ArrayDeque<>();
  private final List<PortLease> leases = new CopyOnWriteArrayList<>();
  private final Map<String, Object> parameterValues = new ConcurrentHashMap<>();
  private final Map<String, Marks> marksByName = new ConcurrentHashMap<>();
  private final OpenedEndpoints openedEndpoints = new OpenedEndpoints();
  private final List<ConversationReport> interruptReports = new CopyOnWriteArrayList<>();
  private final AtomicBoolean dumpClaimed = new AtomicBoolean();

  /** Held while connections are closed, because those of the next test must not be among them. */
  private final Object endLock = new Object();

  private final Object dumpLock = new Object();

  private final Set<Field> claimedFields = ConcurrentHashMap.newKeySet();
  private final SocketBaseline socketBaseline = new SocketBaseline();
  private @Nullable SocketReport socketReport;
  private volatile boolean used;
  private volatile boolean failed;
  private volatile boolean ended;

  private TestEndpoints(ExtensionContext context, Optional<WeatherRequest> weatherRequest) {
    this.parent = context.getParent().flatMap(TestEndpoints::nearest).orElse(null);
    this.testName = name(context);
    this.propertyLocks =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                SystemPropertyLocks.class,
                type -> new SystemPropertyLocks(),
                SystemPropertyLocks.class);
    this.weatherRequest = weatherRequest;
  }

  /** Returns {@code ShopTest.ships()}, followed by the name of an invocation. */
  private static String name(ExtensionContext context) {
    String className =
        context.getTestClass().map(Class::getName).orElseGet(context::getDisplayName);
    String displayName = context.getDisplayName();
    return className.substring(className.lastIndexOf('.') + 1)
        + context
            .getTestMethod()
            .map(Method::getName)
            .map(
                name ->
                    "."
                        + (displayName.startsWith(name + "(")
                            ? displayName
                            : name + "() " + displayName))
            .orElse("");
  }

  /**
   * Returns the endpoints of a context; what they have is closed with that context.
   *
   * @param weather reads the weather that a test or class asks for
   */
  public static TestEndpoints of(
      ExtensionContext context, Function<ExtensionContext, Optional<WeatherRequest>> weather) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            context.getUniqueId(),
            id -> new TestEndpoints(context, weather.apply(context)),
            TestEndpoints.class);
  }

  /** Returns the nearest existing ones: those of this context, or of one around it. */
  public static Optional<TestEndpoints> nearest(ExtensionContext context) {
    return ContextChain.nearest(context, NAMESPACE, TestEndpoints.class);
  }

  /** Returns the endpoints of the class or test around this one, if there are any. */
  @Nullable TestEndpoints parent() {
    return parent;
  }

  /** Returns the name of the test, or of the class, that these endpoints belong to. */
  public String testName() {
    return testName;
  }

  public void add(InjectionPoint injectionPoint, ManagedResource resource) {
    addParameter(injectionPoint, resource.endpoint());
    resources.add(resource);
  }

  /** Adds a lease, which is closed with these endpoints. */
  public void add(InjectionPoint injectionPoint, PortLease lease) {
    leases.add(lease);
    addParameter(injectionPoint, lease);
    onClose(lease::close);
  }

  List<PortLease> leases() {
    return leases;
  }

  private void addParameter(InjectionPoint injectionPoint, Object value) {
    if (injectionPoint.isParameter()) {
      parameterValues.putIfAbsent(injectionPoint.name(), value);
    }
  }

  /** Returns what was started for annotations. */
  public List<ManagedResource> resources() {
    return resources;
  }

  /** Returns what was opened in code. */
  OpenedEndpoints openedEndpoints() {
    return openedEndpoints;
  }

  /** Returns all listeners, clients and taps here and around, those here first. */
  List<ManagedResource> withParents() {
    List<ManagedResource> all = new ArrayList<>(resources);
    all.addAll(openedEndpoints.all());
    if (parent != null) {
      all.addAll(parent.withParents());
    }
    return all;
  }

  /** Notes how the test stood when JUnit interrupted it, which its failure has to show. */
  void markInterrupted(ConversationReport report) {
    withParents().forEach(ManagedResource::markReported);
    interruptReports.add(report);
  }

  /** Returns how the test stood at each interrupt; empty if there was none. */
  List<ConversationReport> interruptReports() {
    return interruptReports;
  }

  /** Returns whether the caller is the first to show this test while it runs. */
  boolean claimDump() {
    return dumpClaimed.compareAndSet(false, true);
  }

  /** Returns whether everything here is being closed, because the test is over. */
  boolean hasEnded() {
    return ended;
  }

  /** Closes what is here, and the connections of what is around: other tests need that. */
  void closeConnections() {
    synchronized (endLock) {
      if (!ended) {
        closeConnectionsOfRunningTest();
      }
    }
  }

  private void closeConnectionsOfRunningTest() {
    List<ManagedResource> own = new ArrayList<>(resources);
    own.addAll(openedEndpoints.all());
    Collections.reverse(own);
    own.forEach(ManagedResource::closeEndpoint);
    List<ManagedResource> shared = parent == null ? List.of() : parent.withParents();
    shared.forEach(ManagedResource::markReported);
    OpenResource.snapshot().stream()
        .filter(each -> shared.stream().anyMatch(other -> other.endpoint().equals(each.owner())))
        .forEach(OpenResource::closeConnections);
  }

  /** Runs a dump, for which the test waits if it ends meanwhile. */
  void dump(Runnable dump) {
    synchronized (dumpLock) {
      dump.run();
    }
  }

  void awaitDump() {
    dump(() -> {});
  }

  /** Runs an action after all endpoints have been closed. */
  public void onClose(Runnable action) {
    closeActions.add(action);
  }

  /** Adds a client that is started when the test begins. */
  public synchronized void startLater(Runnable start) {
    pendingClients.add(start);
  }

  /** Starts the clients that were added for the beginning of the test, outer ones first. */
  public synchronized void startClients() {
    if (parent != null) {
      parent.startClients();
    }
    // One that cannot start stays here, so that every test of the class fails because of it.
    for (Runnable next = pendingClients.peek(); next != null; next = pendingClients.peek()) {
      next.run();
      pendingClients.remove();
    }
  }

  /** Returns whether a static field has to be set here, and not for a class around this one. */
  public boolean claim(Field field) {
    for (TestEndpoints current = parent; current != null; current = current.parent) {
      if (current.claimedFields.contains(field)) {
        return false;
      }
    }
    return claimedFields.add(field);
  }

  /** Returns the marks of a name, here or around; new ones if the name is empty. */
  public Marks marks(String name) {
    if (name.isEmpty()) {
      return new Marks();
    }
    for (TestEndpoints current = parent; current != null; current = current.parent) {
      Marks marks = current.marksByName.get(name);
      if (marks != null) {
        return marks;
      }
    }
    return marksByName.computeIfAbsent(name, key -> new Marks());
  }

  /** Returns the value of the parameter of a name. */
  Optional<Object> parameterValue(String name) {
    return Optional.ofNullable(parameterValues.get(name));
  }

  boolean isWithin(TestEndpoints other) {
    return parent == other || (parent != null && parent.isWithin(other));
  }

  SystemPropertyLocks propertyLocks() {
    return propertyLocks;
  }

  void addVariable(String name, String value) {
    environment.put(name, value);
  }

  /** Returns the environment variables of all taps here and around; those here win. */
  public Map<String, String> environment() {
    Map<String, String> all = parent == null ? new TreeMap<>() : parent.environment();
    all.putAll(environment);
    return all;
  }

  /** Returns the weather that this test or class asks for, if any. */
  Optional<WeatherRequest> weatherRequest() {
    return weatherRequest;
  }

  /** Returns the weathers that are asked for around this and here, in that order. */
  public List<WeatherRequest> weatherRequests() {
    List<WeatherRequest> all = parent == null ? new ArrayList<>() : parent.weatherRequests();
    weatherRequest.ifPresent(all::add);
    return all;
  }

  /** Injects the weather that is asked for here into the running taps around. */
  public void startWeather() {
    if (weatherRequest.isEmpty()) {
      return;
    }
    for (TestEndpoints current = parent; current != null; current = current.parent) {
      for (ManagedResource resource : current.resources) {
        if (resource instanceof ManagedTap tap && weatherRequest.get().claim(tap.name())) {
          temporaryWeathers.add(TemporaryWeather.start(tap, weatherRequest.get()));
        }
      }
    }
  }

  /** Removes the weather again, and returns the failures of faults that had to fire and did not. */
  List<String> endWeather() {
    List<String> misses =
        temporaryWeathers.stream()
            .flatMap(temporaryWeather -> temporaryWeather.end().stream())
            .toList();
    temporaryWeathers.clear();
    return misses;
  }

  /** Notes for the endpoints around that a test has run. */
  void markUsed() {
    for (TestEndpoints current = parent; current != null; current = current.parent) {
      current.used = true;
    }
  }

  public boolean isUsed() {
    return used;
  }

  /**
   * Returns the sockets at the first call, which comes when the test fails.
   *
   * @param failure the failure; null if what was started here has failed
   */
  public synchronized SocketReport socketReport(@Nullable Throwable failure) {
    if (socketReport == null) {
      socketReport = newSocketReport(failure);
    }
    return socketReport;
  }

  /** Returns the sockets as they are now. */
  public SocketReport newSocketReport(@Nullable Throwable failure) {
    return SocketReport.now(socketBaseline, PortConflict.describe(failure, this));
  }

  /** Notes a failure that JUnit does not report to this context. */
  public void markFailed() {
    failed = true;
  }

  boolean hasFailed() {
    return failed;
  }

  /** Closes everything, the last one first, and returns errors that were not reported before. */
  List<AssertionError> closeAll() {
    synchronized (endLock) {
      ended = true;
    }
    endWeather();
    List<ManagedResource> reversedResources = new ArrayList<>(resources);
    Collections.reverse(reversedResources);
    List<AssertionError> problems =
        reversedResources.stream().flatMap(resource -> resource.close().stream()).toList();
    List<Runnable> reversedActions = new ArrayList<>(closeActions);
    Collections.reverse(reversedActions);
    reversedActions.forEach(Runnable::run);
    closeActions.clear();
    return problems;
  }

  @Override
  public void close() {
    List<AssertionError> problems = closeAll();
    if (!problems.isEmpty()) {
      AssertionError first = problems.get(0);
      problems.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
