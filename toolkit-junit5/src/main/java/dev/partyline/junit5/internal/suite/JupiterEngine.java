package dev.partyline.junit5.internal.suite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryListener;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;

/**
 * The engine of Jupiter, called as JUnit calls it.
 *
 * <p>What JUnit hands to an engine has got more with each version, so no compiled call passes on
 * all of it with all versions.
 */
final class JupiterEngine {
  static final String ID = "junit-jupiter";

  private final TestEngine engine;

  private JupiterEngine(TestEngine engine) {
    this.engine = engine;
  }

  /** Returns a new one. */
  static JupiterEngine load() {
    for (TestEngine each :
        ServiceLoader.load(TestEngine.class, Thread.currentThread().getContextClassLoader())) {
      if (each.getId().equals(ID)) {
        return new JupiterEngine(each);
      }
    }
    throw new JUnitException("partyline.hunt needs the engine of Jupiter, junit-jupiter-engine");
  }

  /** Returns the tests that a request selects, below an id. */
  TestDescriptor discover(
      EngineDiscoveryRequest request, List<? extends DiscoverySelector> selectors, UniqueId id) {
    return engine.discover(withSelectors(request, selectors, false), id);
  }

  /** Returns tests that were found before, below another id. */
  TestDescriptor discoverAgain(
      EngineDiscoveryRequest request, List<? extends DiscoverySelector> selectors, UniqueId id) {
    return engine.discover(withSelectors(request, selectors, true), id);
  }

  private static EngineDiscoveryRequest withSelectors(
      EngineDiscoveryRequest request,
      List<? extends DiscoverySelector> selectors,
      boolean isRepeated) {
    return (EngineDiscoveryRequest)
        Proxy.newProxyInstance(
            EngineDiscoveryRequest.class.getClassLoader(),
            new Class<?>[] {EngineDiscoveryRequest.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "getSelectorsByType" -> {
                  Class<?> type = (Class<?>) arguments[0];
                  return selectors.stream().filter(type::isInstance).toList();
                }
                case "getFiltersByType" -> {
                  if (isRepeated) {
                    return List.of();
                  }
                }
                case "getDiscoveryListener" -> {
                  if (isRepeated) {
                    return EngineDiscoveryListener.NOOP;
                  }
                }
                default -> {}
              }
              return invoke(method, request, arguments);
            });
  }

  private static Object invoke(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new JUnitException(method.getName() + " has failed: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new JUnitException(method + " cannot be called", e);
    }
  }

  /** Runs tests with all that a request has but its tests and its listener. */
  void execute(ExecutionRequest request, TestDescriptor tests, EngineExecutionListener listener) {
    Method create =
        Arrays.stream(ExecutionRequest.class.getMethods())
            .filter(method -> method.getName().equals("create"))
            .max(Comparator.comparingInt(Method::getParameterCount))
            .orElseThrow();
    Object[] arguments =
        Arrays.stream(create.getParameterTypes())
            .map(
                type -> {
                  if (type == TestDescriptor.class) {
                    return tests;
                  }
                  return type == EngineExecutionListener.class ? listener : part(request, type);
                })
            .toArray();
    engine.execute((ExecutionRequest) invoke(create, request, arguments));
  }

  private static Object part(ExecutionRequest request, Class<?> type) {
    return Arrays.stream(ExecutionRequest.class.getMethods())
        .filter(method -> method.getReturnType() == type && method.getParameterCount() == 0)
        .map(getter -> invoke(getter, request))
        .findFirst()
        .orElseThrow(() -> new JUnitException(type + " is unknown to the engine of the hunt"));
  }

  /** Returns the folder for files of tests, which is created. */
  static Path folder(ExecutionRequest request, TestDescriptor tests) {
    Method getter =
        Arrays.stream(ExecutionRequest.class.getMethods())
            .filter(method -> method.getName().matches("getOutputDirectory(Creator|Provider)"))
            .min(Comparator.comparing(Method::getName))
            .orElseThrow(() -> new JUnitException("this version of JUnit has no files"));
    try {
      Method create =
          getter.getReturnType().getMethod("createOutputDirectory", TestDescriptor.class);
      return (Path) invoke(create, invoke(getter, request), tests);
    } catch (NoSuchMethodException e) {
      throw new JUnitException("this version of JUnit has no files", e);
    }
  }
}
