package dev.partyline.junit5.internal.suite;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/** The tests of a suite in clear weather, and where they come from. */
final class SuiteDescriptor extends EngineDescriptor {
  private static final String CONDITION_SEGMENT = "condition";

  /** Null if nothing is hunted. */
  private @Nullable EngineDiscoveryRequest request;

  /** The conditions that were selected by an id, as a test that has failed is run again. */
  private final Map<TestPath, Set<String>> selected = new HashMap<>();

  SuiteDescriptor(UniqueId id) {
    super(id, "Partyline hunt");
  }

  /** Finds the tests that a request selects: they are children of this, as Jupiter made them. */
  void discover(EngineDiscoveryRequest newRequest) {
    request = newRequest;
    List<DiscoverySelector> selectors = new ArrayList<>();
    for (DiscoverySelector each : newRequest.getSelectorsByType(DiscoverySelector.class)) {
      selectors.add(each instanceof UniqueIdSelector selector ? ofClear(selector) : each);
    }
    addChild(JupiterEngine.load().discover(newRequest, selectors, clearId()));
  }

  private UniqueId clearId() {
    return getUniqueId().append("engine", JupiterEngine.ID);
  }

  /** Returns what selects the same test in clear weather, which has to be run first. */
  private UniqueIdSelector ofClear(UniqueIdSelector selector) {
    UniqueId id = selector.getUniqueId();
    TestPath path = TestPath.of(id);
    if (path.segments().isEmpty() && !id.getLastSegment().getValue().equals(JupiterEngine.ID)) {
      return selector;
    }
    if (id.hasPrefix(getUniqueId())) {
      UniqueId.Segment condition = id.getSegments().get(getUniqueId().getSegments().size());
      if (condition.getType().equals(CONDITION_SEGMENT)) {
        selected.computeIfAbsent(path.method(), any -> new HashSet<>()).add(condition.getValue());
        return selectUniqueId(path.method().below(clearId()));
      }
    }
    return selectUniqueId(path.below(clearId()));
  }

  /** Returns the tests in clear weather. */
  TestDescriptor clear() {
    return getChildren().iterator().next();
  }

  /** Returns whether a test is to be run under a condition. */
  boolean includes(TestPath method, String condition) {
    Set<String> conditions = selected.get(method);
    return conditions == null || conditions.contains(condition);
  }

  /** Returns the same tests as in clear weather, for a run under a condition. */
  TestDescriptor discover(List<TestPath> methods, String condition) {
    UniqueId id =
        getUniqueId().append(CONDITION_SEGMENT, condition).append("engine", JupiterEngine.ID);
    EngineDiscoveryRequest suite = request;
    if (suite == null) {
      throw new IllegalStateException("nothing is hunted");
    }
    return JupiterEngine.load()
        .discoverAgain(
            suite, methods.stream().map(each -> selectUniqueId(each.below(id))).toList(), id);
  }
}
