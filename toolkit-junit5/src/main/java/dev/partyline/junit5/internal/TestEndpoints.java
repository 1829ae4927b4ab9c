package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.ContextChain;
import dev.partyline.junit5.internal.jupiter.FieldClaims;
import dev.partyline.junit5.internal.jupiter.InjectedField;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.InnerTests;
import dev.partyline.junit5.internal.jupiter.InnerTests.InnerTest;
import dev.partyline.junit5.internal.jupiter.TestName;
import dev.partyline.junit5.internal.report.RunFiles;
import dev.partyline.ports.OpenResource;
import dev.partyline.ports.PortLease;
import dev.partyline.script.player.Marks;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final ExtensionContext context;
  private final RunFiles files;
  private final SystemPropertyLocks propertyLocks;
  private final FieldClaims fieldClaims;
  private final TestWeather weather;
  private final InnerTest innerTest;
  private final InnerTests innerTests = new InnerTests();
  private final Map<String, String> environment = new ConcurrentHashMap<>();
  private final List<ManagedResource> resources = new CopyOnWriteArrayList<>();
  private final List<Runnable> closeActions = new CopyOnWriteArrayList<>();
  private final List<Runnable> leaveActions = new ArrayList<>();
  private final PendingClients pendingClients = new PendingClients();
  private final List<PortLease> leases = new CopyOnWriteArrayList<>();
  private final Map<String, Object> parameterValues = new ConcurrentHashMap<>();
  private final Map<String, Marks> marksByName = new ConcurrentHashMap<>();
  private final OpenedEndpoints openedEndpoints = new OpenedEndpoints();
  private final TestDumps dumps = new TestDumps();

  /** Held while connections are closed, because those of the next test must not be among them. */
  private final Object endLock = new Object();

  private final Set<Field> claimedFields = ConcurrentHashMap.newKeySet();
  private final TestFailures failures = new TestFailures(this);
  private volatile boolean ended;

  private TestEndpoints(ExtensionContext context, Optional<WeatherRequest> weatherRequest) {
    this.parent = context.getParent().flatMap(TestEndpoints::nearest).orElse(null);
    this.context = context;
    this.testName = TestName.of(context);
    this.files = RunFiles.of(context);
    this.innerTest = new InnerTest(testName);
    this.propertyLocks =
        ofRun(context, SystemPropertyLocks.class, type -> new SystemPropertyLocks());
    this.fieldClaims = ofRun(context, FieldClaims.class, type -> new FieldClaims());
    this.weather = new TestWeather(weatherRequest);
    if (isTest()) {
      around().forEach(this::beginWithin);
    }
  }

  /** What has failed before this test began is noted first, because it is not its fault. */
  private void beginWithin(TestEndpoints classEndpoints) {
    classEndpoints.noteInnerTests();
    classEndpoints.innerTests.begin(innerTest);
    leaveActions.add(() -> classEndpoints.innerTests.end(innerTest));
  }

  /** Has what is here note which tests use it now, because they may have caused what is new. */
  void noteInnerTests() {
    resources.forEach(resource -> resource.noteTests(innerTests::running));
  }

  /** Leaves what an aborted test alone has made fail here without consequences. */
  void forgive(InnerTest aborted) {
    resources.forEach(resource -> resource.forgive(aborted, innerTests::running));
  }

  /** Notes for the classes around that this test is over. */
  void leaveClasses() {
    leaveActions.forEach(Runnable::run);
  }

  /** Returns whether there are endpoints of a class around this one. */
  public boolean isWithinClass() {
    return parent != null;
  }

  /** Returns the name of the test method, if this is not for a class. */
  public Optional<String> methodName() {
    return context.getTestMethod().map(Method::getName);
  }

  /** Returns which invocation of a repeated or parameterized test this is, as 3; 1 for others. */
  public String invocation() {
    return TestName.invocation(context);
  }

  boolean isTest() {
    return context.getTestMethod().isPresent();
  }

  private static <T> T ofRun(ExtensionContext context, Class<T> type, Function<Class<T>, T> maker) {
    return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(type, maker, type);
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
  public @Nullable TestEndpoints parent() {
    return parent;
  }

  /** Returns those of the classes around this one, the innermost first. */
  List<TestEndpoints> around() {
    List<TestEndpoints> all = new ArrayList<>();
    for (TestEndpoints current = parent; current != null; current = current.parent) {
      all.add(current);
    }
    return all;
  }

  /** Returns the name of the test, or of the class, that these endpoints belong to. */
  public String testName() {
    return testName;
  }

  /** Returns what the tests of the run write. */
  RunFiles files() {
    return files;
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
      parameterValues.put(injectionPoint.name(), value);
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
    dumps.add(report);
  }

  /** Returns what was shown of this test while it ran. */
  TestDumps dumps() {
    return dumps;
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

  /** Runs an action after all endpoints have been closed. */
  public void onClose(Runnable action) {
    closeActions.add(action);
  }

  /** Adds a client that is started when the test begins. */
  public void startLater(Runnable start) {
    pendingClients.add(start);
  }

  /** Starts the clients that were added for the beginning of the test, outer ones first. */
  public void startClients() {
    if (parent != null) {
      parent.startClients();
    }
    pendingClients.startAll();
  }

  /** Returns whether a static field has to be set here, and not for a class around this one. */
  public boolean isOwn(Field field) {
    return around().stream().noneMatch(each -> each.claimedFields.contains(field));
  }

  /**
   * Takes a field until these endpoints are closed, unless a test or class that runs at the same
   * time has it; then returns which one.
   */
  public Optional<String> claim(InjectedField field) {
    Optional<String> owner = fieldClaims.acquire(field, testName);
    if (owner.isEmpty()) {
      claimedFields.add(field.field());
      onClose(() -> fieldClaims.release(field));
    }
    return owner;
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

  /** Returns the value of the last parameter of a name, here or around: that is the nearest. */
  Optional<Object> parameterValue(String name) {
    Object value = parameterValues.get(name);
    return value == null && parent != null
        ? parent.parameterValue(name)
        : Optional.ofNullable(value);
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

  /** Returns the weather that this test or class asks for. */
  TestWeather weather() {
    return weather;
  }

  /** Returns the weathers that are asked for around this and here, in that order. */
  public List<WeatherRequest> weatherRequests() {
    return weather.requests(parent == null ? List.of() : parent.weatherRequests());
  }

  /** Injects the weather that is asked for here into the running taps around. */
  public void startWeather() {
    for (TestEndpoints each : around()) {
      for (ManagedResource resource : each.resources) {
        if (resource instanceof ManagedTap tap) {
          weather.startOn(tap);
        }
      }
    }
  }

  /** Returns this test as one of the tests of the classes around it. */
  InnerTest innerTest() {
    return innerTest;
  }

  /** Returns the tests within this class, or the dynamic tests of this method. */
  public InnerTests innerTests() {
    return innerTests;
  }

  public TestFailures failures() {
    return failures;
  }

  /** Closes everything, the last one first, and returns errors that were not reported before. */
  List<AssertionError> closeAll() {
    synchronized (endLock) {
      ended = true;
    }
    weather.end();
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
    TestOutcome.reportLateFailure(context, this);
    leaveClasses();
    boolean innerTestsPassed = isTest() ? !innerTests.someFailed() : innerTests.allPassed();
    closeOrThrow();
    if (innerTestsPassed && context.getExecutionException().isEmpty()) {
      resources.forEach(ManagedResource::passed);
    }
  }

  /** Closes everything, and throws errors that were not reported before. */
  void closeOrThrow() {
    List<AssertionError> problems = closeAll();
    if (!problems.isEmpty()) {
      AssertionError first = problems.get(0);
      problems.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
