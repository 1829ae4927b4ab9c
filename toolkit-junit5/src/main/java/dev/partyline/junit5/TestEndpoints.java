package dev.partyline.junit5;

import dev.partyline.loopback.PortLease;
import dev.partyline.script.Marks;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * The listeners, clients, taps and ports of one test, or of one class.
 *
 * <p>JUnit closes it with its context, whatever happened before that.
 */
// JUnit closes an AutoCloseable from 5.13 on, and only if it is not told otherwise.
@SuppressWarnings("deprecation")
final class TestEndpoints implements AutoCloseable, Store.CloseableResource {
  private static final Namespace NAMESPACE = Namespace.create(TestEndpoints.class);

  private final @Nullable TestEndpoints around;
  private final String test;
  private final SystemPropertyLocks filled;
  private final Optional<WeatherRequest> forecast;
  private final List<TemporaryWeather> spells = new CopyOnWriteArrayList<>();
  private final Map<String, String> variables = new ConcurrentHashMap<>();
  private final List<ManagedResource> roles = new CopyOnWriteArrayList<>();
  private final List<Runnable> exits = new CopyOnWriteArrayList<>();
  private final Deque<Runnable> entrances = new ArrayDeque<>();
  private final Map<String, PortLease> leases = new ConcurrentHashMap<>();
  private final Map<String, Marks> boards = new ConcurrentHashMap<>();
  private final Set<Field> fields = ConcurrentHashMap.newKeySet();
  private @Nullable SocketReport sockets;
  private volatile boolean played;
  private volatile boolean failed;

