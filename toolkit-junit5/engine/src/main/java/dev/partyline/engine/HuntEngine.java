package dev.partyline.engine;

import java.util.Optional;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/**
 * The engine of JUnit that runs a suite in every weather, with {@code partyline.hunt=weather}.
 * Without it, it has no tests, and loads nothing.
 */
public final class HuntEngine implements TestEngine {
  private static final String PARAMETER = "partyline.hunt";
  private static final String IMPLEMENTATION = "dev.partyline.junit5.internal.suite.SuiteEngine";

  /** Makes an engine; for JUnit. */
  public HuntEngine() {}

  @Override
  public String getId() {
    return "partyline-hunt";
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
    if (uniqueId.getSegments().size() > 1) {
      // Within another engine, such as that of @Suite, which may not have asked for this one.
      return nothing(uniqueId);
    }
    JupiterFilter.setHunting(false);
    Optional<String> hunt = request.getConfigurationParameters().get(PARAMETER).map(String::strip);
    if (hunt.isEmpty()) {
      return nothing(uniqueId);
    }
    if (!hunt.get().equals("weather")) {
      throw new JUnitException(PARAMETER + " (" + hunt.get() + ") must be 'weather'");
    }
    TestDescriptor suite = implementation().discover(request, uniqueId);
    JupiterFilter.setHunting(true);
    return suite;
  }

  private static TestDescriptor nothing(UniqueId uniqueId) {
    return new EngineDescriptor(uniqueId, "Partyline hunt");
  }

  @Override
  public void execute(ExecutionRequest request) {
    JupiterFilter.setHunting(false);
    TestDescriptor suite = request.getRootTestDescriptor();
    if (!suite.getChildren().isEmpty()) {
      implementation().execute(request);
      return;
    }
    request.getEngineExecutionListener().executionStarted(suite);
    request.getEngineExecutionListener().executionFinished(suite, TestExecutionResult.successful());
  }

  /** It comes from the artifact with the annotations, which brings this one. */
  private static TestEngine implementation() {
    try {
      return Class.forName(IMPLEMENTATION)
          .asSubclass(TestEngine.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new JUnitException(
          PARAMETER
              + " needs partyline-toolkit-junit5 on the class path; with tests that are modules,"
              + " set surefire.useModulePath to false",
          e);
    }
  }
}
