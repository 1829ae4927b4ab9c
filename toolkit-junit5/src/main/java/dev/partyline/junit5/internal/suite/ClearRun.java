package dev.partyline.junit5.internal.suite;

import dev.partyline.hunt.Conditions;
import dev.partyline.hunt.NetworkCondition;
import dev.partyline.junit5.internal.hunt.ConditionOrder;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Conversation;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** The run in clear weather, which tells under which conditions each test can be run. */
final class ClearRun extends ObservedRun {
  private static final String OUR_ANNOTATIONS = "dev.partyline.junit5";

  /** By name, of each test and class that had a connection. */
  private final Map<TestPath, Map<String, NetworkCondition>> conditions = new ConcurrentHashMap<>();

  private final Map<TestPath, String> passedMethods = new ConcurrentHashMap<>();
  private final Set<TestPath> failedMethods = ConcurrentHashMap.newKeySet();

  ClearRun(EngineExecutionListener listener) {
    super(listener);
  }

  @Override
  TestDescriptor told(TestDescriptor test) {
    return test;
  }

  /** A test of ours that runs in every weather makes its own. */
  @Override
  Optional<Weather> weather(TestDescriptor test) {
    return Optional.empty();
  }

  @Override
  void onEnd(TestDescriptor test, TestExecutionResult result, Observation observation) {
    TestPath path = TestPath.of(test.getUniqueId());
    List<Conversation> conversations =
        observation.endpoints().stream()
            .flatMap(each -> each.recording().conversations().stream())
            .toList();
    if (!conversations.isEmpty()) {
      Map<String, NetworkCondition> byName = new LinkedHashMap<>();
      Conditions.ofStreams(conversations, 0).forEach(each -> byName.put(each.name(), each));
      conditions.put(path, byName);
    }
    if (result.getStatus() == Status.FAILED) {
      failedMethods.add(path.method());
    } else if (test.isTest() && result.getStatus() == Status.SUCCESSFUL) {
      methodName(test).ifPresent(name -> passedMethods.put(path.method(), name));
    }
  }

  /** Returns the name of the method of a test, unless it is run under conditions already. */
  private static Optional<String> methodName(TestDescriptor test) {
    for (Optional<TestDescriptor> each = Optional.of(test);
        each.isPresent();
        each = each.get().getParent()) {
      if (each.get().getSource().orElse(null) instanceof MethodSource source) {
        return Optional.of(source)
            .filter(method -> !isTemplateOfOurs(method.getJavaMethod()))
            .map(
                method ->
                    ConditionOrder.testName(
                        method.getClassName(),
                        method.getMethodName(),
                        method.getMethodParameterTypes()));
      }
    }
    return Optional.empty();
  }

  /** An annotation of ours may stand on one of the test's own. */
  private static boolean isTemplateOfOurs(Method method) {
    return types(method)
        .flatMap(type -> Stream.concat(Stream.of(type), types(type)))
        .anyMatch(
            type ->
                type.getPackageName().equals(OUR_ANNOTATIONS)
                    && type.isAnnotationPresent(TestTemplate.class));
  }

  private static Stream<Class<? extends Annotation>> types(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations()).map(Annotation::annotationType);
  }

  /** Returns the name of a method that has passed in clear weather. */
  String name(TestPath method) {
    return passedMethods.getOrDefault(method, "");
  }

  /** Returns the methods that have passed and had a connection, sorted by name. */
  List<TestPath> methods() {
    return passedMethods.entrySet().stream()
        .filter(each -> each.getKey().chain().noneMatch(failedMethods::contains))
        .filter(each -> !conditions(each.getKey()).isEmpty())
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the names of the conditions of a method: its own, of its class and its invocations. */
  Set<String> conditions(TestPath method) {
    Set<String> names = new LinkedHashSet<>();
    conditions.entrySet().stream()
        .filter(each -> each.getKey().isWithin(method) || method.isWithin(each.getKey()))
        .sorted(Comparator.comparing(each -> each.getKey().toString()))
        .forEach(each -> names.addAll(each.getValue().keySet()));
    return names;
  }

  /**
   * Returns the condition of a name for a test or a class; empty if it had no connection of its
   * own. An invocation that there was not in clear weather, such as a further attempt, has that of
   * another.
   */
  Optional<NetworkCondition> condition(TestPath path, String name) {
    Map<String, NetworkCondition> own = conditions.get(path);
    if (own != null) {
      return Optional.ofNullable(own.get(name));
    }
    TestPath method = path.method();
    return method.equals(path) || !passedMethods.containsKey(method)
        ? Optional.empty()
        : conditions.entrySet().stream()
            .filter(each -> each.getKey().isWithin(method) && !each.getKey().equals(method))
            .filter(each -> each.getValue().containsKey(name))
            .min(Comparator.comparing(each -> each.getKey().toString()))
            .map(each -> each.getValue().get(name));
  }
}