  private TestEndpoints(ExtensionContext context) {
    this.around = nearest(context.getParent());
    this.test = name(context);
    this.filled =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                SystemPropertyLocks.class,
                type -> new SystemPropertyLocks(),
                SystemPropertyLocks.class);
    this.forecast = WeatherRequest.of(context);
  }

  /** Returns {@code ShopTest.ships()}, an invocation with its name behind that. */
  private static String name(ExtensionContext context) {
    String type = context.getTestClass().map(Class::getName).orElseGet(context::getDisplayName);
    String shown = context.getDisplayName();
    return type.substring(type.lastIndexOf('.') + 1)
        + context
            .getTestMethod()
            .map(Method::getName)
            .map(name -> "." + (shown.startsWith(name + "(") ? shown : name + "() " + shown))
            .orElse("");
  }

  /** Returns the cast of a context; what it has is closed with that context. */
  static TestEndpoints of(ExtensionContext context) {
    // A store also gives what the stores above it have, unless each key is used in one alone.
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            context.getUniqueId(), id -> new TestEndpoints(context), TestEndpoints.class);
  }

  /** Returns the nearest cast that is there already: of this context, or of one above it. */
  static @Nullable TestEndpoints nearest(Optional<ExtensionContext> context) {
    for (Optional<ExtensionContext> at = context; at.isPresent(); at = at.get().getParent()) {
      TestEndpoints cast =
          at.get().getStore(NAMESPACE).get(at.get().getUniqueId(), TestEndpoints.class);
      if (cast != null) {
        return cast;
      }
    }
    return null;
  }

  /** Returns the cast of the class or test around this one, if there is any. */
  @Nullable TestEndpoints around() {
    return around;
  }

  /** Returns the name of the test, or of the class, that it belongs to. */
  String test() {
    return test;
  }

  void add(ManagedResource role) {
    roles.add(role);
  }

  /** Keeps a lease as long as there is the cast. */
  void add(InjectionPoint element, PortLease lease) {
    if (element.isParameter()) {
      leases.put(element.name(), lease);
    }
    atExit(lease::close);
  }

  List<ManagedResource> roles() {
    return roles;
  }

  /** Has the action run when everybody of this cast has been closed. */
  void atExit(Runnable action) {
    exits.add(action);
  }

  /** Keeps a client for the moment in which the test begins. */
  synchronized void enterLater(Runnable entrance) {
    entrances.add(entrance);
  }

  /** Has those who waited for the beginning of the test come in, those around it first. */
  synchronized void enter() {
    if (around != null) {
      around.enter();
    }
    // One that cannot come in stays here, so that every test of the class fails by it.
    for (Runnable next = entrances.peek(); next != null; next = entrances.peek()) {
      next.run();
      entrances.remove();
    }
  }

  /** Returns whether a static field is still to be filled, rather than by a class around this. */
  boolean claim(Field field) {
    for (TestEndpoints at = around; at != null; at = at.around) {
      if (at.fields.contains(field)) {
        return false;
      }
    }
    return fields.add(field);
  }

  /** Returns the board of that name, here or around; one for nobody else if the name is empty. */
  Marks board(String name) {
    if (name.isEmpty()) {
      return new Marks();
    }
    for (TestEndpoints at = around; at != null; at = at.around) {
      Marks board = at.boards.get(name);
      if (board != null) {
        return board;
      }
    }
    return boards.computeIfAbsent(name, key -> new Marks());
  }

  /** Returns what was put into the parameter of that name. */
  Optional<Object> inParameter(String name) {
    return roles.stream()
        .filter(role -> role.element().isParameter() && role.element().name().equals(name))
        .<Object>map(ManagedResource::owner)
        .findFirst()
        .or(() -> Optional.ofNullable(leases.get(name)));
  }

  boolean isWithin(TestEndpoints other) {
    return around == other || (around != null && around.isWithin(other));
  }

  SystemPropertyLocks filled() {
    return filled;
  }

  void variable(String name, String value) {
    variables.put(name, value);
  }

  /** Returns the environment variables of all taps here and around; those here come first. */
  Map<String, String> variables() {
    Map<String, String> all = around == null ? new TreeMap<>() : around.variables();
    all.putAll(variables);
    return all;
  }

  /** Returns the weather of this cast, if any was asked for. */
  Optional<WeatherRequest> forecast() {
    return forecast;
  }

  /** Returns the weathers of all casts around this one and of this one, in that order. */
  List<WeatherRequest> forecasts() {
    List<WeatherRequest> all = around == null ? new ArrayList<>() : around.forecasts();
    forecast.ifPresent(all::add);
    return all;
  }

  /** Puts the weather of this cast over the taps of those around it, which are running. */
  void beginWeather() {
    if (forecast.isEmpty()) {
      return;
    }
    for (TestEndpoints at = around; at != null; at = at.around) {
      for (ManagedResource role : at.roles) {
        if (role instanceof ManagedTap tap && forecast.get().concerns(tap.element().name())) {
          spells.add(TemporaryWeather.over(tap, forecast.get()));
        }
      }
    }
  }

  /** Clears the sky again, and returns what had to happen under it and did not. */
  List<String> endWeather() {
    List<String> missed = spells.stream().flatMap(spell -> spell.end().stream()).toList();
    spells.clear();
    return missed;
  }

  /** Notes that a test was there for the cast of its class to act in. */
  void played() {
    for (TestEndpoints at = around; at != null; at = at.around) {
      at.played = true;
    }
  }

  boolean hasPlayed() {
    return played;
  }

  /** Returns the sockets that there were when this was first asked, which is where it failed. */
  synchronized SocketReport sockets() {
    if (sockets == null) {
      sockets = SocketReport.now();
    }
    return sockets;
  }

  /** Notes that something failed of which JUnit does not tell the context of this cast. */
  void failed() {
    failed = true;
  }

  boolean hasFailed() {
    return failed;
  }

  /** Closes everything, the last one first, and returns what went wrong and was not told before. */
  List<AssertionError> dismiss() {
    endWeather();
    List<ManagedResource> last = new ArrayList<>(roles);
    Collections.reverse(last);
    List<AssertionError> problems = last.stream().flatMap(role -> role.close().stream()).toList();
    List<Runnable> lastExits = new ArrayList<>(exits);
    Collections.reverse(lastExits);
    lastExits.forEach(Runnable::run);
    exits.clear();
    return problems;
  }

  @Override
  public void close() {
    List<AssertionError> problems = dismiss();
    if (!problems.isEmpty()) {
      AssertionError first = problems.get(0);
      problems.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
